"""A CSV nobody knows, as rows of cells."""

import pytest

from donations.bankfiles.source import Source
from donations.bankfiles.unknown_table import MOST_COLUMNS, read_table

CSV = 'みどり銀行\r\n出力日,2026/10/1\r\n\r\n日付,入金,名前\r\n2026/9/1,"1,000",髙橋\r\n'


def table(data):
    return read_table(data, Source())


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_encoding_is_found_out(encoding):
    """髙 comes out right in each."""
    assert table(CSV.encode(encoding)).rows[-1] == (5, ["2026/9/1", "1,000", "髙橋"])


def test_the_likely_header_has_the_most_titles_and_no_number():
    """Not the bank's name, not the line with a date."""
    found = table(CSV.encode())
    assert (found.likely_header, [line for line, _ in found.headers]) == (4, [2, 4, 5])


def test_rows_below_the_header_are_the_rows():
    """Titles, then what stands below them."""
    assert table(CSV.encode()).from_line(4) == (["日付", "入金", "名前"], ((5, ["2026/9/1", "1,000", "髙橋"]),))


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"just a text\nwithout columns", b"%PDF-1.7\x00,\x01", ("," * MOST_COLUMNS).encode() + b"x\na,b", b'a,b\n"open,1']
)
def test_what_is_no_table_is_none(data):
    """Nothing, text, a PDF, too many columns, an open quote."""
    assert table(data) is None
