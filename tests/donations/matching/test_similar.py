"""Names that look alike."""

import pytest

from donations.matching.crowd import crowd_of
from donations.matching.likeness import Route, likeness
from donations.matching.register import Person
from donations.matching.similar import MOST, SimilarNames

KEYS = ["サトウイチロウ", "サトウジロウ", "サイトウイチロウ", "カトウイチロウ", "ヤマダハナコ", "ミドリノチキユウヲマモルカイ"]
CROWD = crowd_of([Person(1, "", "", "individual", "佐藤 一郎", "サトウ イチロウ", 1000)])


@pytest.mark.parametrize(
    ("seen", "known"),
    [("サトウイチロ", "サトウイチロウ"), ("サトオイチロウ", "サトウイチロウ"), ("ヤマタハナコ", "ヤマダハナコ"), ("ミドリノチキユウヲマ", "ミドリノチキユウヲマモルカイ")],
)
def test_the_nearest_name_comes_first(seen, known):
    """Long vowels, slips, sound marks, a name cut off."""
    assert SimilarNames(KEYS).alike(seen)[0] == known


def test_the_name_itself_is_left_out():
    """Only others."""
    assert "サトウイチロウ" not in SimilarNames(KEYS).alike("サトウイチロウ")


def test_no_more_than_the_limit():
    """Of two hundred with the same surname, at most the limit."""
    keys = [f"サトウ{first}{second}" for first in "アイウエオカキクケコサシスセ" for second in "タチツテトナニヌネノハヒフヘホ"]
    assert len(SimilarNames(keys).alike("サトウマミ")) == MOST


def test_an_empty_index_finds_nothing():
    """A register without names."""
    assert SimilarNames([]).alike("サトウイチロウ") == []


@pytest.mark.parametrize(
    ("seen", "known", "surname", "route"),
    [
        ("サトウイチロ", "サトウイチロウ", "サトウ", Route.CUT_OFF),
        ("ミドリノチキユウヲマモルカ", "ミドリノチキユウヲマモルガクシヤノカイ", "", Route.CUT_OFF),
        ("イチロウサトウ", "サトウイチロウ", "", Route.TURNED),
        ("サトウイチモウ", "サトウイチロウ", "", Route.SLIP),
        ("サトウハナコ", "サトウイチロウ", "サトウ", Route.FAMILY),
        ("タナカイチロウ", "サトウイチロウ", "タナカ", Route.FORMER_NAME),
        ("ヤマダハナコ", "サトウイチロウ", "ヤマダ", Route.ALIKE),
    ],
)
def test_how_one_name_comes_from_another(seen, known, surname, route):
    """Cut off (even in the middle of a sound mark), turned, a slip, a relative, a former name, or nothing of that."""
    assert likeness(seen, known, surname, CROWD, maybe_cut=False)[0] == route


def test_a_cut_is_likelier_at_a_banks_limit():
    """A text of just 20, 30 or 48 signs."""
    at_limit = likeness("サトウイチロ", "サトウイチロウ", "", CROWD, maybe_cut=True)[1]
    assert at_limit > likeness("サトウイチロ", "サトウイチロウ", "", CROWD, maybe_cut=False)[1]
