"""The database itself refuses the plainest numbers, names the column, and never refuses what the scanner lets pass."""

import pytest
from hypothesis import example, given, settings

from privacy.findings import FieldClass, Level
from privacy.national_ids import scan
from privacy.table_guards import message, place_in
from tests.privacy.plain_numbers import grouped, made_number, refusing_database, texts

refuses = refusing_database()


@pytest.mark.parametrize("field_class", [FieldClass.STRUCTURED, FieldClass.FREE_TEXT])
@settings(max_examples=1500)
@given(text=texts)
@example(text="佐川123456789018")
@example(text="口 座 123456789018")
def test_what_the_database_refuses_the_scanner_blocks(field_class, text) -> None:
    """Words that name another number, dates, calls, accounts and parcels are left to the scanner."""
    if refuses(text, field_class):
        assert Level.BLOCK in {finding.level for finding in scan(text, field_class)}


@pytest.mark.parametrize("write", [str, grouped, lambda number: grouped(number, " "), lambda number: f"山田 花子　{number}"])
def test_a_single_fact_holds_no_twelve_digits(write) -> None:
    """Bare, grouped, or behind a name."""
    assert refuses(write(made_number()), FieldClass.STRUCTURED)


def test_a_single_fact_holds_no_twelve_digits_that_fail_the_check() -> None:
    """A mistyped number is still somebody's."""
    number = made_number()
    assert refuses(number[:11] + str((int(number[11]) + 1) % 10), FieldClass.STRUCTURED)


@pytest.mark.parametrize("label", ["マイナンバー", "個人番号：", "わたしのマイナンバーは "])
@pytest.mark.parametrize("field_class", [FieldClass.STRUCTURED, FieldClass.FREE_TEXT])
def test_behind_its_own_name_it_is_refused_everywhere(label, field_class) -> None:
    """The name touches the number."""
    assert refuses(f"{label}{made_number()}です", field_class)


def test_a_bare_number_in_free_text_may_have_been_vouched_for() -> None:
    """Only a person can tell it from a parcel's; the form asked that person."""
    assert not refuses(made_number(), FieldClass.FREE_TEXT)


@pytest.mark.parametrize(
    "text", ["001002729745", "202611231234", "+819012345678", "追跡番号 1234-5678-9018", "20261123000001", "共通番号いらないネット 00100-2-729745"]
)
@pytest.mark.parametrize("field_class", [FieldClass.STRUCTURED, FieldClass.FREE_TEXT])
def test_ordinary_numbers_pass(text, field_class) -> None:
    """Accounts, moments, calls, parcels with their label, the bank's own numbers."""
    assert not refuses(text, field_class)


def test_the_column_is_read_out_of_the_message() -> None:
    """Where PostgreSQL and SQLite wrap it in more words, too."""
    assert (place_in(f"ERROR: {message('members_supporter.name')}\nCONTEXT: x"), place_in("UNIQUE constraint failed: a.b")) == (
        ("members_supporter", "name"), None,
    )
