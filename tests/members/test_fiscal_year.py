"""Which fiscal year a day lies in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.fiscal_year import fiscal_year_bounds, fiscal_year_of

MONTHS = st.integers(1, 12)


@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), start_month=MONTHS)
def test_a_day_lies_within_the_bounds_of_its_year(day, start_month):
    """The bounds of the year of a day enclose that day."""
    first, last = fiscal_year_bounds(fiscal_year_of(day, start_month=start_month), start_month=start_month)
    assert first <= day <= last


@given(year=st.integers(1990, 2090), start_month=MONTHS)
def test_years_follow_each_other_without_a_gap(year, start_month):
    """The day after the last day of a year is the first of the next."""
    this_last = fiscal_year_bounds(year, start_month=start_month)[1]
    next_first = fiscal_year_bounds(year + 1, start_month=start_month)[0]
    assert (next_first - this_last).days == 1


@pytest.mark.parametrize(("day", "year"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027)])
def test_april_begins_a_japanese_year(day, year):
    """The 31st of March still belongs to the year before."""
    assert fiscal_year_of(day, start_month=4) == year


@pytest.mark.parametrize("month", [0, 13])
def test_there_are_twelve_months(month):
    """A month outside 1 to 12 is a mistake of the caller."""
    with pytest.raises(ValueError, match="1 to 12"):
        fiscal_year_of(date(2026, 4, 1), start_month=month)
