"""Dates as Japanese papers write them: 西暦 in several spellings, and 和暦 from 昭和 on.

Era limits: 昭和 1926-12-25, 平成 1989-01-08 (政令第1号, 1989), 令和 2019-05-01 (政令第143号, 2019).
"""

import re
from datetime import date
from typing import NamedTuple

from japanese.errors import FormatError, Reason
from japanese.plain import to_plain


class Era(NamedTuple):
    """A 元号 with its first and last day, both included."""

    name: str
    letter: str
    first: date
    last: date


ERAS = (
    Era("令和", "R", date(2019, 5, 1), date.max),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
)
"""Newest first."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199

_EXPECTED = "日付（例：2026-09-22、2026年9月22日、令和8年9月22日）"
_MONTH_DAY = r"\s*(?:年\s*{m}\s*月\s*{d}\s*日|/\s*{m}\s*/\s*{d}|-\s*{m}\s*-\s*{d}|\.\s*{m}\s*\.\s*{d})"
_PARTS = _MONTH_DAY.format(m="([0-9]{1,2})", d="([0-9]{1,2})")
_WESTERN = re.compile(rf"(?:西暦\s*)?([0-9]{{4}}){_PARTS}")
_WAREKI = re.compile(rf"(令和?|平成?|昭和?|[RHSrhs])\.?\s*(元|[0-9]{{1,2}}){_PARTS}")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def parse_date(text: str) -> date:
    """Read a day: ISO, 2026/9/22, 2026.9.22, 20260922, 2026年9月22日, 令和8年9月22日, R08.9.22, 令和元年; any width.

    Spaces around the parts are accepted (令和 08 年 09 月 22 日). A year of two digits without an era is refused.
    Raises FormatError: empty, structure, calendar (no such day), era (the day lies outside the era), range (year).

    >>> parse_date('令和 08 年 09 月 22 日'), parse_date('Ｒ元．５．１')
    (datetime.date(2026, 9, 22), datetime.date(2019, 5, 1))
    """
    plain = to_plain(text)
    if not plain:
        raise FormatError("日付が空です。日付を書いてください。", reason=Reason.EMPTY, expected=_EXPECTED)
    if match := _DIGITS.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _WESTERN.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups() if part)
        return _day(year, month, day)
    if match := _WAREKI.fullmatch(plain):
        return _wareki_day(*(part for part in match.groups() if part))
    raise FormatError(
        "日付の書き方を読めません。年は西暦4桁か、元号を付けて書いてください。",
        reason=Reason.STRUCTURE,
        expected=_EXPECTED,
    )


def is_valid(text: str) -> bool:
    """Say whether `parse_date` reads the text."""
    try:
        parse_date(text)
    except FormatError:
        return False
    return True


def _wareki_day(name: str, year_text: str, month: str, day: str) -> date:
    era = next(era for era in ERAS if era.letter == name.upper() or era.name[0] == name[0])
    year = 1 if year_text == "元" else int(year_text)
    found = _day(era.first.year + year - 1, int(month), int(day))
    if year < 1 or not era.first <= found <= era.last:
        raise FormatError(
            "その元号にはない日付です。元号を確かめるか、西暦で書いてください。",
            reason=Reason.ERA,
            expected=_EXPECTED,
        )
    return found


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise FormatError(
            f"年が{EARLIEST_YEAR}年から{LATEST_YEAR}年の間にありません。年を確かめてください。",
            reason=Reason.RANGE,
            expected=_EXPECTED,
        )
    try:
        return date(year, month, day)
    except ValueError:
        pass
    raise FormatError(
        "暦にない日付です。月と日を確かめてください。", reason=Reason.CALENDAR, expected=_EXPECTED
    )


def era_year(day: date) -> tuple[Era, int]:
    """Give (era, year in it). Raises FormatError (era) before 昭和.

    >>> era_year(date(2019, 5, 1))[1]
    1
    """
    for era in ERAS:
        if era.first <= day <= era.last:
            return era, day.year - era.first.year + 1
    raise FormatError(
        "昭和より前の日付は和暦で書けません。西暦で書いてください。", reason=Reason.ERA, expected=_EXPECTED
    )


def format_wareki(day: date) -> str:
    """Write 令和8年9月22日; the first year is 元年. Raises FormatError (era) before 昭和."""
    era, year = era_year(day)
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def format_long(day: date) -> str:
    """Write 2026年9月22日."""
    return f"{day.year}年{day.month}月{day.day}日"
