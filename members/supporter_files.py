"""The list of supporters as a file for spreadsheets: nothing in it becomes a formula, no zero is lost."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from tablib import Dataset

from members.errors import RowProblem, RowsRefused
from members.supporter_columns import TEMPLATE_HEADERS

FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
UTF_8, CP932 = "utf-8", "cp932"
ENCODINGS = (UTF_8, CP932)
AS_TEXT = "@"
WIDTHS = {"氏名": 24, "フリガナ": 24, "住所": 44, "メール": 30, "備考": 40}


def csv_bytes(table: Dataset, *, encoding: str = UTF_8) -> bytes:
    """Write CSV with CRLF; UTF-8 gets a BOM, so that Excel reads it as such.

    A cell that a spreadsheet would take for a formula gets a ' in front, which our import takes off again. Raises
    `RowsRefused` with code "not_in_cp932" naming every cell whose characters CP932 lacks (𠮷): no "?" is written.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.headers)
    writer.writerows([_harmless(cell) for cell in row] for row in table)
    if encoding == UTF_8:
        return out.getvalue().encode("utf-8-sig")
    try:
        return out.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        refusal = RowsRefused(list(_not_in(table, encoding)))
        refusal.code = "not_in_cp932"
        refusal.message = _(
            "Shift_JIS(CP932)で書けない文字が%(count)dか所あります。何も書き出していません。UTF-8 か Excel の形で書き出してください。"
        ) % {"count": len(refusal.problems)}
        raise refusal from error


def xlsx_bytes(table: Dataset) -> bytes:
    """Write a workbook of one sheet; every cell is text, also one that begins with =."""
    return _workbook(table.headers, table)


def template_xlsx() -> bytes:
    """Write an empty list: the headers, and columns that keep their zeros."""
    return _workbook(TEMPLATE_HEADERS, ())


def _harmless(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _not_in(table: Dataset, encoding: str) -> Sequence[RowProblem]:
    problems = []
    for line, row in enumerate(table, start=2):
        for header, cell in zip(table.headers, row, strict=True):
            missing = "".join(dict.fromkeys(char for char in cell if not _fits(char, encoding)))
            if missing:
                message = _("支援者番号%(number)sの「%(header)s」に、書けない文字「%(missing)s」があります。")
                values = {"number": row[0], "header": header, "missing": missing}
                problems.append(RowProblem(line, header, message % values))
    return problems


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _workbook(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(_("支援者"))
    sheet.freeze_panes = "A2"
    for place, header in enumerate(headers, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = WIDTHS.get(header, 14), AS_TEXT
    head = [WriteOnlyCell(sheet, header) for header in headers]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.number_format = "s", AS_TEXT
    return cell
