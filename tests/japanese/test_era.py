from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.era import ERAS, era_year, format_long, format_wareki, is_valid, parse_date
from japanese.errors import FormatError, Reason

DAYS = st.dates(date(1926, 12, 25), date(2117, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-22",
        "2026/9/22",
        "2026.9.22",
        "20260922",
        "２０２６／０９／２２",
        "2026年9月22日",
        "2026 年 9 月 22 日",
        "西暦2026年9月22日",
        "令和8年9月22日",
        "令和 08 年 09 月 22 日",
        "令和８年９月２２日",
        "R08.9.22",
        "Ｒ８．９．２２",
        "r8/9/22",
        "R8-09-22",
        "R.8.9.22",
        "令8.9.22",
        "㋿8年9月22日",
        "2026－9－22",
    ],
)
def test_spellings_of_one_day(text):
    """Western and Japanese years in every accepted spelling."""
    assert parse_date(text) == date(2026, 9, 22)
    assert is_valid(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("H28.5.3", date(2016, 5, 3)),
        ("S39/10/10", date(1964, 10, 10)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_days_at_the_edges(text, day):
    """First and last days of the eras, leap days."""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("　", Reason.EMPTY),
        ("2026-02-30", Reason.CALENDAR),
        ("20260230", Reason.CALENDAR),
        ("令和8年2月29日", Reason.CALENDAR),
        ("2026/13/1", Reason.CALENDAR),
        ("2026/0/1", Reason.CALENDAR),
        ("平成31年5月1日", Reason.ERA),
        ("令和1年4月30日", Reason.ERA),
        ("昭和64年1月8日", Reason.ERA),
        ("令和0年5月1日", Reason.ERA),
        ("昭和1年1月1日", Reason.ERA),
        ("26/9/22", Reason.STRUCTURE),
        ("9月22日", Reason.STRUCTURE),
        ("2026/9-22", Reason.STRUCTURE),
        ("2026 9 22", Reason.STRUCTURE),
        ("2026922", Reason.STRUCTURE),
        ("明治45年7月29日", Reason.STRUCTURE),
        ("昨日", Reason.STRUCTURE),
        ("0206-09-22", Reason.RANGE),
        ("20260922\n1", Reason.STRUCTURE),
    ],
)
def test_other_texts_are_refused(text, reason):
    """Each refusal has its reason."""
    with pytest.raises(FormatError) as caught:
        parse_date(text)
    assert caught.value.reason is reason
    assert caught.value.__context__ is None
    assert not is_valid(text)


@given(DAYS)
def test_every_written_form_reads_back(day):
    """和暦, long form, ISO and eight digits of one day read back as that day."""
    for written in (format_wareki(day), format_long(day), day.isoformat(), f"{day:%Y%m%d}"):
        assert parse_date(written) == day


@given(st.text("0123456789年月日/-. 令和平成昭元RHS", max_size=14))
def test_any_text_is_read_or_refused(text):
    """No other error than FormatError leaves the parser; what is read lies in the accepted years."""
    with suppress(FormatError):
        assert 1900 <= parse_date(text).year <= 2199


def test_format_wareki():
    """The first year of an era is 元年."""
    assert [format_wareki(date(2019, 5, 1)), format_wareki(date(2026, 9, 22))] == [
        "令和元年5月1日",
        "令和8年9月22日",
    ]


def test_format_wareki_refuses_earlier_days():
    """Before 昭和 there is no rule here."""
    with pytest.raises(FormatError) as caught:
        format_wareki(date(1926, 12, 24))
    assert caught.value.reason is Reason.ERA


def test_format_long():
    """No leading zeros."""
    assert format_long(date(2026, 1, 2)) == "2026年1月2日"


def test_eras_leave_no_gap():
    """Each era begins the day after the one before it ended."""
    assert [(newer.first - older.last).days for newer, older in pairwise(ERAS)] == [1, 1]


def test_era_year():
    """Era and year of a day."""
    era, year = era_year(date(1989, 1, 7))
    assert (era.name, year) == ("昭和", 64)
