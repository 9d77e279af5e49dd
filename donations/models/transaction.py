"""One line of the bank, as the bank wrote it, or one entry of the cash box. Never edited."""


from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from donations.models.bank_statement import BankStatement
from members.models import BankAccount
from privacy.fields import GuardedCharField, GuardedTextField
from privacy.national_ids import FieldClass


class TransactionQuerySet(models.QuerySet["Transaction"]):
    """Query names follow three patterns: adjective, with_…, for_…."""

    def incoming(self) -> "TransactionQuerySet":
        return self.filter(received_yen__gt=0)

    def with_open_yen(self) -> "TransactionQuerySet":
        """Add `allocated_yen`, `is_set_aside` and `open_yen` (received − allocated; 0 when set aside)."""
        from donations.models.allocation import Allocation
        from donations.models.decision import SetAside

        live = Allocation.objects.filter(transaction=OuterRef("pk"), undone_at=None).order_by()
        total = live.values("transaction").annotate(total=Sum("amount_yen")).values("total")
        aside = SetAside.objects.filter(transaction=OuterRef("pk"), undone_at=None)
        return self.annotate(  # type: ignore[no-redef]
            allocated_yen=Coalesce(Subquery(total), Value(0), output_field=models.BigIntegerField()),
            is_set_aside=Exists(aside),
        ).annotate(
            open_yen=models.Case(
                models.When(is_set_aside=True, then=Value(0)),
                default=F("received_yen") - F("allocated_yen"),
                output_field=models.BigIntegerField(),
            )
        )

    def unreconciled(self) -> "TransactionQuerySet":
        """Incoming rows with yen that nobody has decided about yet."""
        return self.incoming().with_open_yen().filter(open_yen__gt=0)  # type: ignore[misc]

    def in_bank_order(self) -> "TransactionQuerySet":
        return self.order_by("account_id", "position")


_Rows = models.Manager.from_queryset(TransactionQuerySet)


class StandingRows(_Rows["Transaction"]):
    """The rows that count: those whose import was not undone."""

    def get_queryset(self) -> TransactionQuerySet:
        return super().get_queryset().filter(undone_at=None)  # type: ignore[return-value]


class Transaction(models.Model):
    """取引明細の一行.

    `detail_1` and `detail_2` are the bank's words (詳細１, 詳細２), as read and with a national ID number blanked;
    詳細２ names the payer. `position` orders the rows of an account as the bank does
    (rows of an older file that comes later get smaller, also negative, numbers). `balance_yen` is the bank's
    balance after the row, None where the source gives none (cash).

    `undone_at` is that of its undone import. Such a row stays as a record and counts nowhere: `objects` leaves it
    out, and so does every account's `transactions`; only `with_undone` shows it.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="transactions")
    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, null=True, blank=True, related_name="transactions"
    )
    position = models.BigIntegerField(_("並び"))
    booked_on = models.DateField(_("取引日"), db_index=True)
    received_yen = models.BigIntegerField(_("受入金額(円)"), default=0)
    paid_out_yen = models.BigIntegerField(_("払出金額(円)"), default=0)
    detail_1 = GuardedCharField(_("詳細１"), max_length=120, blank=True, field_class=FieldClass.FREE_TEXT)
    detail_2 = GuardedCharField(_("詳細２(払込人名)"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)
    message = GuardedTextField(_("通信欄"), blank=True, max_length=400, field_class=FieldClass.FREE_TEXT)
    balance_yen = models.BigIntegerField(_("残高(円)"), null=True)
    external_id = GuardedCharField(_("入出金明細ＩＤ"), max_length=40, blank=True, field_class=FieldClass.FREE_TEXT)
    number_was_blanked = models.BooleanField(_("番号を消して取り込んだ"), default=False)
    text_was_erased = models.BooleanField(_("払込人名を消した"), default=False)
    recorded_by = GuardedCharField(_("記録した人"), max_length=150)
    undone_at = models.DateTimeField(_("取り込みを取り消した日時"), null=True, blank=True)

    # Only on rows read with `with_open_yen()`.
    allocated_yen: int
    is_set_aside: bool
    open_yen: int

    objects = StandingRows()
    with_undone = _Rows()

    class Meta:
        verbose_name = _("明細の行")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "position"], condition=Q(undone_at=None), name="one_row_per_position"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(statement__isnull=False), name="only_rows_of_a_file_are_undone"
            ),
            models.CheckConstraint(
                condition=(Q(received_yen__gt=0, paid_out_yen=0) | Q(received_yen=0, paid_out_yen__gt=0)),
                name="row_is_money_in_or_money_out",
            ),
        ]
        indexes = [models.Index(fields=["account", "booked_on", "position"])]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.received_yen or -self.paid_out_yen}円"


    @property
    def amount_yen(self) -> int:
        """Signed yen: money in is positive."""
        return self.received_yen - self.paid_out_yen


