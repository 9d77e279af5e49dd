"""Twelve digits that the end of a line cuts in two."""

from collections.abc import Iterator, Mapping

from privacy.digit_runs import LISTED, TIGHT, Run
from privacy.everyday_numbers import Fact
from privacy.shapes import Shape, Stretch

_WRAPPED_SIZES = {(12,), (4, 4, 4), (1,) * 12, (6, 6), (3, 3, 3, 3), (4, 8), (8, 4)}


def wrapped_stretches(run: Run, taken: Mapping[int, Fact]) -> Iterator[Stretch]:
    """Every stretch of twelve digits of `run` with exactly one line end inside, at most two a line end.

    Where the next gap on either side is a line end too, the lines are a column of figures and give nothing.
    """
    for at, gap in enumerate(run.gaps):
        if not gap.broken or _in_column(run, at):
            continue
        for first in range(at, max(at - 12, -1), -1):
            last = _twelfth(run, first)
            if last is None or last <= at or _breaks(run, first, last) > 1:
                continue
            if not any(place in taken for place in range(first, last + 1)) and _ends_freely(run, first, last):
                yield from _stretch(run, first, at, last)


def _in_column(run: Run, at: int) -> bool:
    return (at > 0 and run.gaps[at - 1].broken) or (at + 1 < len(run.gaps) and run.gaps[at + 1].broken)


def _twelfth(run: Run, first: int) -> int | None:
    total = 0
    for last in range(first, min(first + 12, len(run.digits))):
        total += len(run.digits[last])
        if total >= 12:
            return last if total == 12 else None
    return None


def _breaks(run: Run, first: int, last: int) -> int:
    return sum(gap.broken for gap in run.gaps[first:last])


def _ends_freely(run: Run, first: int, last: int) -> bool:
    before = first == 0 or run.gaps[first - 1].looseness > TIGHT
    after = last == len(run.gaps) or run.gaps[last].looseness > TIGHT
    return before and after


def _stretch(run: Run, first: int, at: int, last: int) -> Iterator[Stretch]:
    groups = run.digits[first : last + 1]
    joined = (*run.digits[first:at], run.digits[at] + run.digits[at + 1], *run.digits[at + 2 : last + 1])
    signs = {gap.sign for place, gap in enumerate(run.gaps[first:last], first) if place != at}
    broken = run.gaps[at].sign
    if len(signs) > 1 or any(gap.looseness == LISTED for gap in run.gaps[first:last] if not gap.broken):
        return
    fits_whole = broken in {"\n", "-"} and tuple(map(len, joined)) in _WRAPPED_SIZES
    fits_parted = (broken == "\n" or {broken} == (signs or {broken})) and tuple(
        map(len, groups)
    ) in _WRAPPED_SIZES
    if fits_whole or fits_parted:
        yield Stretch("".join(groups), joined if fits_whole else groups, Shape.LOOSE, first, last)
