"""The three files of a matching benchmark: register, last year's confirmed ledger, this year's transfers.

Comma-separated UTF-8 (a byte order mark is allowed) with the columns' names in the first line; columns may stand in any
order, unknown ones are not looked at, and a column that is not needed to match at all may be missing.
"""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from donations.matching.learned import Confirmed
from donations.matching.lines import Line
from donations.matching.register import Person
from privacy.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from donations.matching.register import Kind

REGISTER, HISTORY, TRANSFERS = "register.csv", "history.csv", "transfers.csv"
#: Yen of one unit where the register does not say.
_USUAL_PRICE = {"individual": 1000, "organisation": 3000}
_KINDS: dict[str, Kind] = {"P": "individual", "O": "organisation"}
_TRUE, _FALSE = frozenset({"1", "TRUE", "T", "YES", "Y"}), frozenset({"", "0", "FALSE", "F", "NO", "N", "0.0"})
#: What the account's statement says of each channel.
_CHANNEL_WORDS = {"bank": "振込", "direct": "送金", "slip": "払込み"}


def read_history(folder: Path) -> list[Confirmed]:
    """Return last year's confirmed rows; an empty ``supporter_ids`` is a giver who is known not to be a supporter.

    A benchmark without the file has no history. Raises Refused (file, line, column) where a cell cannot be read.
    """
    if not (folder / HISTORY).exists():
        return []
    return [
        Confirmed(
            _line(place, row),
            frozenset(row.as_whole("supporter_ids", part) for part in row.text("supporter_ids").split("|") if part.strip()),
        )
        for place, row in enumerate(_rows(folder / HISTORY, needed=("date", "amount", "payer", "supporter_ids")))
    ]


def read_register(folder: Path, history: Iterable[Confirmed]) -> list[Person]:
    """Return the supporters in the order of the file, each with the last confirmed payment: its day, and where one alone
    paid the amount. Raises Refused as ``read_history`` does.
    """
    last = _last_payments(history)
    homes: dict[str, int] = {}
    seen: dict[int, int] = {}
    people = []
    for row in _rows(folder / REGISTER, needed=("id", "name")):
        supporter = row.whole("id")
        if supporter in seen:
            raise row.refused("id", _("%d行目と同じ番号です。番号は1人に1つにしてください。") % seen[supporter])
        seen[supporter] = row.line
        kind = _KINDS.get(row.text("kind").upper() or "P")
        if kind is None:
            raise row.refused("kind", _("P(個人)か O(団体)と書いてください。"))
        household = row.text("household")
        amount_yen, paid_on = last.get(supporter, (None, None))
        people.append(
            Person(
                id=supporter,
                number=row.text("number"),
                legacy_number="",
                kind=kind,
                name=row.text("name"),
                reading=row.text("kana"),
                unit_price_yen=row.number("unit_yen") or _USUAL_PRICE[kind],
                last_amount_yen=amount_yen,
                last_paid_on=paid_on,
                usual_units=row.number("units") or None,
                household=homes.setdefault(household, len(homes) + 1) if household else None,
                postal_code=row.text("postcode"),
                phone=row.text("phone"),
                contact=row.text("contact"),
                contact_reading=row.text("contact_kana"),
                usual_month=row.month("usual_month"),
                is_new=row.yes("is_new"),
            ),
        )
    return people


def of_supporters(history: Iterable[Confirmed], people: Iterable[Person]) -> tuple[list[Confirmed], int]:
    """Return the rows as far as they name supporters of the register, and how many name somebody else.

    A row that names nobody else teaches nothing and is left out.
    """
    known = {person.id for person in people}
    kept = []
    strange = 0
    for row in history:
        if row.supporter_ids <= known:
            kept.append(row)
            continue
        strange += 1
        if ids := row.supporter_ids & known:
            kept.append(Confirmed(row.line, ids))
    return kept, strange


def _last_payments(history: Iterable[Confirmed]) -> dict[int, tuple[int | None, date]]:
    """Return (yen, day) of each supporter's last payment; no amount where several paid together."""
    last: dict[int, tuple[int | None, date]] = {}
    for row in history:
        amount_yen = row.line.received_yen if len(row.supporter_ids) == 1 else None
        for supporter in row.supporter_ids:
            if supporter not in last or last[supporter][1] <= row.line.booked_on:
                last[supporter] = amount_yen, row.line.booked_on
    return last


def read_transfers(folder: Path) -> Iterator[tuple[str, Line]]:
    """Yield (id as written, line) of this year's transfers in the order of the file. Raises Refused as ``read_history`` does."""
    seen: dict[str, int] = {}
    for place, row in enumerate(_rows(folder / TRANSFERS, needed=("id", "date", "amount", "payer"))):
        written = row.text("id")
        if not written:
            raise row.refused("id", _("空です。行ごとに番号を付けてください。"))
        if written in seen:
            raise row.refused("id", _("%d行目と同じ番号です。行ごとに別の番号にしてください。") % seen[written])
        seen[written] = row.line
        yield written, _line(place, row)


def _line(place: int, row: _Row) -> Line:
    amount = row.number("amount")
    channel = row.text("channel")
    return Line(
        id=place,
        booked_on=row.day("date"),
        received_yen=max(amount, 0),
        paid_out_yen=max(-amount, 0),
        payer_text=row.text("payer"),
        message=row.text("message"),
        channel=_CHANNEL_WORDS.get(channel, channel),
    )


class _Row:
    """One line of a file: cells by the name of their column."""

    __slots__ = ("cells", "columns", "file", "line")

    def __init__(self, file: str, line: int, columns: dict[str, int], cells: list[str]) -> None:
        self.file, self.line, self.columns, self.cells = file, line, columns, cells

    def text(self, column: str) -> str:
        """Return a cell without the spaces around it; "" where the column is missing."""
        place = self.columns.get(column)
        return self.cells[place].strip() if place is not None else ""

    def number(self, column: str) -> int:
        """Return whole yen or units: digits of any width, with or without commas and 「円」; 0 for an empty cell."""
        written = unicodedata.normalize("NFKC", self.text(column)).replace(",", "").strip("¥\\円 ")
        return self.as_whole(column, written) if written else 0

    def whole(self, column: str) -> int:
        """Return a whole number that must be there."""
        return self.as_whole(column, self.text(column))

    def as_whole(self, column: str, written: str) -> int:
        """Return a text of this cell as a whole number; a spreadsheet's 「3.0」 is 3."""
        bare = written.strip().removesuffix(".0")
        try:
            return int(bare)
        except ValueError:
            raise self.refused(column, _("整数ではありません。数字だけを書いてください。")) from None

    def month(self, column: str) -> int | None:
        """Return 1–12, None for an empty cell or 0."""
        month = self.number(column)
        if not 0 <= month <= 12:
            raise self.refused(column, _("月ではありません。1から12までの数字か、空にしてください。"))
        return month or None

    def yes(self, column: str) -> bool:
        """Return whether a cell says 1 or true."""
        written = self.text(column).upper()
        if written not in _TRUE and written not in _FALSE:
            raise self.refused(column, _("1 か 0(または空)と書いてください。"))
        return written in _TRUE

    def day(self, column: str) -> date:
        """Return a day written 2026-04-01 or 2026/4/1."""
        try:
            return _day(self.text(column))
        except ValueError:
            raise self.refused(column, _("日付ではありません。2026-04-01 の形で書いてください。")) from None

    def refused(self, column: str, why: str) -> Refused:
        """Return the refusal of a cell: file, line, column, what was found, what was expected."""
        message = _("%(file)s の%(line)d行目、%(column)s の「%(found)s」: %(why)s") % {
            "file": self.file, "line": self.line, "column": column, "found": self.text(column)[:40], "why": why,
        }
        return Refused(message, code="bad_cell", line=self.line, column=column)


@cache
def _day(written: str) -> date:
    """Return a day; the same one each time. Raises ValueError."""
    year, month, day = (int(part) for part in written.replace("/", "-").split("-"))
    return date(year, month, day)


def _rows(path: Path, *, needed: Sequence[str]) -> Iterator[_Row]:
    """Yield the lines of a file below its first; empty lines hold nothing and are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _rows_of(csv.reader(text, strict=True), path.name, needed)
    except OSError as error:
        message = _("%(path)s を読めません(%(why)s)。フォルダーに register.csv と transfers.csv を置いてください。") % {
            "path": path, "why": error.strerror,
        }
        raise Refused(message, code="cannot_read") from error
    except UnicodeDecodeError as error:
        line = _first_line_not_utf8(path)
        message = _("%(file)s の%(line)d行目が UTF-8 ではありません。UTF-8 で書き出してください。") % {
            "file": path.name, "line": line,
        }
        raise Refused(message, code="not_utf8", line=line) from error


def _rows_of(lines: Any, file: str, needed: Sequence[str]) -> Iterator[_Row]:
    try:
        columns = {name.strip().lower(): place for place, name in enumerate(next(lines, []))}
        for column in needed:
            if column not in columns:
                message = _("%(file)s の1行目に、列「%(column)s」がありません。") % {"file": file, "column": column}
                raise Refused(message, code="missing_column", line=1, column=column)
        for cells in lines:
            if not cells:
                continue
            if len(cells) != len(columns):
                message = _("%(file)s の%(line)d行目は、列が%(found)d個です。1行目と同じ%(expected)d個にしてください。") % {
                    "file": file, "line": lines.line_num, "found": len(cells), "expected": len(columns),
                }
                raise Refused(message, code="columns_differ", line=lines.line_num)
            yield _Row(file, lines.line_num, columns, cells)
    except csv.Error as error:
        message = _("%(file)s の%(line)d行目が、CSV として読めません。引用符を確かめてください。") % {
            "file": file, "line": lines.line_num,
        }
        raise Refused(message, code="not_csv", line=lines.line_num) from error


def _first_line_not_utf8(path: Path) -> int:
    """Return the number of the first line that does not decode."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0
