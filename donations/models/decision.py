"""Decisions about a row other than "this is from that supporter"."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.models.transaction import Transaction
from privacy.fields import GuardedCharField
from privacy.national_ids import FieldClass


class SetAsideReason(models.TextChoices):
    """保留・対象外: why the yen of a row go to nobody."""

    NOT_A_GIFT = "not_a_gift", _("寄付や賛同金ではない(利息、返金など)")
    ASKING = "asking", _("問い合わせ中")
    TO_RETURN = "to_return", _("返す予定")
    REVERSED = "reversed", _("組戻し(返金済み)")
    OTHER = "other", _("その他(メモに書く)")


class SetAside(models.Model):
    """The open yen of a row are set aside with a reason. Undone by mark."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="set_asides")
    reason = models.CharField(_("理由"), max_length=12, choices=SetAsideReason.choices)
    note = GuardedCharField(_("メモ"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)
    amount_yen = models.BigIntegerField(_("金額(円)"))
    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    undone_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("保留・対象外")
        constraints = [
            models.UniqueConstraint(
                fields=["transaction"], condition=models.Q(undone_at=None), name="one_live_set_aside_per_row"
            ),
            models.CheckConstraint(condition=models.Q(amount_yen__gt=0), name="set_aside_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} {self.get_reason_display()}"


class Reversal(models.Model):
    """組戻: `withdrawal` (money out) gives back what `original` (money in) brought.

    `original` is None where a person looked and found none (it lies before our ledger, or it is no 組戻).
    """

    withdrawal = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="reverses")
    original = models.ForeignKey(
        Transaction, on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    undone_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("組戻し")
        constraints = [
            models.UniqueConstraint(
                fields=["withdrawal"], condition=models.Q(undone_at=None), name="one_live_reversal_per_withdrawal"
            ),
            models.UniqueConstraint(
                fields=["original"], condition=models.Q(undone_at=None), name="one_live_reversal_per_original"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal_id} ← {self.original_id}"
