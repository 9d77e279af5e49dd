"""Telephone numbers, dates, accounts, amounts, cards: what stands in a row of digits and is nobody's number.

Each reader takes a run and the place of a group in it and says how many groups from there on are such a thing, 0 if
none. The forms are those of ordinary Japanese writing; only a card, a corporate number and a date are checked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from privacy.check_digits import is_card_number, is_corporate_number
from privacy.digit_runs import LISTED, SPACED, TIGHT, Run

_PHONE_SIZES = {(2, 4, 4), (3, 3, 4), (3, 4, 4), (4, 2, 4), (4, 3, 3), (4, 3, 4), (5, 1, 4)}
_TWO_PART_PHONE_SIZES = {(2, 8), (3, 7), (3, 8), (4, 6), (4, 7), (5, 5)}
_SIZES_AFTER_81 = {(2, 2, 4, 4), (2, 1, 4, 4), (2, 2, 3, 4), (2, 3, 3, 3)}
_ACCOUNT_SIZES = {(5, 1, 4), (5, 1, 5), (5, 1, 6), (5, 1, 7), (5, 1, 8), (5, 6), (5, 7), (5, 8)}
_EXTENSION_SIGNS = {"/", "・", "~", ",", "、", "-"}
CARD_SIZES = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4))
_DATE_SIGNS = {"-", "/", "."}
_BLANKS = " 　\t"
_PLUS = "+＋"
_POSTAL_MARKS = "〒〶"
_ITEM = re.compile(r"(?:[nNｎＮ][oOｏＯ][.．]?|№|第|[(（#＃])[ 　]?\Z")
_OPENING = "(（"
_CURRENCY = "¥￥$＄"
_MONEY = re.compile(r"[ 　]?(?:円(?!満)|億(?!劫)|万(?!一|が)|兆(?!候)|ドル|[%％])")
_COUNTED = re.compile(
    r"年(?![会金賀配齢少長次])|月(?![会曜刊報謝額])|日(?![本程時記誌曜])|時(?!々)|分(?!か)|口(?![座頭調])"
)
_LONGEST_COUNTED = {"年": 4, "月": 2, "日": 2, "時": 2, "分": 2, "口": 4}


class Fact(Enum):
    """What an everyday number is."""

    PHONE = "phone"
    DATE = "date"
    ACCOUNT = "account"
    AMOUNT = "amount"
    CARD = "card"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """`count` groups of a run, from group `first` on, that are such a fact."""

    first: int
    count: int
    fact: Fact

    @property
    def groups(self) -> range:
        return range(self.first, self.first + self.count)


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


def pieces(run: Run, text: str) -> tuple[Piece, ...]:
    """The everyday numbers in `run`, which stands in `text`, left to right."""
    first = _with_country(run, text)
    found = [Piece(0, first, Fact.PHONE)] if first else []
    if not first and _is_item_number(run, text):
        found, first = [Piece(0, 1, Fact.OTHER)], 1
    while first < len(run.digits):
        count, fact = _longest(run, first, text)
        if count:
            found.append(Piece(first, count, fact))
        first += max(count, 1)
    return tuple(found)


def _longest(run: Run, at: int, text: str) -> tuple[int, Fact]:
    best, best_fact = 0, Fact.OTHER
    for reader, fact in _READERS:
        count = reader(run, at, text)
        if count > best:
            best, best_fact = count, fact
    return best, best_fact


def _same_gap(run: Run, at: int, count: int) -> bool:
    gaps = set(run.gaps[at : at + count - 1])
    return at + count <= len(run.digits) and len(gaps) == 1 and max(gap.looseness for gap in gaps) < LISTED


def _with_country(run: Run, text: str) -> int:
    before = text[max(0, run.start - 3) : run.start].rstrip(_BLANKS)
    if not before or before[-1] not in _PLUS:
        return 4 if run.digits[0] == "81" and run.sizes[:4] in _SIZES_AFTER_81 else 0
    total = 0
    for at, digits in enumerate(run.digits):
        total += len(digits)
        if total >= 10 or at == len(run.gaps) or run.gaps[at].looseness == LISTED:
            return at + 1
    return 0


def _phone(run: Run, at: int) -> int:
    if run.digits[at][0] != "0":
        return 0
    for count, forms in ((3, _PHONE_SIZES), (2, _TWO_PART_PHONE_SIZES)):
        sizes = run.sizes[at : at + count]
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
    if is_year(digits) and _same_gap(run, at, 3) and run.gaps[at].sign in _DATE_SIGNS:
        month, day = run.digits[at + 1 : at + 3]
        return 3 if len(month) <= 2 and len(day) <= 2 and is_day(month, day) else 0
    return _day_of_year(run, at)


def _day_of_year(run: Run, at: int) -> int:
    """11/23 with no further slash on either side."""
    slash = at < len(run.gaps) and run.gaps[at].sign == "/" and run.gaps[at].looseness == TIGHT
    if not slash or (at and run.gaps[at - 1].sign == "/") or run.gaps[at + 1 : at + 2] == (run.gaps[at],):
        return 0
    month, day = run.digits[at : at + 2]
    return 2 if len(month) <= 2 and len(day) <= 2 and is_day(month, day) else 0


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
        sizes = run.sizes[at : at + count]
        if sizes in _ACCOUNT_SIZES and all(gap.looseness < LISTED for gap in run.gaps[at : at + count - 1]):
            return count
    return 0


def _postal_code(run: Run, at: int, text: str) -> int:
    start = run.spans[at][0]
    before = text[max(0, start - 2) : start].rstrip(_BLANKS)
    if before and before[-1] in _POSTAL_MARKS:
        return 2 if run.sizes[at : at + 2] == (3, 4) else 1
    return 0


def _is_item_number(run: Run, text: str) -> bool:
    """The 3 of "No.3 1234 5678 9018" and the 1 of "(1) 1234"."""
    if run.sizes[0] > 2 or not run.gaps or run.gaps[0].looseness == TIGHT:
        return False
    before = _ITEM.search(text, max(0, run.start - 4), run.start)
    return before is not None and (before[0] not in _OPENING or run.gaps[:1] != run.gaps[1:2])


def _amount(run: Run, at: int, text: str) -> int:
    end = at
    while end < len(run.gaps) and _is_thousands_gap(run, end):
        end += 1
    count = end - at + 1
    if count > 1 and len(run.digits[at]) <= 3 and not (at and _is_thousands_gap(run, at - 1)):
        return count if _priced(run, at, end, text) or sum(run.sizes[at : at + count]) != 12 else 0
    return 1 if _priced(run, at, at, text) or _counted(run, at, text) else 0


def _is_thousands_gap(run: Run, at: int) -> bool:
    gap = run.gaps[at]
    return gap.sign == "," and gap.looseness == TIGHT and len(run.digits[at + 1]) == 3


def _counted(run: Run, at: int, text: str) -> bool:
    if at < len(run.gaps) or (at > 0 and run.gaps[at - 1].looseness == TIGHT):
        return False
    unit = _COUNTED.match(text, run.end)
    if unit is None or len(run.digits[at]) > _LONGEST_COUNTED[unit[0]]:
        return False
    return unit[0] != "年" or is_year(run.digits[at]) or len(run.digits[at]) <= 2


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
    if run.gaps[at] in run.gaps[max(0, at - 1) : at] + run.gaps[at + 3 : at + 4]:
        return 0
    return 4 if all(len(part) <= 3 and int(part) <= 255 and str(int(part)) == part for part in parts) else 0


def _card(run: Run, at: int, text: str) -> int:
    for sizes in CARD_SIZES:
        count = len(sizes)
        if run.sizes[at : at + count] == sizes and _same_gap(run, at, count):
            last = at + count - 1
            told = _counted(run, last, text) or _priced(run, last, last, text)
            return count if not told and is_card_number("".join(run.digits[at : at + count])) else 0
    return 0


def _corporate(run: Run, at: int) -> int:
    if run.sizes[at : at + 4] != (1, 4, 4, 4) or not _same_gap(run, at, 4):
        return 0
    tied = at > 0 and run.gaps[at - 1].looseness <= run.gaps[at].looseness
    return 4 if not tied and is_corporate_number("".join(run.digits[at : at + 4])) else 0


def _by_form(reader: Callable[[Run, int], int]) -> Callable[[Run, int, str], int]:
    return lambda run, at, text: reader(run, at)


_READERS: tuple[tuple[Callable[[Run, int, str], int], Fact], ...] = (
    (_by_form(_phone), Fact.PHONE),
    (_by_form(_date), Fact.DATE),
    (_by_form(_clock), Fact.DATE),
    (_by_form(_account), Fact.ACCOUNT),
    (_by_form(_machine_address), Fact.OTHER),
    (_by_form(_corporate), Fact.OTHER),
    (_postal_code, Fact.OTHER),
    (_amount, Fact.AMOUNT),
    (_card, Fact.CARD),
)
