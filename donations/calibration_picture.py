"""Months side by side as a picture: how many errors were predicted, how many were seen. Pure; units of a 1,000-wide drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000
FLOOR = 240
CEILING = 50
HEIGHT = 305
MOST_BARS_WIDTH = 44
LOWEST = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """One month: `label` stands below, and `year` below that; `predicted` and `seen` count errors."""

    label: str
    year: str
    predicted: float
    seen: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: left edge, top edge, height; `figure` stands above it."""

    x: int
    y: int
    height: int
    figure: str


@dataclass(frozen=True, slots=True)
class Column:
    """A month drawn: `middle` is where its words stand."""

    middle: int
    label: str
    year: str
    predicted: Bar
    seen: Bar


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing `width` wide and `height` high; all bars stand on `floor` and are `bar_width` wide."""

    columns: tuple[Column, ...]
    bar_width: int
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def draw(pairs: Sequence[Pair]) -> Picture | None:
    """Two bars for each month, in the order given, all on one scale; None when there is nothing to draw.

    >>> draw([Pair("4月", "2026年", 1.0, 2)]).columns[0].seen
    Bar(x=500, y=50, height=190, figure='2')
    """
    if not pairs:
        return None
    most = max(1.0, *(max(pair.predicted, pair.seen) for pair in pairs))
    room = WIDTH // len(pairs)
    width = min(MOST_BARS_WIDTH, room * 2 // 5)
    columns = []
    for place, pair in enumerate(pairs):
        middle = place * room + room // 2
        predicted = _bar(middle - width, pair.predicted, most, f"{pair.predicted:.1f}")
        columns.append(Column(middle, pair.label, pair.year, predicted, _bar(middle, pair.seen, most, str(pair.seen))))
    return Picture(tuple(columns), width)


def _bar(x: int, value: float, most: float, figure: str) -> Bar:
    height = max(LOWEST, round((FLOOR - CEILING) * value / most))
    return Bar(x, FLOOR - height, height, figure)
