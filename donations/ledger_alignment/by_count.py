"""Alignment without balances: the n-th identical row is a new row.

For files of incoming notices (全銀 01) and CSVs without a balance column. Within one day the order means nothing; a row
missing between two files cannot be seen, and the answer says so (`unproven`).
"""

from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from donations.ledger_alignment.rows import Alignment, Days, HistoryChanged, LedgerRow, Proof, wording


def align_by_count(
    stored: Sequence[LedgerRow],
    new: Sequence[LedgerRow],
    *,
    accept_changes: bool = False,
    new_period: Days | None = None,
) -> Alignment:
    """Which rows of `new` are not in `stored`: of n identical rows in the file, those beyond the stored ones are new.

    Identical: day, amounts and words (width, blanks and dashes apart). A day the file covers whole (strictly between
    its first and last row, or within `new_period` before its last day) must hold every stored row; on the other days
    one side must hold all of the other's. Otherwise `HistoryChanged`: the bank changed a row or its words, and adding
    what looks new would count money twice. `accept_changes`: somebody looked; what looks new is added.
    """
    if not new:
        return Alignment()
    known, fresh, missing = _counted(stored, new)
    problem = None if accept_changes else _problem(stored, new, fresh, missing, new_period)
    if problem:
        return Alignment(problem=problem)
    latest = list(accumulate((row.booked_on for row in stored), max))
    fresh = sorted(fresh, key=lambda index: (bisect_right(latest, new[index].booked_on), index))
    return Alignment(
        new_rows=tuple(fresh),
        insert_before=tuple(bisect_right(latest, new[index].booked_on) for index in fresh),
        known=tuple(known),
        proof=Proof.COUNT if stored else Proof.FIRST,
        unproven=_unproven(stored, new) if stored and not known else None,
    )


def _counted(
    stored: Sequence[LedgerRow], new: Sequence[LedgerRow]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Known pairs, new indexes, and the stored indexes no row of the file answers to.

    Rows with their words come first; what is left over of equal yen on a day may be a row whose words were erased.
    """
    waiting: dict[tuple[date, int, int, tuple[str, str]], deque[int]] = defaultdict(deque)
    erased: dict[tuple[date, int, int], deque[int]] = defaultdict(deque)
    for index, row in enumerate(stored):
        (erased[_yen(row)] if row.is_erased else waiting[_key(row)]).append(index)
    known, left, fresh = [], [], []
    for index, row in enumerate(new):
        if same := waiting.get(_key(row)):
            known.append((index, same.popleft()))
        else:
            left.append(index)
    for index in left:
        if wordless := erased.get(_yen(new[index])):
            known.append((index, wordless.popleft()))
        else:
            fresh.append(index)
    missing = [index for rows in (*waiting.values(), *erased.values()) for index in rows]
    return sorted(known), fresh, sorted(missing)


def _key(row: LedgerRow) -> tuple[date, int, int, tuple[str, str]]:
    return row.booked_on, row.received_yen, row.paid_out_yen, wording(row)


def _yen(row: LedgerRow) -> tuple[date, int, int]:
    return row.booked_on, row.received_yen, row.paid_out_yen


def _problem(
    stored: Sequence[LedgerRow],
    new: Sequence[LedgerRow],
    fresh: Sequence[int],
    missing: Sequence[int],
    new_period: Days | None,
) -> HistoryChanged | None:
    first, last = min(row.booked_on for row in new), max(row.booked_on for row in new)
    whole_from = min(first, new_period[0]) if new_period else first + timedelta(days=1)
    grown = Counter(new[index].booked_on for index in fresh)
    for index in missing:
        day = stored[index].booked_on
        if whole_from <= day < last or (first <= day <= last and grown[day]):
            place = next((i for i in fresh if new[i].booked_on == day), None)
            if place is None:
                place = next(i for i, row in enumerate(new) if row.booked_on >= day)
            return HistoryChanged(_net(new, day) - _net(stored, day), day, new[place].booked_on, place)
    return None


def _net(rows: Sequence[LedgerRow], day: date) -> int:
    return sum(row.net_yen for row in rows if row.booked_on == day)


def _unproven(stored: Sequence[LedgerRow], new: Sequence[LedgerRow]) -> Days | None:
    """The two days between which rows may be missing: around the file where it does not reach the ledger."""
    first, last = min(row.booked_on for row in new), max(row.booked_on for row in new)
    older = [row.booked_on for row in stored if row.booked_on <= first]
    newer = [row.booked_on for row in stored if row.booked_on >= last]
    if older:
        return max(older), first
    return (last, min(newer)) if newer else None
