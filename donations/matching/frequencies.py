"""How common a name is in the nation: the chance that somebody unknown writes exactly this string.

Surnames: japanese-personal-name-dataset (MIT), 1,999 surnames with their estimated population, one reading each, 99.6 of
about 124 million people.  Given names: the dataset has no counts, but the number of ways in which a reading is written is a
fair stand-in for how popular it is; where the register has counts they come first (absolute discounting).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from japanese.names import kana_key, kanji_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from donations.matching.register import Population

NATION = 124_000_000
#: Share of one surname that is not in the list: the rest of the nation over some 100,000 rare surnames.
RARE_SURNAME = 2e-6
#: An organisation's name, or any other string that is no surname and given name, turns up at random this often.
ANY_OTHER_STRING = 3e-8
_DISCOUNT = 0.6
_LONGEST_SURNAME = {"kana": 6, "kanji": 3}
_UNLISTED_GIVEN = {"kana": 1e-5, "kanji": 2e-5}


def _rows(file_name: str) -> Iterator[list[str]]:
    """Yield the rows of one of the dataset's files."""
    path = resources.files("japanese_personal_name_dataset") / "dataset" / file_name
    with path.open(encoding="utf-8") as lines:
        yield from csv.reader(lines)


@cache
def surname_shares() -> Mapping[str, float]:
    """Return the share of the nation for each surname key, by kana and by kanji."""
    shares: dict[str, float] = {}
    for kanji, people, reading, *_rest in _rows("last_name_org.csv"):
        share = int(people) / NATION
        for key in (kana_key(reading), kanji_key(kanji)):
            shares[key] = shares.get(key, 0.0) + share
    return shares


@cache
def given_shares() -> Mapping[str, float]:
    """Return a rough share for each given-name key by kana: in proportion to the ways of writing it."""
    ways: dict[str, int] = {}
    for file_name in ("first_name_man_org.csv", "first_name_woman_org.csv"):
        for reading, _latin, *written in _rows(file_name):
            key = kana_key(reading)
            ways[key] = ways.get(key, 0) + len(written)
    total = sum(ways.values())
    return {key: count / total for key, count in ways.items()}


def surname_share(key: str) -> float:
    """Return the share of the nation with this surname (key by kana or kanji); a small constant for a rare one."""
    return surname_shares().get(key, RARE_SURNAME)


def given_share(key: str, script: str, crowd: Population) -> float:
    """Return the share of people with this given name, from the register's counts, backed by the dataset."""
    base = given_shares().get(key, 0.0) if script == "kana" else 0.0
    base = 0.9 * base + _UNLISTED_GIVEN.get(script, 1e-5)
    counts = crowd.given_names
    if not counts or not crowd.supporters:
        return base
    seen = counts.get(key, 0)
    unseen_mass = min(1.0, _DISCOUNT * len(counts) / (2 * crowd.supporters))
    return max(seen - _DISCOUNT, 0.0) / crowd.supporters + unseen_mass * base


def string_share(key: str, script: str, crowd: Population) -> float:
    """Return the chance that an unknown payer's text has exactly this key: every split into surname and given name."""
    shares = surname_shares()
    total = ANY_OTHER_STRING
    for cut in range(1, min(len(key) - 1, _LONGEST_SURNAME.get(script, 6)) + 1):
        surname = shares.get(key[:cut])
        if surname is not None:
            total += surname * given_share(key[cut:], script, crowd)
        elif cut > 1 or script != "kana":
            total += RARE_SURNAME * given_share(key[cut:], script, crowd)
    return total
