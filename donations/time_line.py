"""Days as a picture: spans of days become bars on one line of time. Pure; units of a 1,000-wide drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 1000
LANE = 30
TOP = 54
BAR_HEIGHT = 22
NARROWEST = 4
MOST_TICKS = 13


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included. `kind` is a CSS class, `label` says it in words."""

    first: date
    last: date
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span drawn: left edge, top edge and width."""

    x: int
    y: int
    width: int
    span: Span


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month; `year` is '' where it is the same as before."""

    x: int
    month: str
    year: str


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A drawing `WIDTH` wide and `height` high."""

    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    bar_height: int = BAR_HEIGHT


def draw(spans: Sequence[Span]) -> TimeLine | None:
    """Lay spans on lanes, so that overlapping ones never cover each other; None when there is nothing to draw."""
    if not spans:
        return None
    start = min(span.first for span in spans).replace(day=1)
    end = _next_month(max(span.last for span in spans))
    days = (end - start).days
    lanes: list[date] = []
    bars = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        lane = next((number for number, taken_until in enumerate(lanes) if taken_until < span.first), len(lanes))
        lanes[lane:lane + 1] = [span.last]
        x = _place(start, days, span.first)
        width = max(_place(start, days, span.last + timedelta(days=1)) - x, NARROWEST)
        bars.append(Bar(x, TOP + lane * LANE, width, span))
    return TimeLine(TOP + len(lanes) * LANE, tuple(bars), _ticks(start, end, days))


def _ticks(start: date, end: date, days: int) -> tuple[Tick, ...]:
    months = []
    month = start
    while month < end:
        months.append(month)
        month = _next_month(month)
    step = next(step for step in (1, 3, 6, 12, 24, 60, 120, 1200) if len(months) <= step * MOST_TICKS)
    shown = [
        month
        for month in months
        if step == 1 or ((month.month - 1) % min(step, 12) == 0 and month.year % max(step // 12, 1) == 0)
    ]
    return tuple(
        Tick(_place(start, days, month), f"{month.month}月", f"{month.year}年" if starts_year else "")
        for month, starts_year in zip(shown, _year_starts(shown), strict=True)
    )


def _year_starts(months: Sequence[date]) -> list[bool]:
    """Whether each month is the first of its year in the row."""
    return [not index or months[index - 1].year < month.year for index, month in enumerate(months)]


def _place(start: date, days: int, day: date) -> int:
    return (day - start).days * WIDTH // days


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
