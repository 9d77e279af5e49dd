"""Whose support has ended long ago: to be looked at, and erased if nothing speaks against it (privacy.md §5.5)."""

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from donations.models import Allocation
from members.fiscal_year import fiscal_year_bounds, fiscal_year_of
from members.models import Association, Supporter, SupporterState

YEARS_KEPT = 2
"""Fiscal years after the last payment."""


def ended_supporters(*, association: Association, today: date) -> "QuerySet[Supporter]":
    """Supporters who left or pause, and from whom nothing came in this fiscal year and the two before; longest ago first.

    Each carries `last_paid_on` (None where nothing ever came).
    """
    start = association.fiscal_year_start_month
    first, _last = fiscal_year_bounds(fiscal_year_of(today, start_month=start) - YEARS_KEPT, start_month=start)
    lately = Allocation.objects.live().filter(supporter=OuterRef("pk"), transaction__booked_on__gte=first)
    live = Q(allocations__undone_at=None)
    return (
        Supporter.objects.filter(
            ~Exists(lately), state__in=[SupporterState.LEFT, SupporterState.LAPSED], erased_at=None, registered_on__lt=first
        )
        .exclude(left_on__gte=first)
        .annotate(last_paid_on=Max("allocations__transaction__booked_on", filter=live))
        .order_by("last_paid_on", "pk")
    )
