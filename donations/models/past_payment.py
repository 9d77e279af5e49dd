"""A payment of the years before our own ledger: it teaches, it is no money of our books."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import PayerName, Supporter


class PastPayment(models.Model):
    """One row of the ledger that the group kept before: when, how much, under which learned payer name.

    `name` says who paid (one supporter, several together, or nobody of ours) and goes with it when it is deleted.
    A row without a readable payer name has none: then `supporter` says who paid, None for nobody.
    No text of the row is kept here.
    """

    booked_on = models.DateField(_("入金日"))
    amount_yen = models.BigIntegerField(_("金額(円)"))
    name = models.ForeignKey(PayerName, on_delete=models.CASCADE, null=True, blank=True, related_name="past_payments")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("前の年の入金")
        indexes = [models.Index(fields=["booked_on", "amount_yen"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_yen__gt=0), name="past_payment_is_positive"),
            models.CheckConstraint(
                condition=models.Q(name=None) | models.Q(supporter=None), name="past_payer_is_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_yen}円"
