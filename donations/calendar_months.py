"""Months of the calendar, each named by its first day. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta


def first_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """The months of these two days and those between, oldest first."""
    month = first_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def month_words(month: date) -> str:
    """2026年10月."""
    return f"{month.year}年{month.month}月"


def days_words(spans: Sequence[tuple[date, date]], *, with_year: bool = False) -> str:
    """10月3日〜10月9日、10月31日; with the year where it is another than before: 2026年10月3日〜10月9日."""
    said: list[str] = []
    year = None if with_year else 0
    for first, last in spans:
        days = [first] if first == last else [first, last]
        words = []
        for day in days:
            words.append(f"{day.year}年{day.month}月{day.day}日" if year not in {0, day.year} else f"{day.month}月{day.day}日")
            year = day.year if with_year else 0
        said.append("〜".join(words))
    return "、".join(said)
