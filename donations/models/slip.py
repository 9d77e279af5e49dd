"""払込取扱票: what the payer wrote by hand, typed from the paper or the Web照会 page. Detail of a row, never money."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.models.transaction import Transaction
from members.models import BankAccount
from privacy.fields import GuardedCharField
from privacy.national_ids import FieldClass


class SlipQuerySet(models.QuerySet["Slip"]):
    """Query names follow three patterns: adjective, with_…, for_…."""

    def live(self) -> "SlipQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> "SlipQuerySet":
        """Live ones whose row the bank has not shown yet, or that fit several."""
        return self.live().filter(transaction=None)


class Slip(models.Model):
    """One slip. It hangs on a row of its account, whole or as a part of a daily sum, or waits for its row.

    `day` is the day stamped on it; the bank credits it on that day or some days later. `amount_yen` adds to no
    balance: the live slips of a row are at most what it received. A trigger of the database holds that sum, as
    `donations.attaching_slips` does under the row's lock; `row_yen` is the row's `received_yen`, copied for the
    trigger (the bank's line is never edited). `entry_key` names one filled-in sheet, so that it is kept once.

    `detached_at`: a person took it off a row; only a person hangs it on another.
    `payer_name` to `supporter_number` are all the personal text there is; `text_was_erased` marks its blanking.
    Withdrawn by mark (`withdrawn_at`), never deleted.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="slips")
    day = models.DateField(_("日附印の日"))
    amount_yen = models.BigIntegerField(_("金額(円)"))
    payer_name = GuardedCharField(_("名前"), max_length=100, blank=True)
    kana = GuardedCharField(_("フリガナ"), max_length=100, blank=True)
    postal_code = GuardedCharField(_("郵便番号"), max_length=20, blank=True)
    address = GuardedCharField(_("住所"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)
    phone = GuardedCharField(_("電話番号"), max_length=40, blank=True)
    message = GuardedCharField(_("通信欄"), max_length=400, blank=True, field_class=FieldClass.FREE_TEXT)
    supporter_number = GuardedCharField(_("支援者番号"), max_length=20, blank=True)
    text_was_erased = models.BooleanField(_("書いてあることを消した"), default=False)
    transaction = models.ForeignKey(
        Transaction, on_delete=models.PROTECT, null=True, blank=True, related_name="slips", verbose_name=_("明細の行")
    )
    row_yen = models.BigIntegerField(_("明細の行の受入金額(円)"), null=True, blank=True)
    detached_at = models.DateTimeField(_("人が行から外した日時"), null=True, blank=True)
    entry_key = GuardedCharField(max_length=20, blank=True)
    typed_at = models.DateTimeField(_("入れた日時"))
    typed_by = GuardedCharField(_("入れた人"), max_length=150)
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    withdrawn_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("払込票")
        indexes = [models.Index(fields=["account", "day"]), models.Index(fields=["typed_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount_yen__gt=0), name="slip_is_positive"),
            models.CheckConstraint(
                condition=Q(transaction=None, row_yen=None) | Q(transaction__isnull=False, row_yen__gte=F("amount_yen")),
                name="slip_is_within_its_row",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(transaction=None), name="withdrawn_slip_hangs_nowhere"
            ),
            models.UniqueConstraint(
                fields=["account", "entry_key"], condition=~Q(entry_key=""), name="one_slip_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.amount_yen}円"

    @property
    def covers_its_row(self) -> bool:
        """Whether the row is this one slip; False while it waits."""
        return self.row_yen == self.amount_yen

    @property
    def name_written(self) -> str:
        """The name as written, else its reading; '' where neither could be read."""
        return self.payer_name or self.kana
