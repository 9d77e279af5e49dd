"""Rows that carry their own titles: the left half of every line names the cells of its right half (ANSER, formats.md §1.7).

The 26 items of such a line are 13 fixed titles and 13 cells. Unfolded, they are one header and rows of 13 cells.
"""

from collections.abc import Iterable, Iterator, Sequence

from donations.bankfiles.csv_text import is_blank, plain

FEWEST_TITLES = 3
EVERY_LINE = 0
"""The number of the header's line, which stands on every line and on none of its own."""

Row = tuple[int, list[str]]


def unfold(rows: Iterable[Row], titles: Sequence[str]) -> Iterator[Row]:
    """The rows, those that begin with `titles` cut to what stands behind them; before the first of these the header.

    Physical lines stay. Other rows pass unchanged.
    """
    width, header_given = len(titles), False
    wanted = [plain(title) for title in titles]
    for number, cells in rows:
        if not carries(cells, wanted):
            yield number, cells
            continue
        if not header_given:
            yield EVERY_LINE, list(cells[:width])
            header_given = True
        yield number, list(cells[width:])


def carries(cells: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a row begins with these titles, as `plain` writes them, and has as many cells behind them."""
    width = len(wanted)
    return width > 0 and len(cells) >= 2 * width and [plain(cell) for cell in cells[:width]] == list(wanted)


def folded_titles(rows: Iterable[Row]) -> list[str]:
    """The titles that every row begins with, [] for rows of another kind. One row alone shows nothing."""
    filled = [cells for _, cells in rows if not is_blank(cells)]
    if len(filled) < 2 or len(filled[0]) % 2 or len(filled[0]) < 2 * FEWEST_TITLES:
        return []
    width = len(filled[0]) // 2
    titles = filled[0][:width]
    wanted = [plain(title) for title in titles]
    return titles if all(wanted) and all(carries(cells, wanted) for cells in filled) else []
