"""Where the bank's balance does not follow from the row before, and which months that leaves in doubt. Pure; days and yen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date]
"""From the first to the last day, both included."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A row in the bank's order: its yen (in is positive) and the balance after it."""

    booked_on: date
    net_yen: int
    balance_yen: int | None


@dataclass(frozen=True, slots=True)
class Break:
    """Between two days the bank's balance moved by `yen` more than our rows say."""

    after: date
    before: date
    yen: int


def breaks(rows: Iterable[ChainRow], *, opening: tuple[date, int] | None = None) -> list[Break]:
    """Every place where a balance does not follow from the one before; `opening` is the balance on a day before.

    A row without a balance is not judged, and nothing is judged against it.
    """
    found: list[Break] = []
    for row in rows:
        if row.balance_yen is None:
            opening = None
            continue
        if opening is not None:
            day, balance_yen = opening
            missing = row.balance_yen - row.net_yen - balance_yen
            if missing:
                found.append(Break(day, row.booked_on, missing))
        opening = (row.booked_on, row.balance_yen)
    return found


def merged(spans: Iterable[Days]) -> list[Days]:
    """The same days in as few spans as possible, in order; a span that ends before it begins has no day."""
    joined: list[Days] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def uncovered(within: Days, covered: Sequence[Days]) -> list[Days]:
    """The days of `within` that lie in none of the `covered` spans, in order."""
    first, last = within
    holes: list[Days] = []
    for begins, ends in merged(covered):
        if ends < first or begins > last:
            continue
        if begins > first:
            holes.append((first, begins - DAY))
        first = max(first, ends + DAY)
    if first <= last:
        holes.append((first, last))
    return holes


def in_doubt(found: Break, covered: Sequence[Days]) -> list[Days]:
    """The days on which the missing yen of a break may lie: those no file shows whole, else all between."""
    within = (found.after, found.before)
    return uncovered(within, covered) or [within]
