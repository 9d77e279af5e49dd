"""From text to rows of cells, each with its physical line; strict about quotes, blind to nothing."""

import csv
import unicodedata
from collections.abc import Iterator

from donations.bankfiles.errors import TooLarge
from donations.bankfiles.source import Source

MOST_LINES = 120_000
"""A bank gives 3,000 rows a file and 30,000 in all (formats.md §1.1); this is far above and still cheap."""
LONGEST_LINE = 10_000
"""Characters; a row of the bank has about a hundred."""
MOST_CELLS = 1_000
"""A bank gives seven to thirty; a spreadsheet pads with commas up to its widest row."""

_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―ー－ｰ", "-"))
_SPACES = str.maketrans(dict.fromkeys(" \u3000\xa0\t"))


def plain(cell: str) -> str:
    """Full-width to half-width (NFKC), no blanks: the form in which headers and numbers are compared."""
    return unicodedata.normalize("NFKC", cell).translate(_SPACES)


def dashed(cell: str) -> str:
    """`plain`, and every sign that looks like a minus (U+2212, U+FF0D, U+2010 …) made an ASCII one."""
    return plain(cell).translate(_DASHES)


def is_blank(cells: list[str]) -> bool:
    """True for an empty line and for one that a spreadsheet padded with commas."""
    return not "".join(cells).strip()


def rows(text: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """(physical line of the row's beginning from 1, cells) for every line, blank ones too.

    Raises `TooLarge` above `MOST_LINES`; `BrokenLine` for a quote that does not close, for text after a closing
    quote, for a line break inside a cell (no bank writes one; it is an open quote that happened to close), for a line
    above `LONGEST_LINE` and for a row above `MOST_CELLS`.
    """
    reader = csv.reader(_lines(text, source), strict=True)
    begins = 1
    while True:
        cells, readable = _next(reader)
        if not readable:
            raise source.broken('引用符（"）の使い方が壊れています。', line=begins)
        if cells is None:
            return
        if reader.line_num > begins:
            raise source.broken(
                'セルの途中で行が変わっています。引用符（"）が閉じていないようです。', line=begins
            )
        if len(cells) > MOST_CELLS:
            raise source.broken(
                "セルが多すぎます。明細のファイルではないようです。",
                line=begins,
                found=f"{len(cells):,}個のセル",
                expected=f"{MOST_CELLS:,}個までのセル",
            )
        yield begins, cells
        begins = reader.line_num + 1


def _lines(text: str, source: Source) -> list[str]:
    """Physical lines; only LF, CRLF and CR end one (str.splitlines knows eight more that stand in names)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise too_many_lines(source)
    lines = text.split("\n")
    if max(map(len, lines)) > LONGEST_LINE:
        number = next(number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE)
        raise source.broken("行が長すぎます。明細のファイルではないようです。", line=number)
    return lines


def _next(reader: Iterator[list[str]]) -> tuple[list[str] | None, bool]:
    """(the next row or None at the end, whether it could be read)."""
    try:
        return next(reader, None), True
    except csv.Error:
        return None, False


def too_many_lines(source: Source) -> TooLarge:
    """The refusal of a file with more lines than any bank gives."""
    return TooLarge(
        f"行が多すぎます（{MOST_LINES:,}行まで）。",
        next_step="期間を短く区切ってダウンロードし、順に取り込んでください。",
        file=source.file,
        guard=source.guard,
    )
