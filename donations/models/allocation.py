"""消込: which yen of a row belong to whom and for what."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.models.transaction import Transaction
from members.models import MembershipTerm, Supporter
from privacy.fields import GuardedCharField


class Purpose(models.TextChoices):
    DUES = "dues", _("賛同金")
    DONATION = "donation", _("カンパ")
    OTHER = "other", _("その他")


class ReconcileBatch(models.Model):
    """Confirmations made by one press of a button or one command; undone as one."""

    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)
    automatic = models.BooleanField(_("自動"))
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    undone_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("照合のまとまり")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def live(self) -> "AllocationQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at=None)

    def unreceipted(self) -> "AllocationQuerySet":
        return self.live().filter(receipted_at=None)

    def received_until(self, day: date) -> "AllocationQuerySet":
        return self.filter(transaction__booked_on__lte=day)


class Allocation(models.Model):
    """`amount_yen` of a row, for one supporter (None: an anonymous gift) and one purpose.

    The sum of a row's live allocations never exceeds what it received: `donations.allocating` holds the lock.
    `term` is the membership term that dues created. `receipted_at` is set while a receipt names this
    allocation; then `undo` refuses. Undone by mark (`undone_at`), never deleted.
    """

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="allocations")
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose.choices)
    amount_yen = models.BigIntegerField(_("金額(円)"))
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    units = models.PositiveIntegerField(_("口数"), default=0)
    term = models.ForeignKey(MembershipTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    automatic = models.BooleanField(_("自動"))
    batch = models.ForeignKey(ReconcileBatch, on_delete=models.PROTECT, related_name="allocations")
    confirmed_at = models.DateTimeField(_("確定した日時"))
    confirmed_by = GuardedCharField(_("確定した人"), max_length=150)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    undone_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)
    receipted_at = models.DateTimeField(_("領収書を出した日時"), null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("入金の確定")
        indexes = [models.Index(fields=["supporter", "fiscal_year"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_yen__gt=0), name="allocation_is_positive"),
            models.CheckConstraint(
                condition=(
                    models.Q(purpose=Purpose.DUES, units__gt=0, supporter__isnull=False)
                    | (~models.Q(purpose=Purpose.DUES) & models.Q(units=0, term=None))
                ),
                name="dues_have_units_and_a_supporter",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(receipted_at=None),
                name="receipted_allocation_is_not_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} → {self.supporter_id} {self.amount_yen}円"
