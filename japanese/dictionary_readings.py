"""Readings by a dictionary of words, where SudachiPy is installed (extra ``readings``; Apache License 2.0).

It reads names of groups, which no list of names has, and nine in ten names of people (88 % of 3,000 invented ones, matching.md
section 4, read 2026-11-23).  What it says is a proposal as every other: for finding, never to be printed or addressed with.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from japanese.kana import is_kana_only, to_full_katakana
from japanese.readings import propose_readings

if TYPE_CHECKING:
    from sudachipy import Tokenizer


def is_installed() -> bool:
    """Say whether the dictionary is there."""
    return find_spec("sudachipy") is not None and find_spec("sudachidict_core") is not None


@lru_cache(maxsize=1024)
def dictionary_reading(name: str) -> str:
    """Give the likeliest reading of a name in full katakana: 「セイ メイ」 for 「姓 名」, else without spaces.

    "" where the dictionary is not installed, or does not know how to read a part.

    >>> dictionary_reading("みどりの会") if is_installed() else "ミドリノカイ"
    'ミドリノカイ'
    """
    parts = name.split()
    if not parts or not is_installed():
        return ""
    spoken = [to_full_katakana(reading) for reading in _as_one(parts) or map(_read, parts)]
    return " ".join(spoken) if all(map(is_kana_only, spoken)) else ""


def likely_readings(name: str, most: int, *, of_a_group: bool = False) -> list[str]:
    """Give at most ``most`` readings for a name to be found by: of people those of the name dataset, and of all the dictionary's.

    The dictionary's comes first where the dataset has it too or has none.
    """
    known = [] if of_a_group else propose_readings(name, most)
    first = dictionary_reading(name)
    ordered = [first, *known] if not known or first in known else [known[0], first, *known[1:]]
    return [reading for reading in dict.fromkeys(ordered) if reading][:most]


def _as_one(parts: list[str]) -> list[str]:
    """Give the readings of 姓 and 名 read together, which is surer than one by one; [] where no word ends between them."""
    if len(parts) != 2:
        return []
    words = list(_tokenizer().tokenize("".join(parts)))
    for place in range(1, len(words)):
        if "".join([word.surface() for word in words[:place]]) == parts[0]:
            return ["".join([word.reading_form() for word in part]) for part in (words[:place], words[place:])]
    return []


def _read(part: str) -> str:
    return "".join([word.reading_form() for word in _tokenizer().tokenize(part)])


@cache
def _tokenizer() -> Tokenizer:
    """Load the dictionary: a tenth of a second and some 70 MB, so only where it is asked."""
    from sudachipy import Dictionary

    return Dictionary().tokenizer()
