"""Test a column of a table as a whole: one number that passes may be chance, three are not."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from math import comb

from privacy.characters import DIGIT, GAP, TO_ASCII_DIGITS
from privacy.check_digits import is_individual_number, is_parcel_number
from privacy.decoding import read
from privacy.filler import is_giro_like, is_moment_or_call
from privacy.findings import ColumnFinding, Level
from privacy.label_words import Label
from privacy.labels import whole_label

FEWEST_VALUES = 3
"""Distinct values that must all pass: by chance one column in a thousand does."""
_CHANCE = 0.1
"""A row of twelve digits that is something else passes one time in ten."""
_RAREST_CHANCE = 1e-4
_SHORTEST = 9
"""Digits left when a spreadsheet has dropped up to three leading zeros."""
_FEWEST_LABELLED_DIGITS = 4

_NUMBER = re.compile(f"{DIGIT}(?:{GAP}{{0,5}}{DIGIT})*")
_DECIMAL = re.compile(r"[+-]?\d{1,30}\.0*|\d(?:\.\d{1,30})?[eE]\+?\d{1,2}")
_SIGNIFICANT = 8
_DIGITS = re.compile(DIGIT)
_HEADERS = {
    Label.INDIVIDUAL: "individual_number_header",
    Label.RESIDENT: "resident_code_header",
    Label.PENSION: "pension_number_header",
    Label.EMPLOYMENT: "employment_insurance_header",
    Label.LICENCE: "driving_licence_header",
    Label.PASSPORT: "passport_header",
    Label.RESIDENCE: "residence_card_header",
    Label.INSURANCE: "health_insurance_header",
}


def cell_digits(value: object) -> str | None:
    """The digits of a cell that holds one number and nothing else, as a reader would copy them; None otherwise.

    Understands text in any digits and gaps, int, float, `123456789018.0` and `1.23456789018E+11`. A number whose
    last places a spreadsheet has rounded away (fewer than eight significant digits) is no number any more.

    >>> cell_digits(1234567890.0), cell_digits("1234-5678-9018"), cell_digits("1.23457E+11"), cell_digits("なし")
    ('1234567890', '123456789018', None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        return _whole(str(value))
    text = read(str(value)).text.strip().strip("'\"=　")
    if _NUMBER.fullmatch(text) is None or _DECIMAL.fullmatch(text.translate(TO_ASCII_DIGITS)):
        return _whole(
            text.translate(TO_ASCII_DIGITS).replace("．", ".").replace("＋", "+").replace("Ｅ", "E")
        )
    return "".join(_DIGITS.findall(text)).translate(TO_ASCII_DIGITS)


def _whole(text: str) -> str | None:
    if not text.isdecimal() and _DECIMAL.fullmatch(text) is None:
        return None
    mantissa = re.split("[eE]", text)[0].replace(".", "").strip("0")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if (
        number != number.to_integral_value()
        or number < 0
        or (len(mantissa) < _SIGNIFICANT and "e" in text.lower())
    ):
        return None
    return str(int(number))


def scan_column(values: Iterable[object], header: str = "") -> ColumnFinding | None:
    """What the cells of one column are together, None for anything harmless. Empty cells and words are passed over.

    A header that is a label as a whole (マイナンバー, 個人番号（本人）) decides by itself as soon as a cell holds digits.
    Without one, three or more distinct numbers must all pass the check; in a longer column some may be mistyped.
    """
    cells = [value for value in values if value is not None and value != ""]
    label = whole_label(header) if header else None
    if label in _HEADERS:
        told = {str(cell) for cell in cells if len(_DIGITS.findall(str(cell))) >= _FEWEST_LABELLED_DIGITS}
        if told:
            return ColumnFinding(Level.BLOCK, _HEADERS[label], len(told))
    numbers = {digits for digits in map(cell_digits, cells) if digits}
    passing = [digits.zfill(12) for digits in numbers if _passes(digits)]
    whole = any(len(digits) == 12 for digits in numbers)
    if whole and _beyond_chance(len(passing), len(numbers)) and not _all_of_another_kind(passing):
        return ColumnFinding(Level.BLOCK, "individual_number_column", len(passing))
    return None


def _all_of_another_kind(numbers: list[str]) -> bool:
    """A column of moments, of accounts, or of parcels whose check digits fit by chance."""
    return any(all(map(kind, numbers)) for kind in (is_moment_or_call, is_giro_like, is_parcel_number))


def _passes(digits: str) -> bool:
    return _SHORTEST <= len(digits) <= 12 and len(set(digits)) > 2 and is_individual_number(digits.zfill(12))


def _beyond_chance(passing: int, all_: int) -> bool:
    if passing < FEWEST_VALUES:
        return False
    if passing == all_:
        return True
    if passing * 2 < all_:
        return False
    if all_ > 100:
        return True
    tail = sum(
        comb(all_, hits) * _CHANCE**hits * (1 - _CHANCE) ** (all_ - hits) for hits in range(passing, all_ + 1)
    )
    return tail < _RAREST_CHANCE
