"""How common a name is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.matching.crowd import crowd_of
from donations.matching.frequencies import (
    ANY_OTHER_STRING,
    organisation_share,
    string_share,
    surname_in,
    surname_share,
)
from donations.matching.register import Person

PEOPLE = [
    Person(place, "", "", "individual", f"佐藤 {given}", f"サトウ {kana}", 1000, last_paid_on=date(2025, 5, 1))
    for place, (given, kana) in enumerate([("一郎", "イチロウ"), ("一郎", "イチロウ"), ("花子", "ハナコ"), ("春海", "ハルミ")], 1)
]
CROWD = crowd_of(PEOPLE)


def test_the_commonest_surname():
    """佐藤: 1,887,000 of 124 million."""
    assert surname_share("サトウ") == pytest.approx(0.0152, rel=0.02)


def test_a_surname_with_another_voicing_counts_less():
    """ナカシマ is not listed, ナカジマ is: it counts, but less."""
    assert 0 < surname_share("ナカシマ") < surname_share("ナカジマ") / 2


def test_a_common_name_is_likelier_than_a_rare_one():
    """佐藤一郎 before 佐藤龘, and both above any string."""
    assert string_share("サトウイチロウ", CROWD) > string_share("サトウペルペ", CROWD) > ANY_OTHER_STRING


def test_names_of_the_register_count_more():
    """Two of four are called イチロウ."""
    assert string_share("サトウイチロウ", CROWD) > 2 * string_share("サトウハナコ", CROWD)


@given(st.text("アイウエオカキクケコサシスセソタチツテトナニヌネノ", min_size=2, max_size=12))
def test_every_share_is_a_probability(key):
    """Between the floor and one."""
    assert ANY_OTHER_STRING <= string_share(key, CROWD) <= 1.0


def test_a_short_name_of_an_organisation_repeats_sooner():
    """ミドリノカイ before a long one."""
    assert organisation_share("ミドリノカイ") > organisation_share("シモダミドリノチイキヲマモルカイ")


@pytest.mark.parametrize(("key", "surname"), [("サトウイチロウ", "サトウ"), ("佐々木花子", ""), ("佐佐木花子", "佐佐木"), ("ペルペ", "")])
def test_the_surname_in_a_key(key, surname):
    """The longest usual one; keys have 々 written out."""
    assert surname_in(key) == surname


def test_a_crowd_counts_given_names_in_both_scripts():
    """一郎 and イチロウ, twice each, and who paid is likely to pay."""
    assert (CROWD.given_names["一郎"], CROWD.given_names["イチロウ"], CROWD.payers) == (2, 2, pytest.approx(3.6))
