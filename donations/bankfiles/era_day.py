"""Days as banks print them: 令和 08 年 09 月 22 日, and the six digits of 全銀 records."""

import re
from datetime import date, datetime

from donations.bankfiles.cells import calendar_day
from donations.bankfiles.csv_text import plain

REIWA_BEGINS = date(2019, 5, 1)
_BEFORE_FIRST_YEAR = {"令和": 2018, "平成": 1988, "": 0}
_DAY = r"(令和|平成|)(元|\d{1,4})年(\d{1,2})月(\d{1,2})日"
_DAY_ALONE = re.compile(_DAY)
_MOMENT = re.compile(_DAY + r"(\d{1,2})時(\d{1,2})分(?:(\d{1,2})秒)?")


def long_day(text: str) -> date | None:
    """令和 08 年 09 月 22 日 or 2026年9月22日; None when it is no such day. A year without era has four digits."""
    match = _DAY_ALONE.fullmatch(plain(text))
    return _day(*match.groups()) if match else None


def moment(text: str) -> datetime | None:
    """令和 08 年 09 月 22 日 17 時 36 分, naive local time; None when it is no such moment."""
    match = _MOMENT.fullmatch(plain(text))
    if not match:
        return None
    era, year, month, day, hour, minute, second = match.groups()
    printed = _day(era, year, month, day)
    if printed is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return datetime(printed.year, printed.month, printed.day, int(hour), int(minute), int(second or 0))  # noqa: DTZ001


def period(text: str) -> tuple[date, date] | None:
    """令和 … 日 ～ 令和 … 日, both days included; None when it is no such period or runs backwards."""
    first, _, last = plain(text).replace("〜", "~").partition("~")
    begins, ends = long_day(first), long_day(last)
    return (begins, ends) if begins and ends and begins <= ends else None


def _day(era: str, year: str, month: str, day: str) -> date | None:
    if not era and len(year) != 4:
        return None
    number = 1 if year == "元" else int(year)
    found = calendar_day(_BEFORE_FIRST_YEAR[era] + number, int(month), int(day))
    if found is None or (era == "令和" and found < REIWA_BEGINS) or (era == "平成" and found >= REIWA_BEGINS):
        return None
    return found


def printed_day(day: date) -> str:
    """令和 08 年 09 月 22 日, as ゆうちょダイレクト prints it. Raises ValueError before 平成 (1989-01-08)."""
    if day < date(1989, 1, 8):
        raise ValueError(f"no era of a Japan Post file covers {day}")
    era = "令和" if day >= REIWA_BEGINS else "平成"
    return f"{era} {day.year - _BEFORE_FIRST_YEAR[era]:02d} 年 {day.month:02d} 月 {day.day:02d} 日"
