"""Readings by the optional dictionary of words."""

import pytest

from japanese import dictionary_readings
from japanese.dictionary_readings import dictionary_reading, is_installed, likely_readings

needs_dictionary = pytest.mark.skipif(not is_installed(), reason="the extra `readings` is not installed")


@pytest.fixture
def no_dictionary(monkeypatch):
    """As if the extra were not installed."""
    monkeypatch.setattr(dictionary_readings, "find_spec", lambda _name: None)
    dictionary_reading.cache_clear()
    yield
    dictionary_reading.cache_clear()


@needs_dictionary
@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("御子柴 歳三", "ミコシバ トシゾウ"), ("みどりの会", "ミドリノカイ"), ("緑の風 東京支部", "ミドリノカゼ トウキョウシブ"),
        ("龘龘 一郎", ""), ("", ""),
    ],
)
def test_the_likeliest_reading(name, reading):
    """People in two parts, groups as they stand; nothing for signs that nobody can read."""
    assert dictionary_reading(name) == reading


@needs_dictionary
@pytest.mark.parametrize(
    ("name", "of_a_group", "first"),
    [("佐藤 智子", False, "サトウ トモコ"), ("吉田 カズ子", False, "ヨシダ カズコ"), ("みどり地域センター", True, "ミドリチイキセンター")],
)
def test_what_comes_first(name, of_a_group, first):
    """The dictionary's reading where the dataset has it too or has none, else the dataset's (カズ子 is no カズシ)."""
    assert likely_readings(name, 6, of_a_group=of_a_group)[0] == first


def test_no_reading_comes_twice():
    """The dictionary's is mostly among those of the dataset."""
    readings = likely_readings("佐藤 幸子", 6)
    assert (len(readings), len(set(readings))) == (len(set(readings)), len(readings))


def test_without_the_dictionary_people_still_have_proposals(no_dictionary):
    """The name dataset alone; groups have none then."""
    assert ("サトウ イチロウ" in likely_readings("佐藤 一郎", 6), likely_readings("みどりの会", 6, of_a_group=True)) == (True, [])
