"""A table out of a CSV or XLSX file, read in memory: one row of headers, then rows of texts.

Nothing here knows what the columns mean. Numbers of a spreadsheet become their digits (a leading zero it lost is
lost here too), its dates become 2026-09-22; a date shown as a number stays a number.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import Any, NamedTuple
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from privacy.errors import Refused
from privacy.opened_workbook import open_workbook
from privacy.zip_directory import is_zip

ENDINGS = frozenset({".csv", ".txt", ".xlsx", ""})
MOST_ROWS = 50_000
MOST_COLUMNS = 100
UNDONE = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_NEVER_TYPED = re.compile("[\x80\xa0\uf8f1-\uf8f3]")
"""What Python's cp932 makes of the bytes that Shift_JIS leaves free: the text is in another encoding."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Place = tuple[int, int]
"""Line from 1, column from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the row's place in the file as a spreadsheet shows it: the headers are 1 where they come first."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every row has as many cells as there are headers, or more. `others` names sheets that were not read.

    `unanswered` holds (line, column letter) of formulas whose answer is not in the file, and of errors like #N/A.
    """

    header_line: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()
    unanswered: tuple[tuple[int, str], ...] = ()


def read_sheet(data: bytes, file_name: str) -> Sheet:
    """Read the first table of a CSV (CP932, or UTF-8 with or without BOM) or XLSX. Empty rows are passed over.

    CSV and XLSX are told apart by their content. Raises `Refused`: "not_a_table" (another kind of file or name), "unreadable_text" (neither encoding, `line`),
    "broken_csv" (`line`), "empty_table", "too_many_rows", "too_many_columns", and what `privacy.opened_workbook.open_workbook` raises.
    """
    ending = PurePath(file_name).suffix.lower()
    if ending not in ENDINGS:
        raise Refused(
            _("「%(ending)s」のファイルは読めません。CSV(.csv)か Excel ブック(.xlsx)の形で保存し直してください。") % {"ending": ending},
            code="not_a_table",
        )
    if is_zip(data):
        return _read_xlsx(data)
    if data.startswith(_OLD_OFFICE):
        raise Refused(
            _("古い形(.xls)か、パスワードのかかったファイルです。Excelで開き、「Excel ブック(.xlsx)」の形で保存し直してください。"),
            code="not_a_table",
        )
    text = _decode(data)
    return _sheet(_csv_rows(text))


def letter(index: int) -> str:
    """Give the letter of a column, 0 for A."""
    return get_column_letter(index + 1)


def _decode(data: bytes) -> str:
    if data.startswith(_UTF_16):
        raise Refused(
            _("文字コードが UTF-16 のファイルです。Excelで開き、「CSV UTF-8」の形で保存し直してください。"), code="unreadable_text", line=1
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise _unreadable(data[: error.start].count(b"\n") + 1) from error
    if odd := _NEVER_TYPED.search(text):
        raise _unreadable(text[: odd.start()].count("\n") + 1)
    return text


def _csv_rows(text: str) -> Iterator[Sequence[str]]:
    if "\x00" in text:
        raise Refused(_("表のファイルではありません。CSVか XLSX のファイルを選んでください。"), code="not_a_table")
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 0
    while True:
        line += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                _('%(line)d行目の引用符(")の数が合いません。この行を直してください。') % {"line": line},
                code="broken_csv",
                line=line,
            ) from error
        yield [cell[1:] if UNDONE.match(cell) else cell for cell in cells]


def _read_xlsx(data: bytes) -> Sheet:
    open_workbook(data).close()
    try:
        book = _first_sheet(data, data_only=False)
        unanswered: list[Place] = []
        if book.formulas:
            answers = _first_sheet(data, data_only=True)
            unanswered = [place for place in book.formulas if _is_empty(answers.values, place)]
            book = answers
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise Refused(
            _("Excelのファイル(.xlsx)として読めません。CSVか XLSX の名簿のファイルを選んでください。"), code="not_a_table"
        ) from error
    sheet = _sheet([_text(value) for value in row] for row in book.values)
    places = sorted({*unanswered, *book.errors})
    return replace(
        sheet, others=book.others, unanswered=tuple((line, letter(index)) for line, index in places)
    )


def _first_sheet(data: bytes, *, data_only: bool) -> "_Book":
    workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    book = _Book([], [], [], tuple(sheet.title for sheet in shown[1:]))
    for line, row in enumerate(_cells(shown[0]) if shown else (), start=1):
        values = [cell.value for cell in row]
        while values and values[-1] is None:
            values.pop()
        book.values.append(values)
        book.formulas.extend((line, cell.column - 1) for cell in row if cell.data_type == "f")
        book.errors.extend((line, cell.column - 1) for cell in row if cell.data_type == "e")
    return book


class _Book(NamedTuple):
    values: list[list[object]]
    formulas: list[Place]
    errors: list[Place]
    others: tuple[str, ...]


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(), start=1):
        if line > MOST_ROWS + 1:
            raise _too_many_rows()
        if any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            raise _too_many_columns()
        yield row[:MOST_COLUMNS]


def _is_empty(values: list[list[object]], place: Place) -> bool:
    line, index = place
    return index >= len(values[line - 1]) or values[line - 1][index] is None


def _sheet(rows: Iterable[Sequence[str]]) -> Sheet:
    numbered = (Row(line, tuple(cells)) for line, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells))
    head = next(numbered, None)
    if head is None:
        raise Refused(_("ファイルに何も書いてありません。見出しの行がある名簿のファイルを選んでください。"), code="empty_table")
    headers = tuple(cell.strip() for cell in head.cells)
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MOST_COLUMNS:
        raise _too_many_columns()
    padding = ("",) * len(headers)
    kept: list[Row] = []
    for row in numbered:
        if len(kept) == MOST_ROWS:
            raise _too_many_rows()
        kept.append(Row(row.line, row.cells + padding[len(row.cells) :]))
    return Sheet(head.line, headers, tuple(kept))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _too_many_columns() -> Refused:
    return Refused(
        _("列が多すぎます(%(most)d列まで)。必要な列だけのファイルにしてください。") % {"most": MOST_COLUMNS}, code="too_many_columns"
    )


def _unreadable(line: int) -> Refused:
    return Refused(
        _("%(line)d行目に読めない文字があります。Excelで開き、「CSV UTF-8」か「Excel ブック(.xlsx)」の形で保存し直してください。")
        % {"line": line},
        code="unreadable_text",
        line=line,
    )


def _too_many_rows() -> Refused:
    return Refused(
        _("行が多すぎます(%(most)d行まで)。ファイルを分けてください。") % {"most": MOST_ROWS}, code="too_many_rows"
    )
