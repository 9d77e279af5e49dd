"""The ledger of earlier years that a group keeps in a spreadsheet: read in memory, guarded, row by row."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donations.history_columns import HEADERS, find_headers
from japanese import era, yen
from japanese.errors import FormatError
from members.errors import RowProblem
from members.spreadsheet import Row, read_sheet
from members.supporter_table import refuse_columns
from privacy.errors import refusal_sentence
from privacy.national_ids import FieldClass, Level, blank, scan

LONGEST_NAME = 200
_BETWEEN_NUMBERS = re.compile(r"[|、,，・/;\s]+")
_TIME_OF_DAY = re.compile(r"\s+\d{1,2}:\d{2}(:\d{2})?$")
_TYPED_BY_PAYERS = ("payer", "message")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One payment: the line of the file, the day, yen above 0, and the texts as they were written.

    `numbers` are the 支援者番号 of all who paid together; none is a one-off giver, nobody of ours.
    """

    line: int
    booked_on: date
    amount_yen: int
    payer: str
    message: str
    channel: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryTable:
    """`problems` may be empty. `unread` names columns that are not read, `paid_out` counts rows of money out, passed over.

    `blanked` counts cells in which a number of a person was blanked; `others` names sheets that were not read.
    """

    rows: tuple[HistoryRow, ...]
    problems: tuple[RowProblem, ...] = ()
    unread: tuple[str, ...] = ()
    paid_out: int = 0
    blanked: int = 0
    others: tuple[str, ...] = ()


def read_history(data: bytes, file_name: str, *, blank_numbers: bool = False) -> HistoryTable:
    """Read a CSV (CP932 or UTF-8) or XLSX ledger. `data` may be forgotten afterwards.

    `blank_numbers`: a national ID number in 払込人名 or 通信欄 is blanked, else its cell is a problem. Raises
    `NationalIdRefused` (a whole column of them), and what `read_sheet` and `find_headers` raise.
    """
    sheet = read_sheet(data, file_name)
    refuse_columns(sheet)
    lines = [(sheet.header_line, sheet.headers), *((row.line, row.cells) for row in sheet.rows)]
    header_line, places, unread = find_headers(lines)
    reader = _Reader(places, blank_numbers=blank_numbers)
    for row in sheet.rows:
        if row.line > header_line:
            reader.take(row)
    return HistoryTable(
        tuple(reader.rows), tuple(reader.problems), unread, reader.paid_out, reader.blanked, sheet.others
    )


class _Reader:
    """Takes one row after another."""

    def __init__(self, places: Mapping[str, int], *, blank_numbers: bool) -> None:
        self.places, self.blank_numbers = places, blank_numbers
        self.rows: list[HistoryRow] = []
        self.problems: list[RowProblem] = []
        self.paid_out = self.blanked = 0

    def take(self, row: Row) -> None:
        """Keep the row, or say what is wrong with each of its cells."""
        texts = {fact: row.cells[place].strip() for fact, place in self.places.items() if place < len(row.cells)}
        if not texts.get("amount_yen") and texts.get("paid_out_yen"):
            self.paid_out += 1
            return
        before = len(self.problems)
        for fact in _TYPED_BY_PAYERS:
            texts[fact] = self._guarded(row.line, fact, texts.get(fact, ""))
        if len(texts["payer"]) > LONGEST_NAME:
            self._say(row.line, "payer", _("%(most)d文字より長いです。名前だけにしてください。") % {"most": LONGEST_NAME})
        day = self._day(row.line, texts.get("booked_on", ""))
        amount = self._amount(row.line, texts.get("amount_yen", ""))
        numbers = self._numbers(row.line, texts.get("numbers", ""))
        if len(self.problems) == before and day and amount:
            channel = texts.get("channel", "")[:LONGEST_NAME]
            self.rows.append(HistoryRow(row.line, day, amount, texts["payer"], texts["message"], channel, numbers))

    def _guarded(self, line: int, fact: str, text: str) -> str:
        rules = tuple(one.rule for one in scan(text, FieldClass.FREE_TEXT) if one.level is Level.BLOCK)
        if not rules:
            return text
        if self.blank_numbers:
            self.blanked += 1
            return blank(text, FieldClass.FREE_TEXT)[0]
        place = _("%(line)d行目 %(header)s") % {"line": line, "header": HEADERS[fact]}
        self._say(line, fact, refusal_sentence(place, rules), rules)
        return ""

    def _day(self, line: int, text: str) -> date | None:
        try:
            return era.parse_date(_TIME_OF_DAY.sub("", text))
        except FormatError as error:
            self._say(line, "booked_on", error.message)
            return None

    def _amount(self, line: int, text: str) -> int | None:
        try:
            amount = yen.parse_yen(text)
        except FormatError as error:
            self._say(line, "amount_yen", error.message)
            return None
        if amount <= 0:
            self._say(line, "amount_yen", _("金額が0円です。入金の金額を書くか、この行を消してください。"))
        return amount

    def _numbers(self, line: int, text: str) -> tuple[str, ...]:
        rules = tuple(one.rule for one in scan(text, FieldClass.STRUCTURED) if one.level is Level.BLOCK)
        if rules:
            place = _("%(line)d行目 %(header)s") % {"line": line, "header": HEADERS["numbers"]}
            self._say(line, "numbers", refusal_sentence(place, rules), rules)
            return ()
        plain = unicodedata.normalize("NFKC", text).strip()
        return tuple(dict.fromkeys(one for one in _BETWEEN_NUMBERS.split(plain) if one))

    def _say(self, line: int, fact: str, message: str, rules: Sequence[str] = ()) -> None:
        self.problems.append(RowProblem(line, HEADERS[fact], message, tuple(rules)))
