"""Where one sequence lies on another so that every place they share is equal. Linear in both lengths."""

from collections.abc import Iterator, Sequence

_WALL = -1
"""Stands between two sequences; equals no key (keys are zero or above)."""


def offsets(fixed: Sequence[int], moved: Sequence[int]) -> Iterator[int]:
    """Every index of `moved` at which `fixed` may begin, equal wherever both have an element, at least one.

    Below zero: `fixed` begins before `moved`. The result runs upwards. Keys must be zero or above.
    Example: `list(offsets([1, 2], [2, 1, 2, 1])) == [-1, 1, 3]`.
    """
    inside_fixed = _agreements(moved, fixed)
    for begin in range(len(fixed) - 1, 0, -1):
        if inside_fixed[begin] == min(len(moved), len(fixed) - begin):
            yield -begin
    inside_moved = _agreements(fixed, moved)
    for begin in range(len(moved)):
        if inside_moved[begin] == min(len(fixed), len(moved) - begin):
            yield begin


def _agreements(pattern: Sequence[int], text: Sequence[int]) -> list[int]:
    """For each place of `text`, how many elements from there on equal the beginning of `pattern` (Z algorithm)."""
    joined = [*pattern, _WALL, *text]
    length = len(joined)
    equal = [0] * length
    left = right = 0
    for place in range(1, length):
        run = min(right - place, equal[place - left]) if place < right else 0
        while place + run < length and joined[run] == joined[place + run]:
            run += 1
        equal[place] = run
        if place + run > right:
            left, right = place, place + run
    return equal[len(pattern) + 1 :]
