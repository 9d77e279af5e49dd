"""Moments and periods as ゆうちょダイレクト prints them: 令和 08 年 09 月 22 日 17 時 36 分."""

import re
from datetime import date, datetime, time

from donations.bankfiles.cells import any_day
from donations.bankfiles.csv_text import plain
from japanese.era import era_year

_MOMENT = re.compile(r"(.+日)(\d{1,2})時(\d{1,2})分")


def moment(text: str) -> datetime | None:
    """令和 08 年 09 月 22 日 17 時 36 分, naive local time; None when it is no such moment."""
    match = _MOMENT.fullmatch(plain(text))
    day = any_day(match[1]) if match else None
    if match is None or day is None or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    return datetime.combine(day, time(int(match[2]), int(match[3])))


def period(text: str) -> tuple[date, date] | None:
    """令和 … 日 ～ 令和 … 日, both days included; None when it is no such period or runs backwards."""
    first, _, last = plain(text).replace("〜", "~").partition("~")
    begins, ends = any_day(first), any_day(last)
    return (begins, ends) if begins and ends and begins <= ends else None


def printed_day(day: date) -> str:
    """令和 08 年 09 月 22 日. Raises `japanese.errors.FormatError` before 昭和."""
    era, year = era_year(day)
    return f"{era.name} {year:02d} 年 {day.month:02d} 月 {day.day:02d} 日"
