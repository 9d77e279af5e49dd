"""What an import would do, for a person to read before it is done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from import_export.results import Result, RowResult

from members.drafts import WORD_OF_CHANNEL, WORD_OF_KIND, SupporterDraft
from members.errors import RowProblem
from members.supporter_columns import BY_FACT
from members.supporter_table import Note, SupporterTable


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after, as words."""

    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row that would be taken. `number` is "" for a new supporter; `changes` are empty for one."""

    line: int
    number: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SupporterPreview:
    """`rows` = new + changed + unchanged + rows named in `refused` (which may name several columns of one row)."""

    rows: int
    new: tuple[PreviewRow, ...]
    changed: tuple[PreviewRow, ...]
    unchanged: int
    refused: tuple[RowProblem, ...]
    notes: tuple[Note, ...]
    table: SupporterTable

    @property
    def writes(self) -> int:
        """How many supporters would be new or changed."""
        return len(self.new) + len(self.changed)


def preview_of(table: SupporterTable, result: Result) -> SupporterPreview:
    """Put the library's result into words. Rows with a problem of the table are refused whatever they would do."""
    bad_lines = {problem.line for problem in table.problems}
    problems = [*table.problems, *_problems(table, result)]
    new, changed, notes, unchanged = [], [], list(table.notes), 0
    for line, row in zip(table.lines, result.rows, strict=True):
        if line in bad_lines or row.import_type not in RowResult.valid_import_types:
            continue
        draft: SupporterDraft = row.instance
        notes.extend(Note(line, text) for text in draft.notes)
        if row.is_new():
            new.append(PreviewRow(line, "", draft.name))
        elif row.is_update():
            changed.append(PreviewRow(line, draft.number, draft.name, _changes(draft)))
        else:
            unchanged += 1
    return SupporterPreview(
        rows=len(table.rows),
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        refused=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=tuple(sorted(notes, key=lambda note: note.line)),
        table=table,
    )


def _problems(table: SupporterTable, result: Result) -> list[RowProblem]:
    guarded = {(problem.line, problem.column) for problem in table.problems}
    found = []
    for row in result.invalid_rows:
        line = table.lines[row.number - 1]
        for fact, messages in row.error_dict.items():
            header = BY_FACT[fact].header
            if (line, header) not in guarded:
                found.append(RowProblem(line, header, " ".join(messages)))
    return found


def _changes(draft: SupporterDraft) -> tuple[Change, ...]:
    known = draft.original or SupporterDraft()
    return tuple(
        Change(BY_FACT[name].header, _word(name, getattr(known, name)), _word(name, getattr(draft, name)))
        for name in draft.differing()
    )


def _word(fact: str, value: Any) -> str:
    words = {"kind": WORD_OF_KIND, "channel": WORD_OF_CHANNEL}.get(fact, {})
    if isinstance(value, date):
        return value.isoformat()
    return words.get(value, str(value or ""))
