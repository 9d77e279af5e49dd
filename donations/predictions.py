"""The record of what the program predicted and what a person found: by month, and as far as it says how often it errs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, FloatField, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from donations.models import Outcome, Prediction

ENOUGH = 200
"""So many decided rows of the certain pile before the group's own record counts more than the test data."""
BOUNDS = (0.0, 0.5, 0.9, 0.99, 0.999)
_WRONG = Q(outcome__in=(Outcome.CHANGED, Outcome.UNDONE))


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """Of `decided` rows of the certain pile, `predicted_errors` were to be expected wrong and `seen_errors` were."""

    decided: int
    predicted_errors: float
    seen_errors: int

    @property
    def is_enough(self) -> bool:
        return self.decided >= ENOUGH


@dataclass(frozen=True, slots=True)
class Bin:
    """The decided rows of which the program was at least `least` sure (0 to 1), below the next of `BOUNDS`."""

    least: float
    decided: int
    predicted_errors: float
    seen_errors: int


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month (its first day) with the bins that hold any row, the surest first."""

    month: date
    bins: tuple[Bin, ...]

    @property
    def decided(self) -> int:
        return sum(one.decided for one in self.bins)

    @property
    def predicted_errors(self) -> float:
        return sum(one.predicted_errors for one in self.bins)

    @property
    def seen_errors(self) -> int:
        return sum(one.seen_errors for one in self.bins)


def own_record() -> OwnRecord:
    """What the group's own decisions about the certain pile add up to; one query."""
    sums = Prediction.objects.filter(was_certain=True).aggregate(
        decided=Count("pk"), expected=Sum(1.0 - F("probability"), output_field=FloatField()), wrong=Count("pk", filter=_WRONG)
    )
    return OwnRecord(sums["decided"], sums["expected"] or 0.0, sums["wrong"])


def calibration_table() -> Sequence[Month]:
    """Predicted and seen errors of all decided rows, the newest month first; one query.

    A row counts in the month of its first decision. Wrong is what a person gave to somebody else, or took back and
    did not confirm again.
    """
    bounds = Case(
        *(When(probability__gte=least, then=Value(str(least))) for least in reversed(BOUNDS)), output_field=CharField()
    )
    rows = (
        Prediction.objects.annotate(month=TruncMonth("decided_at"), least=bounds)
        .values("month", "least")
        .annotate(decided=Count("pk"), expected=Sum(1.0 - F("probability"), output_field=FloatField()), wrong=Count("pk", filter=_WRONG))
    )
    months: dict[date, list[Bin]] = defaultdict(list)
    for row in rows:
        months[row["month"].date()].append(Bin(float(row["least"]), row["decided"], row["expected"], row["wrong"]))
    return [
        Month(month, tuple(sorted(bins, key=lambda one: -one.least))) for month, bins in sorted(months.items(), reverse=True)
    ]
