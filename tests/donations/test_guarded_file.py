from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_

from donations.bankfiles.errors import BankFileError
from donations.bankfiles.yucho_direct_csv_writer import ledger, write
from donations.guarded_file import NumberInStatement, read_guarded, without_doubts
from privacy.errors import Refused
from privacy.national_ids import MARK, FieldClass, Level, scan

DAY = date(2026, 4, 10)
LABELLED = "マイナンバー 123456789018"


def file(*payers):
    rows = ledger(0, [(DAY, 1000, "振込", payer) for payer in payers])
    return write(
        rows, account_as_written="00100-20729745", produced_at=datetime(2026, 4, 30, 9, 0), period=None, balance_at_output_yen=rows[-1].balance_yen
    )


def number(first_eleven):
    """Twelve digits that pass the check, made at run time."""
    return first_eleven + in_.calc_check_digit(first_eleven)


def test_harmless_rows_stay_as_they_are():
    """Names, kana and the bank's own numbers pass untouched."""
    found = read_guarded(data=file("ﾄｸﾓﾄ ﾊﾅｺ", "髙橋　一郎"))
    assert ([line.detail_2 for line in found.statement.lines], found.numbers, found.doubts) == (["ﾄｸﾓﾄ ﾊﾅｺ", "髙橋　一郎"], (), ())


def test_a_labelled_number_is_blanked_and_its_place_named():
    """The row keeps its yen and its day; the number is gone, line 9 and the column are known."""
    found = read_guarded(data=file("ﾄｸﾓﾄ ﾊﾅｺ", LABELLED))
    row = found.statement.lines[1]
    assert (row.received_yen, row.detail_2.endswith(MARK), [(n.index, n.line, n.column) for n in found.numbers]) == (1000, True, [(1, row.line_number, "詳細２")])


def test_a_doubtful_number_is_left_and_named():
    """Twelve bare digits that pass may be an order number: kept, but said."""
    found = read_guarded(data=file("123456789018"))
    assert (found.statement.lines[0].detail_2, found.numbers, [d.column for d in found.doubts]) == ("123456789018", (), ["詳細２"])


def test_a_cell_longer_than_its_column_is_refused_by_line():
    """No bank writes so much; nothing is cut off silently."""
    with pytest.raises(Refused) as refused:
        read_guarded(data=file("ﾄｸﾓﾄ ﾊﾅｺ", "あ" * 201))
    assert (refused.value.code, refused.value.line, refused.value.column) == ("too_long", 9, "詳細２")


def test_a_cell_as_long_as_its_column_is_kept():
    """200 characters of 詳細２ pass."""
    assert read_guarded(data=file("あ" * 200)).statement.lines[0].detail_2 == "あ" * 200


def test_doubts_can_be_blanked_too():
    """Who blanks numbers blanks the doubtful ones as well."""
    found = without_doubts(read_guarded(data=file("123456789018")))
    assert (found.statement.lines[0].detail_2, len(found.numbers), found.doubts) == (MARK, 1, ())


def test_a_whole_column_of_numbers_is_certain():
    """Three different bare numbers that all pass are no chance: each is blanked."""
    payers = [number(f"{n}23{n}5678{n}17") for n in (4, 5, 6)]
    found = read_guarded(data=file(*payers))
    assert ([line.detail_2 for line in found.statement.lines], len(found.numbers)) == ([MARK] * 3, 3)


def test_the_digest_is_of_the_bytes_as_the_bank_gave_them():
    """The same bytes have the same digest, other bytes another."""
    one, other = file("A"), file("B")
    assert (read_guarded(data=one).sha256 == read_guarded(data=one).sha256, read_guarded(data=one).sha256 == read_guarded(data=other).sha256) == (True, False)


def test_an_unreadable_file_quotes_no_number():
    """What a reader quotes in its refusal is guarded."""
    broken = file("A").replace(b"1000,,", b"123456789018,123456789018,")
    with pytest.raises(BankFileError) as refusal:
        read_guarded(data=broken)
    assert "123456789018" not in refusal.value.message


def test_the_refusal_names_the_place_and_never_the_number():
    """Line, column and what to do next are said; no digit of the number is."""
    refusal = NumberInStatement(read_guarded(data=file("A", LABELLED, LABELLED)).numbers)
    assert ("123456789018" in refusal.message, "ほかに1か所" in refusal.message, refusal.line, refusal.column) == (False, True, 9, "詳細２")


@given(st.from_regex(r"[1-9][0-9]{10}", fullmatch=True), st.sampled_from(["マイナンバー {}", "個人番号：{}", "{}", "カンパ {} です"]))
def test_nothing_blocked_is_left(first_eleven, words):
    """Whatever number in whatever words: after reading no cell would be refused by the database."""
    found = read_guarded(data=file(words.format(number(first_eleven))))
    levels = [finding.level for line in found.statement.lines for finding in scan(line.detail_2, FieldClass.FREE_TEXT)]
    assert Level.BLOCK not in levels
