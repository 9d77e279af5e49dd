"""How twelve digits of a row may stand to be one number, and how sure the way they stand makes us."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from privacy.digit_runs import LISTED, SPACED, TIGHT, Gap, Run
from privacy.everyday_numbers import Fact, is_year


class Shape(Enum):
    """Ways to write twelve digits, from the surest to the weakest sign of a 個人番号."""

    CARD = "4-4-4, as on the card"
    BOXES = "one digit to a box"
    PLAIN = "twelve digits in a row"
    LOOSE = "6-6, 3-3-3-3, 4-8, pairs, 4-4-4 with mixed or list signs, or broken by a line end"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Groups `first` to `last` (both included) of a run, which hold twelve digits."""

    digits: str
    groups: tuple[str, ...]
    shape: Shape
    first: int
    last: int


_LOOSE_SIZES = {(6, 6), (3, 3, 3, 3), (4, 8), (8, 4), (2,) * 6}
_FOURS = (4, 4, 4)
_ONES = (1,) * 12
_CARD_SIGNS = {"-", " ", ".", "・", "_", "|", "(", "の"}
_MIXABLE = {"-", " ", ".", "・", "_", "/", "~", "の", "|", "("}


def windows(run: Run) -> Iterator[tuple[int, int]]:
    """The first and last group of every twelve digits of `run` that begin and end with a group."""
    sizes = run.sizes
    for first in range(len(sizes)):
        total = 0
        for last in range(first, min(first + 12, len(sizes))):
            total += sizes[last]
            if total >= 12:
                if total == 12:
                    yield first, last
                break


def stretch_of(run: Run, first: int, last: int, taken: Mapping[int, Fact]) -> Stretch | None:
    """The stretch from group `first` to `last` if it stands by itself and touches no group of `taken`."""
    if any(at in taken for at in range(first, last + 1)):
        return None
    shape = _shape(run, first, last, run.sizes[first : last + 1], taken)
    if shape is None:
        return None
    groups = run.digits[first : last + 1]
    return Stretch("".join(groups), groups, shape, first, last)


def _shape(
    run: Run, first: int, last: int, sizes: tuple[int, ...], taken: Mapping[int, Fact]
) -> Shape | None:
    gaps = run.gaps[first:last]
    if not gaps:
        return Shape.PLAIN if _is_whole(run, first) else None
    signs = {gap.sign for gap in gaps}
    if sizes == _ONES:
        return _boxes(run, first, last, signs, taken)
    if sizes == _FOURS and len(signs) == 1 and _stands_apart(run, first, last, gaps, taken):
        return Shape.CARD if signs <= _CARD_SIGNS and gaps[0].looseness < LISTED else Shape.LOOSE
    readable = _is_mixed_fours(run, first, sizes, signs) or (
        sizes in _LOOSE_SIZES and len(signs) == 1 and not _reads_otherwise(sizes, gaps[0])
    )
    return Shape.LOOSE if readable and _stands_alone(run, first, last, gaps, taken) else None


def _is_mixed_fours(run: Run, first: int, sizes: tuple[int, ...], signs: set[str]) -> bool:
    """1234-5678 9018, unless it opens or closes with a year of these decades."""
    if sizes != _FOURS or len(signs) == 1 or not signs <= _MIXABLE:
        return False
    return all(not "2000" <= run.digits[at] <= "2039" for at in (first, first + 2))


def _is_whole(run: Run, at: int) -> bool:
    """Twelve digits in one group, and no fraction on either side of them."""
    before = run.gaps[at - 1] if at else None
    after = run.gaps[at] if at < len(run.gaps) else None
    if before is not None and before.sign == "." and before.looseness == TIGHT:
        return False
    return after is None or after.sign != "." or after.looseness > TIGHT or not run.digits[at + 1].strip("0")


def _boxes(run: Run, first: int, last: int, signs: set[str], taken: Mapping[int, Fact]) -> Shape | None:
    """Exactly twelve single digits; the gaps after the fourth and the eighth may differ from the others."""
    for at, gap in _neighbours(run, first, last):
        inner = run.gaps[first] if at < first else run.gaps[last - 1]
        if (
            len(run.digits[at]) == 1
            and gap.sign == inner.sign
            and at not in taken
            and not _is_tied(run, at, gap)
        ):
            return None
    inner_signs = {gap.sign for place, gap in enumerate(run.gaps[first:last]) if place not in {3, 7}}
    if len(inner_signs) > 1 or len(signs) > 2 or _is_counting(run.digits[first : last + 1]):
        return None
    if "、" in signs or (signs & {",", "，"} and run.gaps[first].looseness == LISTED):
        return None
    return Shape.BOXES if inner_signs <= _CARD_SIGNS else Shape.LOOSE


def _is_tied(run: Run, at: int, gap: Gap) -> bool:
    """Whether group `at` is bound more closely to something else than over `gap`, as the 2 in "1-2 8 5 3"."""
    return any(other.looseness < gap.looseness for other in run.gaps[max(0, at - 1) : at + 1])


def _is_counting(groups: tuple[str, ...]) -> bool:
    """Single digits that only count up or down: 1 2 3 4 5 6 7 8 9 0 1 2."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(groups)}
    return len(steps) == 1


def _neighbours(run: Run, first: int, last: int) -> Iterator[tuple[int, Gap]]:
    if first:
        yield first - 1, run.gaps[first - 1]
    if last < len(run.gaps):
        yield last + 1, run.gaps[last]


def _stands_apart(run: Run, first: int, last: int, gaps: tuple[Gap, ...], taken: Mapping[int, Fact]) -> bool:
    """Whether the groups beside a 4-4-4 bind less than its own gaps, or are something else by themselves."""
    inner = max(gap.looseness for gap in gaps)
    for at, gap in _neighbours(run, first, last):
        if gap.looseness > inner or at in taken:
            continue
        digits = run.digits[at]
        if gap.looseness < inner:
            return False
        if gap.sign == gaps[0].sign and not is_year(digits) and (inner == TIGHT or not _is_other(digits)):
            return False
    return True


def _is_other(digits: str) -> bool:
    return len(digits) != 4 or digits.endswith("00")


def _stands_alone(run: Run, first: int, last: int, gaps: tuple[Gap, ...], taken: Mapping[int, Fact]) -> bool:
    """Whether only looser gaps or a bracket join the groups to further digits.

    Between blanks, six digits and six may stand beside any fact; four and eight beside a date or an amount are
    a line of a statement.
    """
    inner = max(gap.looseness for gap in gaps)
    equal = len({len(digits) for digits in run.digits[first : last + 1]}) == 1
    for at, gap in _neighbours(run, first, last):
        fact = taken.get(at)
        apart = gap.looseness > inner or (gap.looseness == inner == SPACED and gap.sign != gaps[0].sign)
        beside_fact = gap.looseness == inner and fact is not None and (equal or fact is Fact.PHONE)
        beside_other = gap.looseness == inner and fact is None and _is_tied(run, at, gap)
        if not (apart or beside_fact or beside_other):
            return False
    return True


def _reads_otherwise(sizes: tuple[int, ...], gap: Gap) -> bool:
    """Fractions, clock times and lists of short numbers."""
    if gap.sign == ".":
        return len(sizes) == 2
    if gap.sign in {",", "，", "、"}:
        return len(sizes) != 4 or gap.looseness == LISTED
    return gap.sign in {":", "/"} and len(sizes) == 6
