"""The days of which imported files tell: all of them, those shown whole, and those that nobody shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from donations.models import BankStatement
from donations.month_chain import DAY, Days, merged, uncovered


def told(statement: BankStatement) -> Days | None:
    """From the first to the last day of which a file tells: of its rows, and as far as it was asked for and made."""
    first, last = statement.first_on, statement.last_on
    if (whole := shown_whole(statement)) is not None:
        first, last = min(first or whole[0], whole[0]), max(last or whole[1], whole[1])
    if first is None or last is None:
        return None
    if statement.period_to is not None and statement.produced_at is not None:
        last = max(last, min(statement.period_to, timezone.localdate(statement.produced_at)))
    return first, last


def shown_whole(statement: BankStatement) -> Days | None:
    """The days that a file shows whole; None when unknown, or when no day is whole yet."""
    first, last = statement.complete_from, statement.complete_to
    return (first, last) if first and last and first <= last else None


@dataclass(frozen=True, slots=True)
class Holes:
    """Days between those that files show whole: `unseen` by every file, or shown `in_part` (the bank's newest days)."""

    unseen: Sequence[Days]
    in_part: Sequence[Days]


def holes(statements: Iterable[BankStatement]) -> Holes:
    """The days missing between the files of one account."""
    files = list(statements)
    whole = merged(days for one in files if (days := shown_whole(one)))
    seen = [days for one in files if (days := told(one))]
    unseen: list[Days] = []
    in_part: list[Days] = []
    for (_first, before), (after, _last) in pairwise(whole):
        between = (before + DAY, after - DAY)
        missing = uncovered(between, seen)
        unseen += missing
        in_part += uncovered(between, missing)
    return Holes(tuple(unseen), tuple(in_part))
