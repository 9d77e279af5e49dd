from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.time_line import WIDTH, Span, draw

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda days: Span(min(days), max(days), "file", "")), min_size=1, max_size=12)


def span(first, last):
    return Span(first, last, "file", "")


def test_no_days_no_picture():
    """Without a span there is nothing to draw."""
    assert draw([]) is None


def test_a_month_fills_its_month():
    """One whole month is drawn from edge to edge."""
    bar = draw([span(date(2026, 4, 1), date(2026, 4, 30))]).bars[0]
    assert (bar.x, bar.width) == (0, WIDTH)


def test_months_are_named_with_the_year_at_its_beginning():
    """Each month has its tick; the first one and January carry the year."""
    line = draw([span(date(2026, 11, 5), date(2027, 2, 3))])
    assert [(tick.year, tick.month) for tick in line.ticks] == [("2026年", "11月"), ("", "12月"), ("2027年", "1月"), ("", "2月")]


@pytest.mark.parametrize(("last", "ticks"), [(date(2027, 4, 30), 13), (date(2027, 5, 31), 5), (date(2046, 3, 31), 10)])
def test_ticks_never_crowd(last, ticks):
    """Longer times get fewer ticks: every month, quarter, half year, year."""
    assert len(draw([span(date(2026, 4, 1), last)]).ticks) == ticks


def test_overlapping_files_take_two_lanes():
    """What overlaps is drawn below, what follows goes back up."""
    spans = [span(date(2026, 4, 1), date(2026, 4, 20)), span(date(2026, 4, 15), date(2026, 5, 5)), span(date(2026, 5, 6), date(2026, 5, 9))]
    heights = [bar.y for bar in draw(spans).bars]
    assert (heights[0] < heights[1], heights[0] == heights[2]) == (True, True)


def test_missing_days_are_a_band_behind_the_bars():
    """From their first day to the last, from above the bars to the bottom of the picture."""
    files = [span(date(2026, 4, 1), date(2026, 4, 10)), span(date(2026, 4, 21), date(2026, 4, 30))]
    line = draw(files, [Span(date(2026, 4, 11), date(2026, 4, 20), "hole", "")])
    band = line.holes[0]
    assert (band.x, band.x + band.width, band.y + line.hole_height) == (333, 666, line.height)


@given(SPANS)
def test_bars_never_cover_each_other(spans):
    """Whatever the spans, two bars of one lane do not share a day, and no bar leaves the picture to the left."""
    bars = draw(spans).bars
    by_lane = {}
    for bar in bars:
        by_lane.setdefault(bar.y, []).append(bar.span)
    for lane in by_lane.values():
        ordered = sorted(lane, key=lambda span: span.first)
        assert all(left.last < right.first for left, right in pairwise(ordered))
    assert all(0 <= bar.x < WIDTH for bar in bars)
