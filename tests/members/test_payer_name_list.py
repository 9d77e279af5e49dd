"""The list of payer names: one entry for each name, choices and search."""

from datetime import date

import pytest

from members.learning import learn_payer_name
from members.models import NameOrigin, PayerName
from members.payer_name_list import chips, chosen_names, entries, entry_of, find_names
from tests.factories.members import PayerNameFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def couple(now):
    pair = SupporterFactory.create_batch(2)
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=pair, on=date(2026, 5, 15), at=now, by="choubo")
    return pair


def written(rows):
    return [row.as_written for row in rows]


def test_who_pay_together_are_one_entry(couple):
    """Two rows, one line of the list."""
    (entry,) = entries(list(chosen_names("learned")))
    assert (entry.payers, entry.is_joint, entry.confirmed_count) == (tuple(couple), True, 1)


def test_an_entry_is_found_by_any_of_its_rows(couple):
    """A link from the second supporter's page shows both."""
    second = PayerName.objects.get(joint_group__gt=0, supporter=couple[1])
    assert entry_of(second.pk).payers == tuple(couple)


def test_names_of_nobody_have_no_payer(db):
    """A one-off giver."""
    PayerNameFactory(supporter=None)
    assert [entry.payers for entry in entries(list(chosen_names("nobody")))] == [()]


def test_the_choices_narrow_the_list(couple):
    """Each choice shows its own."""
    PayerNameFactory(supporter=None, as_written="ﾊﾀ ｼﾝ")
    PayerNameFactory(supporter=couple[0], as_written="ｱｵｿﾗ", blocked_for_auto=True)
    assert {chip.value: chip.count for chip in chips("learned")} == {
        "learned": 3, "nobody": 1, "joint": 1, "blocked": 1, "proposed": 0, "registered": 4, "all": 7,
    }  # fmt: skip


def test_the_list_is_in_the_order_of_kana(db):
    """So that a name is found by eye."""
    for text in ("ﾊﾀ ｼﾝ", "ｱｵｿﾗ", "ﾓﾘ ﾏｺﾄ"):
        PayerNameFactory(supporter=None, as_written=text)
    assert written(chosen_names("learned")) == ["ｱｵｿﾗ", "ﾊﾀ ｼﾝ", "ﾓﾘ ﾏｺﾄ"]


@pytest.mark.parametrize("typed", ["アオソラ", "ｱｵｿﾗ", "あおそら", "ソラ"])
def test_a_name_is_found_in_any_kana(db, typed):
    """As it stands in the bank's file, or as a person types."""
    PayerNameFactory(supporter=None, as_written="ｱｵｿﾗ ｼﾖﾃﾝ")
    PayerNameFactory(supporter=None, as_written="ﾊﾀ ｼﾝ")
    assert written(find_names(typed)) == ["ｱｵｿﾗ ｼﾖﾃﾝ"]


def test_the_names_of_a_supporter_are_found_by_number(couple):
    """All of them, the joint one once."""
    found = find_names(couple[1].number)
    assert sorted(row.origin for row in found) == [NameOrigin.LEARNED, NameOrigin.NAME, NameOrigin.READING]


def test_nothing_typed_finds_nothing(couple):
    """Not everything."""
    assert list(find_names("  ")) == []
