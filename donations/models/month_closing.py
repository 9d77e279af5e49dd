"""月締め: a month of an account that nobody changes any more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import BankAccount
from privacy.fields import GuardedCharField
from privacy.national_ids import FieldClass


class MonthClosing(models.Model):
    """The rows of `account` booked in a month, as they stood when it was closed.

    `month` is its first day. `closing_yen` is the bank's balance after its last row, None where the bank gives none
    (cash) or the ledger begins later. `said_whole`: no file shows every day of the month, and a person said that
    nothing is missing. Reopened by mark (`reopened_at`) with a reason; closing again makes another one.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="month_closings")
    month = models.DateField(_("月"))
    row_count = models.PositiveIntegerField(_("明細の行数"))
    received_yen = models.BigIntegerField(_("入金の合計(円)"))
    paid_out_yen = models.BigIntegerField(_("出金の合計(円)"))
    closing_yen = models.BigIntegerField(_("月末の残高(円)"), null=True)
    said_whole = models.BooleanField(_("抜けがないと人が確かめた"), default=False)
    closed_at = models.DateTimeField(_("締めた日時"))
    closed_by = GuardedCharField(_("締めた人"), max_length=150)
    reopened_at = models.DateTimeField(_("開いた日時"), null=True, blank=True)
    reopened_by = GuardedCharField(_("開いた人"), max_length=150, blank=True)
    reopen_reason = GuardedCharField(_("開いた理由"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)

    class Meta:
        verbose_name = _("月締め")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month"], condition=models.Q(reopened_at=None), name="one_live_closing_per_month"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at=None, reopened_by="", reopen_reason="")
                | (models.Q(reopened_at__isnull=False) & ~models.Q(reopened_by="") & ~models.Q(reopen_reason="")),
                name="reopening_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}"
