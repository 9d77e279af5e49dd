"""Which receipt a 組戻 takes back."""

from datetime import date

from donations.matching.in_memory import InMemoryRegister
from donations.matching.lines import EarlierReceipt, Line
from donations.matching.match import match_batch
from donations.matching.reversals import find_reversed
from donations.matching.suggestions import Pile

RECEIPTS = [
    EarlierReceipt(1, date(2026, 5, 1), 3000, "ｻﾄｳ ｲﾁﾛｳ"),
    EarlierReceipt(2, date(2026, 5, 8), 3000, "ｻﾄｳ ｲﾁﾛｳ"),
    EarlierReceipt(3, date(2026, 5, 8), 5000, "ｻﾄｳ ｲﾁﾛｳ"),
    EarlierReceipt(4, date(2026, 5, 8), 3000, "ｽｽﾞｷ ﾊﾅｺ"),
    EarlierReceipt(5, date(2026, 5, 8), 3000, "ｻﾄｳ ｲﾁﾛｳ", is_reversed=True),
    EarlierReceipt(6, date(2025, 5, 8), 3000, "ｻﾄｳ ｲﾁﾛｳ"),
    EarlierReceipt(7, date(2026, 5, 20), 3000, "ｻﾄｳ ｲﾁﾛｳ"),
]


def back(payer_text, paid_out_yen=3000):
    return Line(9, date(2026, 5, 10), 0, paid_out_yen, payer_text, channel="組戻")


def test_the_newest_receipt_of_that_name_and_amount_comes_first():
    """Another amount, another name, one taken back already, one a year old and one still to come do not count."""
    assert [found.receipt_id for found in find_reversed(back("ｻﾄｳ ｲﾁﾛｳ"), RECEIPTS)] == [2, 1]


def test_the_reasons_are_sentences():
    """Name, amount and days are said."""
    found = find_reversed(back("ｻﾄｳ ｲﾁﾛｳ"), RECEIPTS)[0]
    assert [reason.sentence for reason in found.evidence] == [
        "払込人名が同じです。", "3,000円で、金額が同じです。", "2日前の入金です。",
    ]


def test_without_a_name_every_receipt_of_that_amount_is_shown():
    """組戻 with no name: the amount leads, and the missing name is said."""
    found = find_reversed(back(""), RECEIPTS)
    assert ([row.receipt_id for row in found], found[0].evidence[0].code) == ([2, 4, 1], "no_name")


def test_nothing_of_that_amount():
    """No receipt, no candidate."""
    assert find_reversed(back("ｻﾄｳ ｲﾁﾛｳ", 700), RECEIPTS) == []


def test_a_batch_asks_about_a_reversal_and_shows_its_receipts():
    """A withdrawal with 組戻 is asked, credits nobody, and names what it takes back."""
    match = match_batch([back("ｻﾄｳ ｲﾁﾛｳ")], InMemoryRegister([]), earlier=RECEIPTS)[0]
    assert (match.pile, match.suggestions, [row.receipt_id for row in match.reverses]) == (Pile.ASK, (), [2, 1])


def test_a_withdrawal_with_a_payers_name_is_looked_up_without_the_word():
    """The bank may leave out 組戻: name and amount are enough to ask."""
    line = Line(9, date(2026, 5, 10), 0, 3000, "ｻﾄｳ ｲﾁﾛｳ", channel="振込")
    assert [row.receipt_id for row in match_batch([line], InMemoryRegister([]), earlier=RECEIPTS)[0].reverses] == [2, 1]
