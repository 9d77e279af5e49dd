"""Lines that carry their own titles become a header and rows."""

import pytest

from donations.bankfiles import read
from donations.bankfiles.errors import BrokenLine
from donations.bankfiles.folded_rows import folded_titles, unfold
from donations.bankfiles.mapping_roles import mapping_of, suggested
from tests.donations.other_bank import ANSER_TITLES, anser

FOLDED = [(1, ["日付", "入金", "名前", "9/1", "1", "A"]), (3, ["日付", "入金", "名前", "9/2", "2", "B"])]


def test_the_titles_come_once_and_the_lines_stay():
    """The header on no line, then each row with its own."""
    assert list(unfold(FOLDED, folded_titles(FOLDED))) == [
        (0, ["日付", "入金", "名前"]), (1, ["9/1", "1", "A"]), (3, ["9/2", "2", "B"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows", [FOLDED[:1], [(1, ["a", "b", "c", "d"])] * 2, [FOLDED[0], (2, ["日付", "出金", "名前", "1", "2", "3"])], [(1, ["", "b", "c", "1", "2", "3"])] * 2]
)
def test_other_rows_stay(rows):
    """One row alone, too few titles, titles that change, a title that is empty."""
    assert list(unfold(rows, folded_titles(rows))) == rows


def test_twenty_six_cells_are_read_as_thirteen():
    """The same statement from both spellings; only the lines differ by the header's."""
    mapping = mapping_of(ANSER_TITLES, suggested(ANSER_TITLES), name="ANSER")
    one, other = (read(anser(3, folded=folded).encode("cp932"), mappings=[mapping]) for folded in (False, True))
    assert [(row.booked_on, row.received_yen, row.balance_yen) for row in one.lines] == [
        (row.booked_on, row.received_yen, row.balance_yen) for row in other.lines
    ]
    assert [row.line_number for row in other.lines] == [1, 2, 3]


def test_a_line_without_its_titles_is_an_error():
    """Between lines that carry their titles, one that does not is no row."""
    mapping = mapping_of(ANSER_TITLES, suggested(ANSER_TITLES), name="ANSER")
    data = anser(2, folded=True) + '"合計","2"\r\n'
    with pytest.raises(BrokenLine) as refusal:
        read(data.encode("cp932"), mappings=[mapping])
    assert refusal.value.line == 3
