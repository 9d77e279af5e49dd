"""Money in, month by month, for the picture on the home page; reads only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from donations.models import Transaction

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """Received and paid-out yen of one month; `percent` of the largest month is the height of its bar.

    `left` is where the bar stands in the picture, 50 units for each month.
    """

    first: date
    received_yen: int
    paid_out_yen: int
    percent: int
    left: int

    @property
    def label(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    @property
    def thousands(self) -> str:
        """Received, in thousands of yen with one place where it is small."""
        return f"{self.received_yen / 1000:.1f}".removesuffix(".0")

    @property
    def bar_top(self) -> int:
        return 100 - self.percent


def last_months(today: date) -> list[Month]:
    """The last twelve months up to the one of `today`, oldest first, months without money included."""
    firsts = [_month_before(today, back) for back in reversed(range(MONTHS))]
    rows = (
        Transaction.objects.filter(booked_on__gte=firsts[0])
        .annotate(month=TruncMonth("booked_on"))
        .values("month")
        .annotate(received=Sum("received_yen"), paid_out=Sum("paid_out_yen"))
        .order_by("month")
    )
    sums = {row["month"]: (row["received"], row["paid_out"]) for row in rows}
    largest = max((received for received, _paid in sums.values()), default=0) or 1
    return [
        Month(first, *sums.get(first, (0, 0)), round(100 * sums.get(first, (0, 0))[0] / largest), 50 * index)
        for index, first in enumerate(firsts)
    ]


def _month_before(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
