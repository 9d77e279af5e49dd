"""An unknown CSV on its way through the page holds no number of a person."""

import pytest
from stdnum.jp import in_

from donations import guarded_table
from donations.bankfiles.mapping_roles import Role, mapping_of
from donations.guarded_table import unseal_table
from privacy.errors import Refused
from privacy.national_ids import MARK

NUMBER = "123456789018"


def table(*rows):
    return guarded_table.guarded_table("".join(f"{row}\n" for row in ("日付,入金,名前,控え", *rows)).encode())


def mapping(*roles):
    return mapping_of(["日付", "入金", "名前", "控え"], [Role(role) for role in roles], name="X")


def test_a_labelled_number_is_blanked_and_its_place_kept():
    """Line and column, never the number."""
    found = table(f"2026/9/1,1000,マイナンバー {NUMBER},")
    assert (NUMBER in str(found), MARK in found.table.rows[1][1][2], [(one.line, one.place) for one in found.blanked]) == (False, True, [(2, 2)])


def test_the_number_is_told_of_again_when_its_column_is_kept():
    """The preview asks as it does for every file."""
    file = table("2026/9/1,1000,A,", f"2026/9/2,1000,マイナンバー {NUMBER},").read(mapping("day", "received", "detail_2", "unused"))
    assert [(one.index, one.line, one.column) for one in file.numbers] == [(1, 3, "詳細２")]


def test_a_number_in_an_unused_column_needs_no_word():
    """It is gone and goes nowhere."""
    file = table(f"2026/9/1,1000,A,マイナンバー {NUMBER}").read(mapping("day", "received", "detail_2", "unused"))
    assert (file.numbers, file.statement.lines[0].detail_2) == ((), "A")


def test_it_comes_back_as_it_went():
    """Rows, digest and places survive the page."""
    found = table("2026/9/1,1000,A,", f"2026/9/2,1000,マイナンバー {NUMBER},")
    assert unseal_table(found.seal()) == found


def test_an_old_page_is_refused(monkeypatch):
    """An hour later the file has to be chosen again."""
    word = table("2026/9/1,1000,A,").seal()
    monkeypatch.setattr(guarded_table, "MINUTES", -1)
    with pytest.raises(Refused) as refusal:
        unseal_table(word)
    assert refusal.value.code == "preview_expired"


def test_a_whole_column_of_numbers_is_blanked():
    """Three bare numbers that all pass the check are no chance, in a column nobody has named yet."""
    numbers = [f"{n}23{n}5678{n}17" + in_.calc_check_digit(f"{n}23{n}5678{n}17") for n in (4, 5, 6)]
    found = table(*(f"2026/9/{day},1000,A,{number}" for day, number in enumerate(numbers, start=1)))
    assert [cells[3] for _line, cells in found.table.rows[1:]] == [MARK] * 3
    assert not any(number in found.seal() or number in str(found) for number in numbers)
