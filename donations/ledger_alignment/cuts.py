"""A file cut in the middle of a day: the bank begins a new part after so many rows, whatever the day.

Such a file says that it shows its first day, and does not show the whole of it. What tells it from a changed past is the
balance: the rows on both sides of the cut are worth something, and the balance goes on exactly across it; and no row
stands on both sides, by the bank's number (明細ＩＤ) or, without numbers, by yen and words.
"""

from collections.abc import Hashable, Sequence
from datetime import date

from donations.ledger_alignment.rows import LedgerRow, wording
from donations.ledger_alignment.segments import Placed, Segment


def are_cuts(touching: Sequence[Placed], file: Segment) -> bool:
    """Whether every place at which file and ledger share a day can be nothing but such a cut."""
    return bool(touching) and all(_is_cut(found, file) for found in touching)


def _is_cut(found: Placed, file: Segment) -> bool:
    part, at = found.segment, found.at
    if at <= -len(part.rows):
        return _goes_on(part.rows, file.rows)
    if at >= len(file.rows):
        return _goes_on(file.rows, part.rows)
    shared = file.rows[max(0, at) : found.ends]
    older = part.rows[:-at] if at < 0 else file.rows[:at]
    newer = file.rows[found.ends :] or part.rows[len(file.rows) - at :]
    return (not older or _goes_on(older, shared)) and (not newer or _goes_on(shared, newer))


def _goes_on(older: Sequence[LedgerRow], newer: Sequence[LedgerRow]) -> bool:
    """True on different days; on one day when both sides are worth something and no row of one is on the other."""
    day = newer[0].booked_on
    if older[-1].booked_on != day:
        return True
    left, right = _rows_of(older, day), _rows_of(newer, day)
    names = _number if all(row.external_id for row in [*left, *right]) else _yen_and_words
    return bool(_worth(left) and _worth(right)) and set(map(names, left)).isdisjoint(map(names, right))


def _number(row: LedgerRow) -> Hashable:
    return row.external_id


def _yen_and_words(row: LedgerRow) -> Hashable:
    return row.net_yen, wording(row)


def _rows_of(rows: Sequence[LedgerRow], day: date) -> list[LedgerRow]:
    return [row for row in rows if row.booked_on == day]


def _worth(rows: Sequence[LedgerRow]) -> int:
    return sum(row.net_yen for row in rows)
