"""Scan a file that lies outside the program: bytes in, places out, the numbers themselves never."""

import csv
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from privacy.columns import FEWEST_VALUES, cell_digits, scan_column
from privacy.errors import Refused
from privacy.label_words import Label
from privacy.labels import whole_label
from privacy.national_ids import FieldClass, Level, scan
from privacy.opened_workbook import open_workbook
from privacy.zip_directory import is_zip

MOST_ROWS = 50_000
MOST_COLUMNS = 500
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UNREADABLE = (
    InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
)  # fmt: skip

Table = list[Sequence[object]]


@dataclass(frozen=True, slots=True)
class FileFinding:
    """`line` counts from 1, as an editor or a spreadsheet does. `column` is the letter, in tables only.

    A finding about a whole column stands at line 1. `sheet` counts from 1 and is told from the second sheet on.
    """

    line: int
    level: Level
    rule: str
    column: str | None = None
    sheet: int = 1

    def as_json(self) -> dict[str, Any]:
        place: dict[str, Any] = {"line": self.line, "level": self.level.value, "rule": self.rule}
        if self.column is not None:
            place["column"] = self.column
        if self.sheet > 1:
            place["sheet"] = self.sheet
        return place


@dataclass(frozen=True, slots=True)
class FileScan:
    """How many lines (of a table: rows of all sheets) were read, and what was found, in the file's order."""

    lines: int
    findings: tuple[FileFinding, ...]


def scan_lines(data: bytes, field_class: FieldClass = FieldClass.FREE_TEXT) -> FileScan:
    """Scan a text file, one text a line. Only LF and CR LF end a line.

    Raises `Refused`: "not_text" (a workbook or another binary file), "unreadable_text" (neither UTF-8, with or without
    BOM, nor CP932; carries `line`).
    """
    if is_zip(data) or data.startswith(_OLD_OFFICE):
        raise Refused(
            _("表計算のファイルのようです。--table をつけて、もう一度実行してください。"), code="not_text"
        )
    lines = _decode(data).split("\n")
    if not lines[-1]:
        lines.pop()
    findings = tuple(
        FileFinding(number, finding.level, finding.rule)
        for number, line in enumerate(lines, 1)
        for finding in scan(line.removesuffix("\r"), field_class)
    )
    return FileScan(len(lines), findings)


def scan_table(data: bytes, field_class: FieldClass = FieldClass.FREE_TEXT) -> FileScan:
    """Scan every sheet of a CSV or XLSX file: whole columns first, then cells.

    A cell that is a bare number is judged with its column where the column has three numbers or more. The first row
    is the headers; a number in it is scanned with the others. Raises `Refused`: "unreadable_text" and "broken_csv"
    (both carry `line`), "not_text", "broken_workbook", "too_many_rows", "zip_too_large", "zip_broken", "zip_locked".
    """
    if data.startswith(_OLD_OFFICE):
        raise Refused(
            _(
                "古い形(.xls)か、パスワードのかかったファイルです。「Excel ブック(.xlsx)」の形で保存し直してください。"
            ),
            code="broken_workbook",
        )
    tables = _workbook(data) if is_zip(data) else [_csv(_decode(data))]
    findings = [
        finding
        for sheet, table in enumerate(tables, 1)
        for finding in _table_findings(table, field_class, sheet)
    ]
    return FileScan(sum(map(len, tables)), tuple(findings))


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            continue
        if "\x00" in text:
            raise Refused(
                _("文字のファイルではありません。CSVか、文字だけのファイルを選んでください。"),
                code="not_text",
            )
        return text
    raise Refused(
        _("%(line)d行目を文字として読めません。文字コードを UTF-8 にして保存し直してください。")
        % {"line": line},
        code="unreadable_text",
        line=line,
    )


def _csv(text: str) -> Table:
    first = text.partition("\n")[0]
    reader = csv.reader(
        StringIO(text, newline=""), delimiter="\t" if first.count("\t") > first.count(",") else ","
    )
    rows: Table = []
    try:
        for row in reader:
            rows.append(row)
            _refuse_too_many(rows)
    except csv.Error as error:
        line = len(rows) + 1
        raise Refused(
            _("%(line)d行目を表の行として読めません。この行の引用符や長さを確かめてください。")
            % {"line": line},
            code="broken_csv",
            line=line,
        ) from error
    return rows


def _workbook(data: bytes) -> list[Table]:
    open_workbook(data).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            tables = [_sheet(sheet) for sheet in book.worksheets]
            book.close()
    except _UNREADABLE as error:
        raise Refused(
            _("Excelのファイル(.xlsx)として読めません。元のソフトで開けるか確かめて、保存し直してください。"),
            code="broken_workbook",
        ) from error
    return tables


def _sheet(sheet: Any) -> Table:
    rows: Table = []
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        rows.append(row)
        _refuse_too_many(rows)
    return rows


def _refuse_too_many(rows: Table) -> None:
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("表が大きすぎます。%(most)d行までに分けて、もう一度実行してください。") % {"most": MOST_ROWS},
            code="too_many_rows",
        )


def _table_findings(table: Table, field_class: FieldClass, sheet: int) -> Iterator[FileFinding]:
    width = max(map(len, table), default=0)
    for index in range(width):
        letter = get_column_letter(index + 1)
        cells = [row[index] if index < len(row) else None for row in table]
        for line, level, rule in _column_findings(cells, field_class):
            yield FileFinding(line, level, rule, letter, sheet)


def _column_findings(cells: list[object], field_class: FieldClass) -> Iterator[tuple[int, Level, str]]:
    header = "" if not cells or cells[0] is None else str(cells[0])
    column = scan_column(cells, header)
    if column is not None:
        yield 1, column.level, column.rule
        return
    numbers = [cell_digits(cell) for cell in cells]
    judged = len(set(numbers) - {None}) >= FEWEST_VALUES or whole_label(header) is Label.HARMLESS
    for line, (cell, number) in enumerate(zip(cells, numbers, strict=True), 1):
        if cell is None or (judged and number is not None):
            continue
        for finding in scan(number if isinstance(cell, int | float) and number else str(cell), field_class):
            yield line, finding.level, finding.rule
