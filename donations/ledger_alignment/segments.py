"""Stretches of rows whose balances follow one another, and where such a stretch lies on a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from donations.ledger_alignment.overlap import offsets
from donations.ledger_alignment.rows import Days, LedgerRow


class EitherWay(Exception):  # noqa: N818  (the name says what is wrong)
    """A stretch could lie in two ways that make two different ledgers, and nothing decides between them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows whose balances follow one another; `begins` is the index of the first in the ledger.

    `keys`: equal numbers for equal day, amounts and balance. `first`, `last`: earliest and latest day.
    `from_the_morning`: the day of the first row is known to be here from its beginning.
    """

    begins: int
    rows: Sequence[LedgerRow]
    keys: Sequence[int]
    first: date
    last: date
    from_the_morning: bool

    @property
    def ends(self) -> int:
        """The index after the last row."""
        return self.begins + len(self.rows)

    @property
    def opening_yen(self) -> int:
        """The balance before the first row."""
        return opening(self.rows[0])

    @property
    def closing_yen(self) -> int | None:
        """The balance after the last row."""
        return self.rows[-1].balance_yen


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment that touches the file: it begins at index `at` of the file (below zero: before the file)."""

    segment: Segment
    at: int

    @property
    def ends(self) -> int:
        """The index of the file after the segment's last row."""
        return self.at + len(self.segment.rows)


def opening(row: LedgerRow) -> int:
    """The balance before `row`, in yen."""
    return (row.balance_yen or 0) - row.net_yen


def segments(rows: Sequence[LedgerRow], keys: Sequence[int], complete: Sequence[Days]) -> list[Segment]:
    """`rows` cut wherever a balance does not follow; one segment when it always does."""
    breaks = [
        index for index, (row, later) in enumerate(pairwise(rows), 1) if opening(later) != row.balance_yen
    ]
    return [segment(rows, keys, begins, ends, complete) for begins, ends in pairwise([0, *breaks, len(rows)])]


def segment(
    rows: Sequence[LedgerRow], keys: Sequence[int], begins: int, ends: int, complete: Sequence[Days]
) -> Segment:
    """The rows from `begins` up to and without `ends`; `complete` are the days that files cover whole."""
    part = rows[begins:ends]
    days = [row.booked_on for row in part]
    morning = any(first <= days[0] <= last + timedelta(days=1) for first, last in complete)
    return Segment(begins, part, keys[begins:ends], min(days), max(days), morning)


def place(index: int, stored: Sequence[Segment], file: Segment) -> Placed | None:
    """Where stored segment `index` lies on the file; None when they do not touch. Raises `EitherWay`.

    The longest overlap counts. Where the balances allow several ways, the bank's numbers decide if both sides carry
    them in the form day and daily counter; otherwise two ways are taken only when they make the same ledger.
    """
    part = stored[index]
    meets = part.first <= file.last and file.first <= part.last
    over = [at for at in offsets(part.keys, file.keys) if _respects_mornings(at, part, file)] if meets else []
    beside = _beside(index, stored, file)
    if len(over) + len(beside) > 1 and _numbered(part.rows) and _numbered(file.rows):
        over, beside = _by_number(part, file, beside) or (over, beside)
    if over:
        return Placed(part, _longest(over, part, file))
    if len(beside) > 1:
        raise EitherWay
    return Placed(part, beside[0]) if beside else None


def _beside(index: int, stored: Sequence[Segment], file: Segment) -> list[int]:
    """Places at which the segment ends right before the file or begins right after it, by balance and by day."""
    part, found = stored[index], []
    next_free = index + 1 == len(stored) or stored[index + 1].first >= file.last
    after, before = _after_or_within(part, file), _after_or_within(file, part)
    if next_free and part.closing_yen == file.opening_yen and after:
        found.append(-len(part.rows))
    previous_free = index == 0 or stored[index - 1].last <= file.first
    if previous_free and file.closing_yen == part.opening_yen and before:
        found.append(len(file.rows))
    return found


def _after_or_within(older: Segment, newer: Segment) -> bool:
    """True when `newer` may go on right after `older`: later, or on the same day unless it holds that day whole."""
    return older.last < newer.first or (older.last == newer.first and not newer.from_the_morning)


def _respects_mornings(at: int, part: Segment, file: Segment) -> bool:
    """False where rows of its first day would lie before a side that is known to hold that day from its beginning."""
    if at < 0:
        return not file.from_the_morning or part.rows[-at - 1].booked_on != file.rows[0].booked_on
    if at > 0:
        return not part.from_the_morning or file.rows[at - 1].booked_on != part.rows[0].booked_on
    return True


def _longest(over: Sequence[int], part: Segment, file: Segment) -> int:
    """The place with the most rows in common; the first of several. Raises `EitherWay` when they differ in result."""
    length, rows = len(part.rows), len(file.rows)
    shared = {at: min(rows, at + length) - max(0, at) for at in over}
    most = max(shared.values())
    best = [at for at in over if shared[at] == most]
    if len(best) > 1 and _merged(best[0], part, file) != _merged(best[-1], part, file):
        raise EitherWay
    return min(best, key=abs)


def _merged(at: int, part: Segment, file: Segment) -> list[int]:
    """The keys of both laid over each other."""
    begins, ends = max(0, at), min(len(file.keys), at + len(part.keys))
    return [
        *part.keys[: max(0, -at)],
        *file.keys[:begins],
        *file.keys[begins:ends],
        *part.keys[ends - at :],
        *file.keys[ends:],
    ]


def _numbered(rows: Sequence[LedgerRow]) -> bool:
    """True when every 明細ＩＤ is the day and seven digits, as seen in five unrelated people's files."""
    return all(
        len(row.external_id) == 15 and row.external_id.startswith(f"{row.booked_on:%Y%m%d}") for row in rows
    )


def _by_number(part: Segment, file: Segment, beside: Sequence[int]) -> tuple[list[int], list[int]] | None:
    """The places at which the bank's numbers agree too; None when there is none."""
    seen: dict[tuple[int, str], int] = {}
    keys, file_keys = (
        [
            seen.setdefault((key, row.external_id), len(seen))
            for key, row in zip(each.keys, each.rows, strict=True)
        ]
        for each in (part, file)
    )
    over = list(offsets(keys, file_keys))
    after, before = (
        part.rows[-1].external_id < file.rows[0].external_id,
        file.rows[-1].external_id < part.rows[0].external_id,
    )
    rising = [at for at in beside if (after if at < 0 else before)]
    return (over, rising) if over or rising else None
