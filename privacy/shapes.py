"""How twelve digits of a row may stand to be one number, and how sure the way they stand makes us."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from privacy.digit_runs import LISTED, SPACED, TIGHT, Gap, Run
from privacy.everyday_numbers import is_year


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
_LIST_SIGNS = {",", "/", ":", "~", "*", "=", "+", "'", "#"}
_MIXABLE = {"-", " ", ".", "・", "_", "/", "~", "の", "|"}


def stretches(run: Run, taken: frozenset[int]) -> Iterator[Stretch]:
    """Every stretch of twelve digits of `run` that stands by itself and touches no group of `taken`."""
    sizes = tuple(map(len, run.digits))
    for first in range(len(sizes)):
        total = 0
        for last in range(first, min(first + 12, len(sizes))):
            total += sizes[last]
            if total >= 12 or last in taken:
                break
        if total != 12 or last in taken:
            continue
        shape = _shape(run, first, last, sizes[first : last + 1], taken)
        if shape is not None:
            groups = run.digits[first : last + 1]
            yield Stretch("".join(groups), groups, shape, first, last)


def _shape(run: Run, first: int, last: int, sizes: tuple[int, ...], taken: frozenset[int]) -> Shape | None:
    gaps = run.gaps[first:last]
    if not gaps:
        return Shape.PLAIN if _is_whole(run, first) else None
    signs = {gap.sign for gap in gaps}
    if sizes == _ONES:
        return _boxes(run, first, last, signs)
    if sizes == _FOURS and len(signs) == 1 and _stands_apart(run, first, last, gaps, taken):
        return Shape.LOOSE if signs & _LIST_SIGNS or gaps[0].looseness == LISTED else Shape.CARD
    readable = _is_mixed_fours(run, first, sizes, signs) or (
        sizes in _LOOSE_SIZES and len(signs) == 1 and not _reads_otherwise(sizes, gaps[0])
    )
    return Shape.LOOSE if readable and _stands_alone(run, first, last, gaps, taken) else None


def _is_mixed_fours(run: Run, first: int, sizes: tuple[int, ...], signs: set[str]) -> bool:
    """1234-5678 9018, unless it opens or closes with a year."""
    dated = is_year(run.digits[first]) or is_year(run.digits[first + len(sizes) - 1])
    return sizes == _FOURS and len(signs) > 1 and signs <= _MIXABLE and not dated


def _is_whole(run: Run, at: int) -> bool:
    """Twelve digits in one group, and no fraction on either side of them."""
    before = run.gaps[at - 1] if at else None
    after = run.gaps[at] if at < len(run.gaps) else None
    if before is not None and before.sign == "." and before.looseness == TIGHT:
        return False
    return after is None or after.sign != "." or after.looseness > TIGHT or not run.digits[at + 1].strip("0")


def _boxes(run: Run, first: int, last: int, signs: set[str]) -> Shape | None:
    """Exactly twelve single digits; the gaps after the fourth and the eighth may differ from the others."""
    if (first and len(run.digits[first - 1]) == 1) or (
        last < len(run.gaps) and len(run.digits[last + 1]) == 1
    ):
        return None
    inner = {gap.sign for place, gap in enumerate(run.gaps[first:last]) if place not in {3, 7}}
    if len(inner) > 1 or len(signs) > 2 or _is_counting(run.digits[first : last + 1]):
        return None
    return Shape.LOOSE if "," in signs or inner & {":"} else Shape.BOXES


def _is_counting(groups: tuple[str, ...]) -> bool:
    """Single digits that only count up or down: 1 2 3 4 5 6 7 8 9 0 1 2."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(groups)}
    return len(steps) == 1


def _neighbours(run: Run, first: int, last: int) -> Iterator[tuple[int, Gap]]:
    if first:
        yield first - 1, run.gaps[first - 1]
    if last < len(run.gaps):
        yield last + 1, run.gaps[last]


def _stands_apart(run: Run, first: int, last: int, gaps: tuple[Gap, ...], taken: frozenset[int]) -> bool:
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


def _stands_alone(run: Run, first: int, last: int, gaps: tuple[Gap, ...], taken: frozenset[int]) -> bool:
    """Whether only looser gaps join the groups to further digits.

    Between blanks, six digits and six may stand beside a date; four and eight are a line of a statement.
    """
    inner = max(gap.looseness for gap in gaps)
    beside_facts = len({len(digits) for digits in run.digits[first : last + 1]}) == 1
    return all(
        gap.looseness > inner or (at in taken and beside_facts and gap.looseness == inner)
        for at, gap in _neighbours(run, first, last)
    )


def _reads_otherwise(sizes: tuple[int, ...], gap: Gap) -> bool:
    """Fractions, clock times and lists of short numbers."""
    if gap.sign == ".":
        return len(sizes) == 2
    if gap.sign == ",":
        return len(sizes) != 4 or gap.looseness == SPACED
    return gap.sign in {":", "/"} and len(sizes) == 6
