"""Fiscal years (年度): named after the calendar year in which they begin."""

from datetime import date, timedelta


def fiscal_year_of(day: date, *, start_month: int) -> int:
    """Give the fiscal year that `day` lies in; `start_month` is 1 to 12.

    >>> fiscal_year_of(date(2027, 3, 31), start_month=4), fiscal_year_of(date(2027, 4, 1), start_month=4)
    (2026, 2027)
    """
    _check(start_month)
    return day.year if day.month >= start_month else day.year - 1


def fiscal_year_bounds(fiscal_year: int, *, start_month: int) -> tuple[date, date]:
    """Give the first and the last day of `fiscal_year`, both in it.

    >>> [day.isoformat() for day in fiscal_year_bounds(2026, start_month=4)]
    ['2026-04-01', '2027-03-31']
    """
    _check(start_month)
    first = date(fiscal_year, start_month, 1)
    return first, date(fiscal_year + 1, start_month, 1) - timedelta(days=1)


def _check(start_month: int) -> None:
    if not 1 <= start_month <= 12:
        raise ValueError(f"A fiscal year starts in a month from 1 to 12, not {start_month}.")
