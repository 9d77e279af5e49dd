"""For which fiscal year a supporter paid how many units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.supporter import Supporter


class MembershipTerm(models.Model):
    """賛同金 of one payment: `units` 口 at `unit_price_yen` for `fiscal_year`. Cancelled by mark, never deleted."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="terms")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    units = models.PositiveIntegerField(_("口数"))
    unit_price_yen = models.PositiveIntegerField(_("一口の金額(円)"))
    starts_on = models.DateField(_("この日から"))
    ends_on = models.DateField(_("この日まで"))
    paid_on = models.DateField(_("入金した日"))
    cancelled_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("会費の期間")
        indexes = [models.Index(fields=["fiscal_year", "supporter"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(units__gt=0), name="term_has_units"),
            models.CheckConstraint(condition=models.Q(unit_price_yen__gt=0), name="term_price_is_positive"),
            models.CheckConstraint(condition=models.Q(starts_on__lt=models.F("ends_on")), name="term_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.fiscal_year}年度 {self.units}口"
