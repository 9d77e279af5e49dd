"""Which row a slip hangs on, found by day and amount. Pure: knows neither the database nor the clock.

Nobody has seen yet whether a 振替口座's file shows one row for each slip or the sum of a day (formats.md §1.1), so
both are looked for. What more than one row or more than one slip could mean is left to a person.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

CREDITED_WITHIN = timedelta(days=10)
"""A slip is credited on its day or later (formats.md §1.3); ten days reach over the closed days of the New Year."""


@dataclass(frozen=True, slots=True)
class PlainSlip:
    """A slip that waits: the day stamped on it, its yen, and the keys of its name and reading."""

    id: int
    day: date
    amount_yen: int
    keys: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row of money in. `attached_yen`: of the slips that hang on it already, stamped on `days`.

    `payer_key`: the key of the payer whom the bank names; "" for a row without a name.
    """

    id: int
    booked_on: date
    received_yen: int
    attached_yen: int = 0
    days: Set[date] = frozenset()
    payer_key: str = ""

    @property
    def rest_yen(self) -> int:
        """Yen of which no slip tells yet."""
        return self.received_yen - self.attached_yen


def find_places(slips: Sequence[PlainSlip], rows: Sequence[PlainRow]) -> dict[int, int]:
    """{slip: row} for every slip of one account that has one place only; the others are left out.

    A slip has one place where exactly one row of its days fits: a row of just its yen, without a name or with its
    own, or a row that holds slips of its day already and has as many yen left. No other slip may want the same yen.
    Two or more slips of a day without such a row are the parts of a row without a name: the one of their day and
    their sum, else the only one of their days that is as large. On each row the slips found are never more than its rest.
    """
    wanted = {slip.id: [row for row in rows if fits(slip, row)] for slip in slips}
    found = _undisputed(slips, wanted)
    claimed = {row.id for places in wanted.values() for row in places}
    free = [row for row in rows if row.id not in claimed and not row.attached_yen and not row.payer_key]
    found.update(_parts_of_days([slip for slip in slips if not wanted[slip.id]], free))
    return found


def rows_to_choose(slip: PlainSlip, rows: Iterable[PlainRow]) -> list[PlainRow]:
    """The rows that a person may mean, likeliest first: fitting ones, its yen under another name, nameless larger sums.

    Within a kind the rows of its own days come first, nearest first.
    """
    possible = [
        row
        for row in rows
        if row.rest_yen >= slip.amount_yen and (not row.payer_key or row.received_yen == slip.amount_yen)
    ]

    def kind(row: PlainRow) -> int:
        if fits(slip, row):
            return 0
        return 1 if row.received_yen == slip.amount_yen else 2

    return sorted(
        possible, key=lambda row: (kind(row), not _in_time(slip.day, row), abs(row.booked_on - slip.day), row.id)
    )


def _in_time(day: date, row: PlainRow) -> bool:
    return day <= row.booked_on <= day + CREDITED_WITHIN


def fits(slip: PlainSlip, row: PlainRow) -> bool:
    """Whether the slip may hang on the row without a person saying so; other slips and rows are not looked at."""
    if not _in_time(slip.day, row):
        return False
    if row.attached_yen:
        return slip.day in row.days and row.rest_yen >= slip.amount_yen
    return row.received_yen == slip.amount_yen and (not row.payer_key or row.payer_key in slip.keys)


def _undisputed(slips: Sequence[PlainSlip], wanted: Mapping[int, Sequence[PlainRow]]) -> dict[int, int]:
    """The slips with one fitting row, where all slips that fit it fit into it together."""
    asked: Counter[int] = Counter()
    for slip in slips:
        for row in wanted[slip.id]:
            asked[row.id] += slip.amount_yen
    return {
        slip.id: places[0].id
        for slip in slips
        if len(places := wanted[slip.id]) == 1 and asked[places[0].id] <= places[0].rest_yen
    }


def _parts_of_days(slips: Sequence[PlainSlip], rows: Sequence[PlainRow]) -> dict[int, int]:
    """Where all slips of a day have one row to be the parts of, which no other day's slips could mean."""
    days: dict[date, list[PlainSlip]] = defaultdict(list)
    for slip in slips:
        days[slip.day].append(slip)
    piles = {day: pile for day, pile in days.items() if len(pile) > 1}
    sums = {day: sum(slip.amount_yen for slip in pile) for day, pile in piles.items()}
    exact = _homes(sums, rows, lambda day, row: row.booked_on == day and row.received_yen == sums[day])
    left = [row for row in rows if row.id not in exact.values()]
    large = _homes(sums, left, lambda day, row: _in_time(day, row) and row.received_yen >= sums[day])
    homes = large | exact
    return {slip.id: homes[day] for day, pile in piles.items() if day in homes for slip in pile}


def _homes(
    days: Iterable[date], rows: Sequence[PlainRow], suits: Callable[[date, PlainRow], bool]
) -> dict[date, int]:
    """{day: row} where one row suits the day and the row suits no other day."""
    suiting = {day: [row.id for row in rows if suits(day, row)] for day in days}
    shared = Counter(row for found in suiting.values() for row in found)
    return {day: found[0] for day, found in suiting.items() if len(found) == 1 and shared[found[0]] == 1}
