"""A file of supporters as rows of facts, guarded: no national ID number, no unknown column, lost zeros restored."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from tablib import Dataset

from members.errors import RowProblem
from members.lost_zeros import restore_phone, restore_postal_code
from members.spreadsheet import Row, Sheet, letter, read_sheet
from members.supporter_columns import BY_FACT, Column, match_headers
from privacy.errors import NationalIdRefused, refusal_sentence
from privacy.national_ids import FieldClass, Level, scan, scan_column

__all__ = ["Note", "SupporterTable", "read_supporter_table"]
RESTORE = {"postal_code": restore_postal_code, "phone": restore_phone}


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about a row that is taken."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class SupporterTable:
    """`lines[i]` is the line of `rows[i]`; a row has one text for each of `facts`. `problems` may be empty."""

    facts: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[str, ...] = ()

    def as_dataset(self) -> Dataset:
        """Give the rows under the headers that we write."""
        return Dataset(*self.rows, headers=[BY_FACT[fact].header for fact in self.facts])


def read_supporter_table(data: bytes, file_name: str) -> SupporterTable:
    """Read and guard a CSV or XLSX file.

    Columns are tested for national ID numbers before anything else is said about them. Raises `NationalIdRefused`
    (a column; `column` is its letter and header) and what `read_sheet` and `match_headers` raise. Cells that hold
    such a number (in 備考 also a doubtful one: there is nobody to ask), formulas without an answer and cells outside
    the named columns become `problems`.
    """
    sheet = read_sheet(data, file_name)
    refuse_columns(sheet)
    columns = match_headers(sheet.headers, line=sheet.header_line)
    named = [(index, column) for index, column in enumerate(columns) if column is not None]
    problems = [*_cell_problems(sheet, columns), *_unanswered(sheet)]
    rows, notes = [], []
    for row in sheet.rows:
        texts = []
        for index, column in named:
            text, restored = _restored(column, row.cells[index])
            texts.append(text)
            if restored:
                notes.append(
                    Note(row.line, _("「%(header)s」の先頭の0が消えていたので、補いました。") % {"header": column.header})
                )
        rows.append(tuple(texts))
    return SupporterTable(
        facts=tuple(column.fact for _index, column in named),
        lines=tuple(row.line for row in sheet.rows),
        rows=tuple(rows),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=tuple(notes),
        others=sheet.others,
    )


def refuse_columns(sheet: Sheet) -> None:
    """Refuse headers and whole columns that hold or name national ID numbers."""
    width = max((len(row.cells) for row in sheet.rows), default=len(sheet.headers))
    refused: dict[str, str] = {}
    for index in range(max(width, len(sheet.headers))):
        header = sheet.headers[index] if index < len(sheet.headers) else ""
        cells = [row.cells[index] for row in sheet.rows if index < len(row.cells)]
        if in_header := scan(header, FieldClass.STRUCTURED):
            refused[_("%(letter)s列の見出し") % {"letter": letter(index)}] = in_header[0].rule
        elif finding := scan_column(cells, header):
            refused[f"{letter(index)}列「{header}」" if header else f"{letter(index)}列"] = finding.rule
    if refused:
        place = "、".join(refused)
        raise NationalIdRefused(place, list(refused.values()), line=sheet.header_line, column=place)


def _cell_problems(sheet: Sheet, columns: tuple[Column | None, ...]) -> Iterator[RowProblem]:
    for row in sheet.rows:
        for index, text in enumerate(row.cells):
            column = columns[index] if index < len(columns) else None
            if text and (problem := _problem(row, index, text, column)):
                yield problem


def _problem(row: Row, index: int, text: str, column: Column | None) -> RowProblem | None:
    header = column.header if column else f"{letter(index)}列"
    is_free = column is BY_FACT["note"]
    findings = scan(text, FieldClass.FREE_TEXT if is_free else FieldClass.STRUCTURED)
    rules = tuple(finding.rule for finding in findings if is_free or finding.level is Level.BLOCK)
    if rules:
        place = _("%(line)d行目 %(header)s") % {"line": row.line, "header": header}
        return RowProblem(row.line, header, refusal_sentence(place, rules), rules)
    if column is None and text.strip():
        return RowProblem(row.line, header, _("見出しのない列に文字があります。見出しを付けるか、この文字を消してください。"))
    return None


def _unanswered(sheet: Sheet) -> Iterator[RowProblem]:
    headers = {letter(index): header for index, header in enumerate(sheet.headers) if header}
    for line, column in sheet.unanswered:
        if line != sheet.header_line:
            yield RowProblem(
                line,
                headers.get(column, f"{column}列"),
                _("式の答えがないか、エラーです。Excelで開いて、式の代わりに文字を書いて保存し直してください。"),
            )


def _restored(column: Column, text: str) -> tuple[str, bool]:
    restore = RESTORE.get(column.fact)
    restored = restore(text) if restore else None
    return (text, False) if restored is None else (restored, True)
