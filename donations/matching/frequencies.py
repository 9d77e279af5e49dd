"""How common a name is in the nation: the chance that somebody unknown writes exactly this string.

Surnames: japanese-personal-name-dataset (MIT, version 0.4.0), 1,999 surnames with their estimated population, one reading
each, 99.6 of about 124 million people.  Given names: the dataset has no counts, but the number of ways in which a reading
is written is a fair stand-in for how popular it is; where the register has counts they come first (absolute discounting).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from japanese.kana import fold_kana
from japanese.names import kana_key, kanji_key
from japanese.readings import dataset_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from donations.matching.register import Population

NATION = 124_000_000
#: An organisation's name, or any other string that is no usual surname with a given name, turns up at random this often.
ANY_OTHER_STRING = 3e-8
#: A surname read with or without a sound mark (中島 ナカジマ, ナカシマ) that the dataset does not list: this share of the other.
OTHER_VOICING = 0.25
_DISCOUNT = 0.6
_LONGEST_SURNAME = 6
#: Half of the payers show in kana, half in kanji.
IN_THIS_SCRIPT = 0.5
_UNLISTED_GIVEN = 1e-5
_IS_KANA = re.compile("[ァ-ヺ]{2,}").fullmatch
_DEVOICED = str.maketrans("ガギグゲゴザジズゼゾダデドバビブベボ", "カキクケコサシスセソタテトハヒフヘホ")


@cache
def surname_shares() -> Mapping[str, float]:
    """Return the share of the nation for each surname key, by kana and by kanji."""
    shares: dict[str, float] = {}
    for kanji, people, reading, *_rest in dataset_rows("last_name_org.csv"):
        share = int(people) / NATION
        for key in (kana_key(reading), kanji_key(kanji)):
            shares[key] = shares.get(key, 0.0) + share
    return shares


@cache
def _devoiced_shares() -> Mapping[str, float]:
    """Return the share of each surname key written without sound marks."""
    shares: dict[str, float] = {}
    for key, share in surname_shares().items():
        bare = key.translate(_DEVOICED)
        shares[bare] = shares.get(bare, 0.0) + share
    return shares


@cache
def given_shares() -> Mapping[str, float]:
    """Return a rough share for each given-name key by kana: in proportion to the ways of writing it."""
    ways: dict[str, int] = {}
    for file_name in ("first_name_man_org.csv", "first_name_woman_org.csv"):
        for reading, _latin, *written in dataset_rows(file_name):
            key = fold_kana(reading)
            ways[key] = ways.get(key, 0) + len(written)
    total = sum(ways.values())
    return {key: count / total for key, count in ways.items()}


@lru_cache(maxsize=32768)
def surname_share(key: str) -> float:
    """Return the share of the nation with this surname (key by kana or kanji); 0.0 for one that is not listed."""
    share = surname_shares().get(key)
    if share is not None:
        return share
    if not _IS_KANA(key):
        return 0.0
    return OTHER_VOICING * _devoiced_shares().get(key.translate(_DEVOICED), 0.0)


@cache
def _surname_beginnings() -> frozenset[str]:
    """Return every beginning of a surname key written without sound marks."""
    return frozenset(bare[:end] for bare in _devoiced_shares() for end in range(1, len(bare) + 1))


def given_share(key: str, crowd: Population) -> float:
    """Return the share of people with this given name, from the register's counts, backed by the dataset."""
    base = 0.9 * given_shares().get(key, 0.0) + _UNLISTED_GIVEN
    if not crowd.given_total:
        return base
    seen = crowd.given_names.get(key, 0)
    return max(seen - _DISCOUNT, 0.0) / crowd.given_total + crowd.unseen_given * base


def string_share(key: str, crowd: Population) -> float:
    """Return the chance that an unknown payer's text has exactly this key: every split into surname and given name.

    Half of the payers show in kana, half in kanji.
    """
    total = ANY_OTHER_STRING
    bare = key[:_LONGEST_SURNAME].translate(_DEVOICED)
    surnames, beginnings = _devoiced_shares(), _surname_beginnings()
    for cut in range(1, min(len(key), _LONGEST_SURNAME + 1)):
        if bare[:cut] not in surnames:
            if bare[:cut] in beginnings:
                continue
            break
        if share := surname_share(key[:cut]):
            total += IN_THIS_SCRIPT * share * given_share(key[cut:], crowd)
    return total


def organisation_share(key: str) -> float:
    """Return the chance that another organisation has exactly this name (key without its legal form): short names repeat."""
    return max(ANY_OTHER_STRING, 3e-6 * 0.7 ** max(0, len(key) - 8))


def surname_in(key: str) -> str:
    """Return the longest usual surname that a key begins with and that leaves a given name; '' where there is none."""
    for cut in range(min(len(key) - 1, _LONGEST_SURNAME), 0, -1):
        if key[:cut] in surname_shares():
            return key[:cut]
    return ""
