"""Alignment proved by the running balance.

Two rows are the same row when day, amounts and balance are equal; the words may differ (the bank changes its notation),
and so may the 明細ＩＤ. A file that says it shows a day holds that day from its beginning, unless the bank cut it there
(`cuts`); its newest day may have grown.
The stored ledger may hold gaps that somebody accepted; a file that arrives later goes into the gap it fills.
Time and memory are linear in the number of rows, times the number of accepted gaps on the file's days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from donations.ledger_alignment.cuts import are_cuts
from donations.ledger_alignment.differences import first_difference
from donations.ledger_alignment.rows import Alignment, Days, Gap, LedgerRow, Proof, changes
from donations.ledger_alignment.segments import EitherWay, Placed, Segment, opening, place, segment, segments


def align(
    stored: Sequence[LedgerRow],
    new: Sequence[LedgerRow],
    *,
    accept_gap: bool = False,
    stored_days: Sequence[Days] = (),
    new_days: Days | None = None,
) -> Alignment:
    """Which rows of `new` are not in `stored`, and where they go; both in the bank's order, every row with a balance.

    `accept_gap`: somebody decided that a gap may stay; the file is stored beside it and `accepted` says which.
    `stored_days`, `new_days`: the days that the files show complete (see `Statement.complete_days`). With both given,
    a file whose balance goes on exactly but that leaves days uncovered is a `Gap` of 0 yen, and rows that cancel out
    cannot hide; without them a gap or a change of together 0 yen cannot always be seen.

    Raises ValueError when a row has no balance (see `align_by_count`) or when the rows of `new` do not follow one
    another; the readers of `bankfiles` refuse such a file before.
    """
    _check(stored, new)
    if not new:
        return Alignment()
    if not stored:
        return Alignment(tuple(range(len(new))), (0,) * len(new), proof=Proof.FIRST)
    stored_keys, new_keys = _keys(stored, new)
    laid = _laid(segments(stored, stored_keys, stored_days), segment(new, new_keys, 0, len(new), [new_days] if new_days else []))
    if laid is None:
        laid = _laid(segments(stored, stored_keys, ()), segment(new, new_keys, 0, len(new), ()))
        if laid is None or not are_cuts(laid[0], laid[2]):
            return Alignment(problem=first_difference(stored, stored_keys, new, new_keys))
    touching, ledger, file = laid
    merged = _merged(touching, ledger, file)
    gap = None if merged.known else _gap(touching, ledger, file, stored_days, new_days)
    if gap and not accept_gap:
        return Alignment(problem=gap)
    words, numbers = changes(merged.known, stored, new)
    proof = Proof.OVERLAP if merged.known else None if gap else Proof.BALANCE
    return replace(merged, wording_changed=words, numbers_changed=numbers, proof=proof, accepted=gap)


def _laid(ledger: Sequence[Segment], file: Segment) -> tuple[list[Placed], Sequence[Segment], Segment] | None:
    """The segments that touch the file, with all segments and the file; None where they do not lie one after another."""
    try:
        touching = [found for index in range(len(ledger)) if (found := place(index, ledger, file))]
    except EitherWay:
        return None
    return (touching, ledger, file) if _in_order(touching, ledger, file) else None


def _check(stored: Sequence[LedgerRow], new: Sequence[LedgerRow]) -> None:
    for name, rows in (("stored", stored), ("new", new)):
        for index, row in enumerate(rows):
            if row.balance_yen is None:
                raise ValueError(f"{name} row {index} has no balance")
    for index, (row, later) in enumerate(pairwise(new), 1):
        if opening(later) != row.balance_yen:
            raise ValueError(f"new row {index} does not continue the balance of the row before")


def _keys(*ledgers: Sequence[LedgerRow]) -> list[list[int]]:
    """A number for each row; equal numbers for equal day, amounts and balance."""
    seen: dict[tuple[date, int, int, int | None], int] = {}
    return [
        [
            seen.setdefault((r.booked_on, r.received_yen, r.paid_out_yen, r.balance_yen), len(seen))
            for r in rows
        ]
        for rows in ledgers
    ]


def _in_order(touching: Sequence[Placed], ledger: Sequence[Segment], file: Segment) -> bool:
    """True when the touching segments are neighbours that do not cross, and the others stay clear of the file.

    A segment that shares a day with rows the file adds, but does not touch it, tells that day otherwise.
    """
    if any(
        one.ends > other.at or one.segment.ends != other.segment.begins for one, other in pairwise(touching)
    ):
        return False
    untouched = [part for part in ledger if all(part is not found.segment for found in touching)]
    if not touching:
        return all(part.last < file.first or file.last < part.first for part in untouched)
    first, last = touching[0], touching[-1]
    clear_before = first.at <= 0 or all(
        p.last < file.first for p in untouched if p.ends <= first.segment.begins
    )
    clear_after = last.ends >= len(file.rows) or all(
        file.last < p.first for p in untouched if p.begins >= last.segment.ends
    )
    return clear_before and clear_after


def _merged(touching: Sequence[Placed], ledger: Sequence[Segment], file: Segment) -> Alignment:
    """Every row of the file either known or given its place."""
    new_rows: list[int] = []
    insert_before: list[int] = []
    known: list[tuple[int, int]] = []
    cursor, place_after = 0, max((part.ends for part in ledger if part.last < file.first), default=0)
    for found in touching:
        fresh = range(cursor, max(cursor, found.at))
        new_rows += fresh
        insert_before += [found.segment.begins] * len(fresh)
        cursor = max(cursor, found.at)
        ends = min(len(file.rows), found.ends)
        known += ((index, found.segment.begins + index - found.at) for index in range(cursor, ends))
        cursor, place_after = max(cursor, ends), found.segment.ends
    fresh = range(cursor, len(file.rows))
    new_rows += fresh
    insert_before += [place_after] * len(fresh)
    return Alignment(tuple(new_rows), tuple(insert_before), tuple(known))


def _gap(
    touching: Sequence[Placed],
    ledger: Sequence[Segment],
    file: Segment,
    stored_days: Sequence[Days],
    new_days: Days | None,
) -> Gap | None:
    """What is missing between the file and the ledger when they share no row."""
    if touching:
        return _uncovered(touching, file, [*stored_days, new_days] if new_days and stored_days else [])
    older = [part for part in ledger if part.last < file.first]
    if older:
        return Gap(file.opening_yen - (older[-1].closing_yen or 0), older[-1].last, file.first)
    newer = next(part for part in ledger if file.last < part.first)
    return Gap(newer.opening_yen - (file.closing_yen or 0), file.last, newer.first)


def _uncovered(touching: Sequence[Placed], file: Segment, periods: Sequence[Days]) -> Gap | None:
    """A gap of 0 yen where the balances meet but a day, from the earlier side's newest on, is complete nowhere."""
    if not periods:
        return None
    for found in touching:
        before, after = (found.segment.last, file.first) if found.at < 0 else (file.last, found.segment.first)
        day = before
        for begins, ends in sorted(periods):
            if begins <= day <= ends:
                day = ends + timedelta(days=1)
        if day < after:
            return Gap(0, before, after)
    return None
