"""What one unit (一口) costs, from which day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.supporter import SupporterKind


class FeeRateQuerySet(models.QuerySet["FeeRate"]):
    def active_on(self, day: date) -> dict[SupporterKind, int]:
        """Unit price in yen of each kind on `day`; a kind without a rate yet is missing."""
        rows = self.filter(valid_from__lte=day).order_by("valid_from").values_list("kind", "unit_price_yen")
        return {SupporterKind(kind): yen for kind, yen in rows}


class FeeRate(models.Model):
    """一口の金額: valid from a day until the next rate of the same kind."""

    kind = models.CharField(_("種別"), max_length=12, choices=SupporterKind.choices)
    unit_price_yen = models.PositiveIntegerField(_("一口の金額(円)"))
    valid_from = models.DateField(_("この日から"))

    objects = FeeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("一口の金額")
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_fee_rate_per_day"),
            models.CheckConstraint(condition=models.Q(unit_price_yen__gt=0), name="fee_rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit_price_yen}円 {self.valid_from}から"
