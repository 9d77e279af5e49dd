"""Where a file and the ledger first tell the same days otherwise, for the page on which a person decides."""

from collections.abc import Sequence
from datetime import date

from donations.ledger_alignment.rows import HistoryChanged, LedgerRow
from donations.ledger_alignment.segments import opening


def first_difference(
    stored: Sequence[LedgerRow], stored_keys: Sequence[int], new: Sequence[LedgerRow], new_keys: Sequence[int]
) -> HistoryChanged:
    """The first pair of rows that stand against each other and differ.

    Found from the first row both know: forwards to where they part, or, when they part before it, the rows before.
    Without a common row: the first rows of the days both cover.
    """
    place = {key: index for index, key in reversed(list(enumerate(stored_keys)))}
    common = next((index for index, key in enumerate(new_keys) if key in place), None)
    if common is None:
        i, j = _first_shared_day(stored, new)
    else:
        i, j = common, place[new_keys[common]]
        if not (i and j):
            while i + 1 < len(new) and j + 1 < len(stored) and new_keys[i] == stored_keys[j]:
                i, j = i + 1, j + 1
        else:
            i, j = i - 1, j - 1
    return HistoryChanged(
        _difference(stored, new, stored[j], new[i]), stored[j].booked_on, new[i].booked_on, i
    )


def _first_shared_day(stored: Sequence[LedgerRow], new: Sequence[LedgerRow]) -> tuple[int, int]:
    day = max(min(row.booked_on for row in rows) for rows in (stored, new))
    i = next((index for index, row in enumerate(new) if row.booked_on >= day), len(new) - 1)
    j = next((index for index, row in enumerate(stored) if row.booked_on >= day), len(stored) - 1)
    return i, j


def _difference(stored: Sequence[LedgerRow], new: Sequence[LedgerRow], old: LedgerRow, row: LedgerRow) -> int:
    """Yen between the two balances at the end of the day of the difference; if none, at the end of the last shared day."""
    shared = min(max(row.booked_on for row in rows) for rows in (stored, new))
    for day in (min(old.booked_on, row.booked_on), shared):
        difference = _balance_at_end(new, day) - _balance_at_end(stored, day)
        if difference:
            return difference
    return 0


def _balance_at_end(rows: Sequence[LedgerRow], day: date) -> int:
    until = [row.balance_yen for row in rows if row.booked_on <= day]
    return (until[-1] if until else opening(rows[0])) or 0
