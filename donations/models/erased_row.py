"""Rows of the bank whose words were erased with a supporter: an import that brings such a row again blanks it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import BankAccount


class ErasedRow(models.Model):
    """What the bank's row looks like without its words; it names nobody. `balance_yen` is None where the bank gives none."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="erased_rows")
    booked_on = models.DateField(_("取引日"))
    received_yen = models.BigIntegerField(_("受入金額(円)"))
    paid_out_yen = models.BigIntegerField(_("払出金額(円)"))
    balance_yen = models.BigIntegerField(_("残高(円)"), null=True)

    class Meta:
        verbose_name = _("名前を消した明細の行")
        indexes = [models.Index(fields=["account", "booked_on"])]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.received_yen - self.paid_out_yen}円"
