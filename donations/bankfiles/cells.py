"""The two kinds of cell that carry the ledger: amounts and days."""

import re
from datetime import date
from functools import lru_cache

from donations.bankfiles.csv_text import dashed, plain
from donations.bankfiles.source import Source
from japanese.era import parse_date
from japanese.errors import FormatError

MOST_DIGITS = 13
"""Digits of an amount: above any bank's balance, far below what a database column overflows at."""

_AMOUNT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)")
_EIGHT = re.compile(r"\d{8}")


def amount(cell: str, source: Source, *, line: int | None, column: str) -> int | None:
    """Yen of a cell, None when it is empty.

    Accepts full-width digits, thousands commas (in threes only), a minus sign of any shape.
    Raises `BrokenLine` for everything else: no currency sign, no decimals, no E-notation is guessed at.
    """
    if cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS:
        return int(cell)
    written = dashed(cell) if cell else ""
    if not written:
        return None
    digits = written.replace(",", "")
    if not _AMOUNT.fullmatch(written) or not digits.isascii() or len(digits.lstrip("-")) > MOST_DIGITS:
        raise source.broken(
            "金額を読めません。",
            line=line,
            column=column,
            found=cell,
            expected="1234 や 1,234 のような整数の金額",
        )
    return int(digits)


def eight_digit_day(cell: str, source: Source, *, line: int | None, column: str) -> date:
    """The day of a cell such as 20260922. Raises `BrokenLine` for another form and for 30 February."""
    written = cell if len(cell) == 8 else plain(cell)
    day = _eight_digits(written) if len(written) == 8 else None
    if day is None:
        raise source.broken(
            "日付を読めません。",
            line=line,
            column=column,
            found=cell,
            expected="20260922 のような、暦にある8桁の日付",
        )
    return day


@lru_cache(maxsize=4096)
def _eight_digits(text: str) -> date | None:
    """Kept for the many rows of one day. Eight signs are too short for any number that must not be kept."""
    return any_day(text) if _EIGHT.fullmatch(plain(text)) else None


def any_day(text: str) -> date | None:
    """The day in any spelling `japanese.era` knows (2026-09-22, 2026/9/22, 令和8年9月22日), or None."""
    try:
        return parse_date(text)
    except FormatError:
        return None
