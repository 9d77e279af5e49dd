"""A CSV that no reader knows, as rows of cells: enough for a person to say what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from donations.bankfiles import charset, csv_text
from donations.bankfiles.csv_text import is_blank, plain
from donations.bankfiles.errors import BankFileError
from donations.bankfiles.folded_rows import folded_titles, unfold
from donations.bankfiles.mapped_csv import LAST_HEADER_LINE
from donations.bankfiles.source import Source

FEWEST_COLUMNS = 2
MOST_COLUMNS = 60
MOST_ROWS = 30_000
"""As many as a bank gives in one download (formats.md §1.1)."""

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class UnknownTable:
    """`rows`: (physical line from 1, cells) of every line that is not blank; titles that every line repeats stand once,
    on line 0 (`folded_rows`).
    """

    rows: tuple[Row, ...]

    @property
    def headers(self) -> tuple[Row, ...]:
        """The lines that may be the header: the first ones with two titles or more."""
        return tuple(row for row in self.rows if row[0] <= LAST_HEADER_LINE and _filled(row[1]) >= FEWEST_COLUMNS)

    @property
    def likely_header(self) -> int:
        """The line of the first row with as many titles as any, none of them a number; else the first candidate."""
        widest = max(_filled(cells) for _, cells in self.headers)
        titles = (line for line, cells in self.headers if _filled(cells) * 2 > widest and not any(map(_is_number, cells)))
        return next(titles, self.headers[0][0])

    def from_line(self, line: int) -> tuple[list[str], tuple[Row, ...]]:
        """(titles, the rows below) when the header stands on `line`. Raises `KeyError` for a line that is none."""
        titles = dict(self.headers)[line]
        return titles, tuple(row for row in self.rows if row[0] > line)


def read_table(data: bytes, source: Source) -> UnknownTable | None:
    """The table in `data`; None for what is no CSV with a header (a PDF, a workbook, a text without columns)."""
    for encoding, _ in charset.readings(data):
        try:
            text = charset.decode(data, encoding, source)
            rows = tuple((line, cells) for line, cells in csv_text.rows(text.removeprefix("\ufeff"), source))
        except BankFileError:
            continue
        filled = [(line, cells) for line, cells in rows if not is_blank(cells)]
        table = UnknownTable(tuple(unfold(filled, folded_titles(filled))))
        return table if _is_usable(table) else None
    return None


def _is_usable(table: UnknownTable) -> bool:
    if not table.headers or len(table.rows) > MOST_ROWS:
        return False
    return max(len(cells) for _, cells in table.rows) <= MOST_COLUMNS


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_number(cell: str) -> bool:
    digits = sum(sign.isdigit() for sign in plain(cell))
    return digits * 2 > len(plain(cell))
