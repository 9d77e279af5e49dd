"""Readings proposed for a written name."""

import pytest

from japanese.readings import dataset_rows, propose_readings


@pytest.mark.parametrize(
    ("name", "reading"),
    [("佐藤 一郎", "サトウ イチロウ"), ("中島 さくら", "ナカシマ サクラ"), ("髙橋 久美子", "タカハシ クミコ"), ("齋藤 歳三", "サイトウ トシゾウ"), ("鈴木 キミ江", "スズキ キミエ")],
)
def test_the_true_reading_is_among_the_proposals(name, reading):
    """Usual names, second surname readings, variant kanji, given names in hiragana."""
    assert reading in propose_readings(name, most=8)


@pytest.mark.parametrize("name", ["", "佐藤", "みどりの会", "不存在姓 一郎", "佐藤 龘龘"])
def test_no_proposal_for_what_is_not_known(name):
    """One word, an organisation, an unknown part: nothing is made up."""
    assert propose_readings(name) == []


def test_no_more_than_asked_for():
    """智子 has many readings."""
    assert len(propose_readings("佐藤 智子", most=3)) == 3


def test_proposals_are_distinct():
    """No reading comes twice."""
    proposals = propose_readings("佐藤 幸子", most=20)
    assert len(set(proposals)) == len(proposals)


def test_the_dataset_has_the_commonest_surname_first():
    """佐藤, with its estimated population."""
    assert next(iter(dataset_rows("last_name_org.csv")))[:2] == ["佐藤", "1887000"]
