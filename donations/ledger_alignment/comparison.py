"""Two tellings of the same days beside each other: rows are counted by day and amount, words do not matter."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from donations.ledger_alignment.rows import Days, LedgerRow


@dataclass(frozen=True, slots=True)
class Sums:
    """Money in and money out of some rows, in yen."""

    received_yen: int
    paid_out_yen: int

    @property
    def net_yen(self) -> int:
        return self.received_yen - self.paid_out_yen


@dataclass(frozen=True, slots=True)
class Compared:
    """`days`: the days that both tell of, None for none; only these are compared.

    `same`: (index in the ledger, index in the file) of rows equal in day and amount, the n-th with the n-th.
    `only_ledger`, `only_file`: indexes of the rest. `outside`: indexes of rows of the file on other days.
    `daily_sums`: days on which the rest differs, but adds up to the same: one side may print one sum for the day.
    """

    days: Days | None
    same: tuple[tuple[int, int], ...] = ()
    only_ledger: tuple[int, ...] = ()
    only_file: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    daily_sums: tuple[date, ...] = ()
    ledger: Sums = Sums(0, 0)
    file: Sums = Sums(0, 0)

    @property
    def is_equal(self) -> bool:
        """Both say the same of all days in common."""
        return self.days is not None and not self.only_ledger and not self.only_file


def compare(
    ledger: Sequence[LedgerRow], new: Sequence[LedgerRow], *, period: tuple[date | None, date | None] = (None, None)
) -> Compared:
    """Compare the days from the later beginning to the earlier end; `period` are the days the file was asked for."""
    days = _common(ledger, new, period)
    if days is None:
        return Compared(None, outside=tuple(range(len(new))))
    first, last = days
    ours = [index for index, row in enumerate(ledger) if first <= row.booked_on <= last]
    theirs = [index for index, row in enumerate(new) if first <= row.booked_on <= last]
    waiting: dict[tuple[date, int], deque[int]] = defaultdict(deque)
    for index in ours:
        waiting[ledger[index].booked_on, ledger[index].net_yen].append(index)
    same, only_file = [], []
    for index in theirs:
        equal = waiting[new[index].booked_on, new[index].net_yen]
        if equal:
            same.append((equal.popleft(), index))
        else:
            only_file.append(index)
    only_ledger = sorted(index for rest in waiting.values() for index in rest)
    return Compared(
        days=days,
        same=tuple(same),
        only_ledger=tuple(only_ledger),
        only_file=tuple(only_file),
        outside=tuple(sorted(set(range(len(new))) - set(theirs))),
        daily_sums=_equal_sums([ledger[index] for index in only_ledger], [new[index] for index in only_file]),
        ledger=_sums(ledger[index] for index in ours),
        file=_sums(new[index] for index in theirs),
    )


def _common(
    ledger: Sequence[LedgerRow], new: Sequence[LedgerRow], period: tuple[date | None, date | None]
) -> Days | None:
    days = [row.booked_on for row in new]
    begins, ends = period[0] or min(days, default=None), period[1] or max(days, default=None)
    stored = [row.booked_on for row in ledger]
    if not stored or begins is None or ends is None:
        return None
    first, last = max(begins, min(stored)), min(ends, max(stored))
    return (first, last) if first <= last else None


def _equal_sums(ours: Sequence[LedgerRow], theirs: Sequence[LedgerRow]) -> tuple[date, ...]:
    sums: list[dict[date, int]] = []
    for rows in (ours, theirs):
        by_day: dict[date, int] = defaultdict(int)
        for row in rows:
            by_day[row.booked_on] += row.net_yen
        sums.append(by_day)
    return tuple(sorted(day for day in sums[0].keys() & sums[1].keys() if sums[0][day] == sums[1][day]))


def _sums(rows: Iterable[LedgerRow]) -> Sums:
    received = paid_out = 0
    for row in rows:
        received += row.received_yen
        paid_out += row.paid_out_yen
    return Sums(received, paid_out)
