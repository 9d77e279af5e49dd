"""The chain of balances and the days that files show."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from donations.month_chain import Break, ChainRow, breaks, in_doubt, merged, uncovered

START = date(2026, 9, 1)
EARLY = (date(2026, 10, 1), date(2026, 10, 2))
LATE = (date(2026, 10, 10), date(2026, 10, 31))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-1, 12)).map(
        lambda pair: (START + timedelta(days=pair[0]), START + timedelta(days=pair[0] + pair[1]))
    ),
    max_size=6,
)


def row(day, net, balance):
    return ChainRow(date(2026, 10, day), net, balance)


def days_of(found):
    return {first + timedelta(days=n) for first, last in found for n in range((last - first).days + 1)}


def test_a_whole_chain_has_no_break():
    """Each balance follows from the one before, the first from the opening."""
    assert breaks([row(1, 1000, 1500), row(2, -165, 1335)], opening=(START, 500)) == []


def test_a_break_says_between_which_days_and_how_much():
    """A row of 3,000 yen in is missing."""
    assert breaks([row(1, 1000, 1000), row(9, 500, 4500)]) == [Break(date(2026, 10, 1), date(2026, 10, 9), 3000)]


def test_an_opening_that_differs_is_a_break():
    """From its day to the first row."""
    assert breaks([row(1, 1000, 1500)], opening=(START, 400)) == [Break(START, date(2026, 10, 1), 100)]


def test_rows_without_balance_are_not_judged():
    """Neither they nor what follows them at once."""
    assert breaks([row(1, 1000, 1000), row(2, 1000, None), row(3, 1000, 9000)], opening=(START, 0)) == []


def test_the_hole_between_two_files():
    """10月3日 to 10月9日."""
    assert uncovered(OCTOBER, [LATE, EARLY]) == [(date(2026, 10, 3), date(2026, 10, 9))]


def test_without_files_all_is_open():
    """Nothing is shown whole."""
    assert uncovered(OCTOBER, []) == [OCTOBER]


def test_missing_yen_lie_on_the_days_nobody_saw():
    """The days that files show whole are above suspicion."""
    assert in_doubt(Break(date(2026, 10, 2), date(2026, 10, 12), 1000), [EARLY, LATE]) == [(date(2026, 10, 3), date(2026, 10, 9))]


def test_where_every_day_was_seen_all_are_in_doubt():
    """Then the files contradict each other."""
    assert in_doubt(Break(date(2026, 10, 2), date(2026, 10, 12), 1000), [OCTOBER]) == [(date(2026, 10, 2), date(2026, 10, 12))]


@given(spans)
def test_merging_keeps_every_day_once(found):
    """The same days, no two spans touching."""
    joined = merged(found)
    assert days_of(joined) == days_of(found)
    assert all(left[1] + timedelta(days=1) < right[0] for left, right in pairwise(joined))


@given(spans, spans.filter(bool))
def test_a_day_is_covered_or_not(covered, within):
    """Holes are exactly the days of the time that no span has."""
    first = within[0][0]
    last = max(first, within[0][1])
    assert days_of(uncovered((first, last), covered)) == days_of([(first, last)]) - days_of(covered)
