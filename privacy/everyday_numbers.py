"""Telephone numbers, dates, accounts, amounts, cards: what stands in a row of digits and is nobody's number.

Each reader takes a run and the place of a group in it and says how many groups from there on are such a thing, 0 if
none. The forms are those of ordinary Japanese writing; only a card, a corporate number and a date are checked.
"""

import re
from collections.abc import Sequence

from privacy.check_digits import is_card_number, is_corporate_number
from privacy.digit_runs import LISTED, SPACED, TIGHT, Run

_PHONE_SIZES = {(2, 4, 4), (3, 3, 4), (3, 4, 4), (4, 2, 4), (4, 3, 3), (4, 3, 4), (5, 1, 4)}
_TWO_PART_PHONE_SIZES = {(2, 8), (3, 7), (3, 8), (4, 6), (4, 7), (5, 5)}
_ACCOUNT_SIZES = {(5, 1, 4), (5, 1, 5), (5, 1, 6), (5, 1, 7), (5, 1, 8), (5, 6), (5, 7), (5, 8)}
_EXTENSION_SIGNS = {"/", "・", "~", ",", "-"}
_DATE_SIGNS = {"-", "/", "."}
_BLANKS = " 　\t"
_PLUS = "+＋"
_POSTAL_MARKS = "〒〶"
_CURRENCY = "¥￥$＄"
_MONEY = re.compile(r"[ 　]?(?:円(?!満)|億(?!劫)|万(?!一|が)|兆(?!候)|ドル|[%％])")
_COUNTED = re.compile(
    r"年(?![会金賀配齢少長次])|月(?![会曜刊報謝額])|日(?![本程時記誌曜])|時(?!々)|分(?!か)|口(?![座頭調])"
)
_LONGEST_COUNTED = {"年": 4, "月": 2, "日": 2, "時": 2, "分": 2, "口": 4}


def is_year(digits: str) -> bool:
    """Four digits that read as a year of this age.

    >>> is_year("2026"), is_year("1234")
    (True, False)
    """
    return len(digits) == 4 and "1900" <= digits <= "2099"


def is_day(month: str, day: str) -> bool:
    """Whether one or two digits each can be a month and a day of it."""
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def is_clock(digits: str) -> bool:
    """Whether four or six digits can be HHMM or HHMMSS."""
    return digits[:2] < "24" and all(digits[at] < "6" for at in range(2, len(digits), 2))


def is_written_date(digits: str) -> bool:
    """Eight digits YYYYMMDD."""
    return len(digits) == 8 and is_year(digits[:4]) and is_day(digits[4:6], digits[6:])


def pieces(run: Run, text: str) -> tuple[tuple[int, int], ...]:
    """The everyday numbers in `run` (which stands in `text`): the place of the first group and how many there are."""
    country = len(_with_country(run, text))
    found = [(0, country)] if country else []
    at = country
    while at < len(run.digits):
        length = max(reader(run, at) for reader in _BY_FORM)
        length = max(length, *(reader(run, at, text) for reader in _BY_SURROUNDINGS))
        if length:
            found.append((at, length))
        at += max(length, 1)
    return tuple(found)


def _sizes(run: Run, at: int, count: int) -> tuple[int, ...]:
    return tuple(map(len, run.digits[at : at + count]))


def _same_gap(run: Run, at: int, count: int) -> bool:
    gaps = run.gaps[at : at + count - 1]
    return len(gaps) == count - 1 and len({gap.sign for gap in gaps}) == 1 and gaps[0].looseness < LISTED


def _with_country(run: Run, text: str) -> Sequence[int]:
    before = text[max(0, run.start - 3) : run.start].rstrip(_BLANKS)
    if not before or before[-1] not in _PLUS:
        if run.digits[0] != "81" or _sizes(run, 0, 4) not in {
            (2, 2, 4, 4),
            (2, 1, 4, 4),
            (2, 2, 3, 4),
            (2, 3, 3, 3),
        }:
            return ()
        return range(4)
    total = 0
    for at, digits in enumerate(run.digits):
        total += len(digits)
        if total >= 10 or at == len(run.gaps) or run.gaps[at].looseness == LISTED:
            return range(at + 1)
    return ()


def _phone(run: Run, at: int) -> int:
    if run.digits[at][0] != "0":
        return 0
    for count, forms in ((3, _PHONE_SIZES), (2, _TWO_PART_PHONE_SIZES)):
        sizes = _sizes(run, at, count)
        if sizes in forms and all(gap.looseness < LISTED for gap in run.gaps[at : at + count - 1]):
            return count + _extensions(run, at + count, sizes[-1])
    if len(run.digits[at]) in {10, 11}:
        return 1
    return 0


def _extensions(run: Run, at: int, size: int) -> int:
    """Further lines after a telephone number: 03-1234-5678/5679."""
    count = 0
    while at + count < len(run.digits):
        gap = run.gaps[at + count - 1]
        after = run.gaps[at + count] if at + count < len(run.gaps) else None
        if gap.looseness == SPACED or gap.sign not in _EXTENSION_SIGNS or len(run.digits[at + count]) > size:
            break
        if after is not None and after.sign != gap.sign and after.looseness <= gap.looseness:
            break
        count += 1
    return count


def _date(run: Run, at: int) -> int:
    digits = run.digits[at]
    if is_written_date(digits):
        return 1
    if not is_year(digits) or not _same_gap(run, at, 3) or run.gaps[at].sign not in _DATE_SIGNS:
        return 0
    month, day = run.digits[at + 1 : at + 3]
    return 3 if len(month) <= 2 and len(day) <= 2 and is_day(month, day) else 0


def _clock(run: Run, at: int) -> int:
    for count in (3, 2):
        parts = run.digits[at : at + count]
        if len(parts) == count and _same_gap(run, at, count) and run.gaps[at].sign == ":":
            fits = len(parts[0]) <= 2 and all(len(part) == 2 for part in parts[1:])
            return count if fits and is_clock("".join(part.zfill(2) for part in parts)) else 0
    return 0


def _account(run: Run, at: int) -> int:
    if run.digits[at][0] not in "01":
        return 0
    for count in (3, 2):
        sizes = _sizes(run, at, count)
        if sizes in _ACCOUNT_SIZES and all(gap.looseness < LISTED for gap in run.gaps[at : at + count - 1]):
            return count
    return 0


def _postal_code(run: Run, at: int, text: str) -> int:
    start = run.spans[at][0]
    before = text[max(0, start - 2) : start].rstrip(_BLANKS)
    if before and before[-1] in _POSTAL_MARKS:
        return 2 if _sizes(run, at, 2) == (3, 4) else 1
    return 0


def _amount(run: Run, at: int, text: str) -> int:
    end = at
    while (
        end < len(run.gaps)
        and run.gaps[end].sign == ","
        and len(run.digits[end + 1]) == 3
        and _abuts(run, end)
    ):
        end += 1
    count = end - at + 1
    if count > 1 and len(run.digits[at]) <= 3:
        priced = _priced(run, at, end, text)
        return count if priced or sum(_sizes(run, at, count)) != 12 else 0
    return 1 if _priced(run, at, at, text) or _counted(run, at, text) else 0


def _counted(run: Run, at: int, text: str) -> bool:
    if at < len(run.gaps) or (at > 0 and run.gaps[at - 1].looseness == TIGHT):
        return False
    unit = _COUNTED.match(text, run.end)
    if unit is None or len(run.digits[at]) > _LONGEST_COUNTED[unit[0]]:
        return False
    return unit[0] != "年" or is_year(run.digits[at]) or len(run.digits[at]) <= 2


def _abuts(run: Run, at: int) -> bool:
    return run.spans[at + 1][0] - run.spans[at][1] == 1


def _priced(run: Run, first: int, last: int, text: str) -> bool:
    start, end = run.spans[first][0], run.spans[last][1]
    if text[max(0, start - 1) : start] in tuple(_CURRENCY):
        return True
    tied = first > 0 and run.gaps[first - 1].looseness == TIGHT
    return last == len(run.gaps) and not tied and _MONEY.match(text, end) is not None


def _machine_address(run: Run, at: int) -> int:
    parts = run.digits[at : at + 4]
    if len(parts) < 4 or not _same_gap(run, at, 4) or run.gaps[at].sign != ".":
        return 0
    return 4 if all(len(part) <= 3 and int(part) <= 255 and str(int(part)) == part for part in parts) else 0


def _card(run: Run, at: int, text: str) -> int:
    for sizes in ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4)):
        count = len(sizes)
        if _sizes(run, at, count) == sizes and _same_gap(run, at, count):
            dated = _counted(run, at + count - 1, text)
            return count if not dated and is_card_number("".join(run.digits[at : at + count])) else 0
    return 0


def _corporate(run: Run, at: int) -> int:
    if _sizes(run, at, 4) == (1, 4, 4, 4) and _same_gap(run, at, 4):
        return 4 if is_corporate_number("".join(run.digits[at : at + 4])) else 0
    return 0


_BY_FORM = (_phone, _date, _clock, _account, _machine_address, _corporate)
_BY_SURROUNDINGS = (_postal_code, _amount, _card)
