"""Days as a picture: spans of days become bars on one line of time. Pure; units of a 1,000-wide drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from donations.calendar_months import next_month

WIDTH = 1000
LANE = 30
TOP = 54
BAR_HEIGHT = 22
HOLE_TOP = 50
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
    """A drawing `WIDTH` wide and `height` high; `holes` are bands behind the bars, from `hole_top` to the bottom."""

    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    holes: tuple[Bar, ...] = ()
    width: int = WIDTH
    bar_height: int = BAR_HEIGHT
    hole_top: int = HOLE_TOP

    @property
    def hole_height(self) -> int:
        return self.height - self.hole_top


def draw(spans: Sequence[Span], holes: Sequence[Span] = ()) -> TimeLine | None:
    """Lay spans on lanes, so that overlapping ones never cover each other; None when there is nothing to draw."""
    if not spans:
        return None
    start = min(span.first for span in (*spans, *holes)).replace(day=1)
    end = next_month(max(span.last for span in (*spans, *holes)))
    days = (end - start).days
    lanes: list[date] = []
    bars = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        lane = next((number for number, taken_until in enumerate(lanes) if taken_until < span.first), len(lanes))
        lanes[lane:lane + 1] = [span.last]
        bars.append(_bar(start, days, span, top=TOP + lane * LANE))
    bands = tuple(_bar(start, days, hole, top=HOLE_TOP) for hole in holes)
    return TimeLine(TOP + len(lanes) * LANE, tuple(bars), _ticks(start, end, days), bands)


def _bar(start: date, days: int, span: Span, *, top: int) -> Bar:
    x = _place(start, days, span.first)
    return Bar(x, top, max(_place(start, days, span.last + timedelta(days=1)) - x, NARROWEST), span)


def _ticks(start: date, end: date, days: int) -> tuple[Tick, ...]:
    months = []
    month = start
    while month < end:
        months.append(month)
        month = next_month(month)
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

