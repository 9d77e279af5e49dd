"""The accounts that the money comes into: 振替口座, other banks, the cash box."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import GuardedCharField


class AccountKind(models.TextChoices):
    POSTAL_TRANSFER = "postal_transfer", _("ゆうちょ 振替口座")
    POSTAL_SAVINGS = "postal_savings", _("ゆうちょ 総合口座")
    OTHER_BANK = "other_bank", _("ほかの銀行の口座")
    CASH = "cash", _("現金")


class BankAccount(models.Model):
    """One ledger of ours.

    `number` of a Japan Post account is in the form 00100-2-729745 (`japanese.yucho_account.format`); its
    店番・預金種目・口座番号 for transfers from other banks follow from it and are not stored. For other banks
    `bank_name`, `branch_name` and `number` are as the treasurer typed them; cash has neither.
    `opening_balance_yen` is the balance before the first row on or after `opening_on`; None where unknown, then
    the first imported file sets it.
    """

    name = GuardedCharField(_("呼び名"), max_length=60)
    kind = models.CharField(_("種類"), max_length=20, choices=AccountKind.choices)
    number = GuardedCharField(_("口座番号"), max_length=30, blank=True)
    bank_name = GuardedCharField(_("銀行名"), max_length=40, blank=True)
    branch_name = GuardedCharField(_("支店名"), max_length=40, blank=True)
    opening_balance_yen = models.BigIntegerField(_("始めの残高(円)"), null=True, blank=True)
    opening_on = models.DateField(_("始めの残高の日"), null=True, blank=True)

    class Meta:
        verbose_name = _("口座")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "bank_name", "branch_name", "number"],
                condition=~models.Q(number=""),
                name="one_row_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}".strip()


class AccountAlias(models.Model):
    """A way in which a bank writes this account's number in its files, confirmed once by a person."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="aliases")
    as_written = GuardedCharField(_("ファイルでの書きかた"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("口座番号の書きかた")

    def __str__(self) -> str:
        return self.as_written
