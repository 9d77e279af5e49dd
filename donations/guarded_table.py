"""A CSV that no reader knows, on its way through the page that asks for its columns: guarded cells, nothing at rest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.csv_text import plain
from donations.bankfiles.mapped_csv import MappedCsv
from donations.bankfiles.source import Source
from donations.bankfiles.unknown_table import Row, UnknownTable, read_table
from donations.guarded_file import TEXT_CELLS, FoundNumber, GuardedFile, guard, refuse_long_cells
from privacy.national_ids import MARK, FieldClass, Level, blank, redact, scan, scan_column
from privacy.sealed_word import seal, unseal

SALT = "donations.guarded_table"
MINUTES = 60
"""Naming columns takes longer than looking at a preview."""


@dataclass(frozen=True, slots=True)
class Blanked:
    """A number of a person was blanked in the cell `place` (from 0) of physical line `line`."""

    line: int
    place: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardedTable:
    """The table with every number blanked that is certainly a person's; `sha256` is that of the file."""

    table: UnknownTable
    sha256: bytes
    file_name: str
    blanked: tuple[Blanked, ...] = ()

    def seal(self) -> str:
        """The whole as one signed word."""
        facts = {
            "rows": self.table.rows,
            "sha256": self.sha256.hex(),
            "file": self.file_name,
            "blanked": [(one.line, one.place, one.rules) for one in self.blanked],
        }
        return seal(facts, salt=SALT)

    def read(self, mapping: ColumnMapping) -> GuardedFile:
        """The statement that these columns make. Raises `BankFileError` as every reader does, and what `read_guarded` raises."""
        source = Source(self.file_name, redact)
        statement = MappedCsv(mapping).read_rows(self.table.rows, source)
        refuse_long_cells(statement.lines)
        file = guard(statement, sha256=self.sha256)
        numbers = sorted({*file.numbers, *self._found(mapping, file)}, key=lambda number: number.index)
        return replace(file, numbers=tuple(numbers))

    def _found(self, mapping: ColumnMapping, file: GuardedFile) -> Iterator[FoundNumber]:
        """The numbers blanked before, where their column is kept."""
        rows = {line.line_number: index for index, line in enumerate(file.statement.lines)}
        titles = [plain(title) for title in mapping.header]
        kept = {
            titles.index(plain(getattr(mapping, cell))): column
            for cell, column in TEXT_CELLS.items()
            if getattr(mapping, cell)
        }
        for one in self.blanked:
            if one.line in rows and one.place in kept:
                yield FoundNumber(rows[one.line], one.line, kept[one.place], one.rules)


def guarded_table(data: bytes, *, file_name: str = "") -> GuardedTable | None:
    """The table in `data`, which may be forgotten afterwards; None for what is no CSV with columns."""
    table = read_table(data, Source(file_name, redact))
    if table is None:
        return None
    rows, blanked = _guarded(table.rows)
    return GuardedTable(UnknownTable(rows), hashlib.sha256(data).digest(), redact(file_name), blanked)


def unseal_table(word: str) -> GuardedTable:
    """The table of a page. Raises what `privacy.sealed_word.unseal` raises, after `MINUTES`."""
    facts = unseal(word, salt=SALT, minutes=MINUTES)
    return GuardedTable(
        UnknownTable(tuple((line, cells) for line, cells in facts["rows"])),
        bytes.fromhex(facts["sha256"]),
        facts["file"],
        tuple(Blanked(line, place, tuple(rules)) for line, place, rules in facts["blanked"]),
    )


def _guarded(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Blanked, ...]]:
    """A column whose bare numbers are persons' numbers loses all of them (privacy.md §3.3)."""
    refused = _refused_columns(rows)
    clean: set[str] = set()
    guarded: list[Row] = []
    blanked: list[Blanked] = []
    for line, cells in rows:
        safe = list(cells)
        for place, cell in enumerate(cells):
            if place in refused and any(map(str.isdigit, cell)):
                safe[place] = MARK
                blanked.append(Blanked(line, place, (refused[place],)))
            elif cell and cell not in clean:
                rules = tuple(finding.rule for finding in scan(cell, FieldClass.FREE_TEXT) if finding.level is Level.BLOCK)
                if not rules:
                    clean.add(cell)
                    continue
                safe[place] = blank(cell, FieldClass.FREE_TEXT, warn=True)[0]
                blanked.append(Blanked(line, place, rules))
        guarded.append((line, safe))
    return tuple(guarded), tuple(blanked)


def _refused_columns(rows: tuple[Row, ...]) -> dict[int, str]:
    """The columns, by place, and the rule by which what they hold are persons' numbers."""
    width = max(len(cells) for _, cells in rows)
    refused = {}
    for place in range(width):
        found = scan_column(cells[place] for _, cells in rows if place < len(cells) and any(map(str.isdigit, cells[place])))
        if found and found.level is Level.BLOCK:
            refused[place] = found.rule
    return refused
