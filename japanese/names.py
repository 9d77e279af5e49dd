"""Comparison keys of names. They exist to find, never to store in place of a name, never to print.

Two texts with one key are *candidates* for one payer, no more: the keys throw away exactly what people,
banks and keyboards disagree about (matching.md §5). What was typed is kept elsewhere, untouched.

- K1, `kana_key`: readings and bank kana. One size of kana, no dashes, spaces or signs, no legal form.
- K2, `loose_key`: K1 without sound marks and long vowels; for finding near misses only.
- J1, `kanji_key`: written names. Variation selectors off, variant kanji one, 々 written out, no legal form.

Each key is a fixed point: key(key(x)) == key(x).
"""

import re
from functools import lru_cache
from typing import Literal

from japanese.kana import FoldingTable, finish_folding, folding_seed, open_folding, to_full_katakana
from japanese.kanji_variants import VARIANT_TO_USUAL
from japanese.legal_forms import fold_legal_forms

Script = Literal["kana", "kanji", "latin", ""]

_BRACKETS = {ord("("): "(", ord(")"): ")"}
_KANA_TABLE = FoldingTable(folding_seed() | _BRACKETS)
_KANJI_TABLE = FoldingTable(folding_seed() | _BRACKETS | VARIANT_TO_USUAL)

_DEVOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ",
)
# Each way begins with its vowel, so that the search goes from vowel to vowel; the sign before decides.
_LONG_VOWEL = re.compile(
    "ア(?<=[アカサタナハマヤラワ]ア)ア*|イ(?<=[イキシチニヒミリ]イ)イ*|ウ(?<=[ウクスツヌフムユル]ウ)ウ*"
    "|エ(?<=[エケセテネヘメレ]エ)[エイ]*|イ(?<=[エケセテネヘメレ]イ)[エイ]*"
    "|オ(?<=[オコソトノホモヨロ]オ)[オウ]*|ウ(?<=[オコソトノホモヨロ]ウ)[オウ]*"
)
_KANJI = re.compile("[々〆〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_KANA = re.compile("[ぁ-ゖァ-ヺㇰ-ㇿ]")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]")


def _key(text: str, table: FoldingTable) -> str:
    return finish_folding(fold_legal_forms(open_folding(text).translate(table)))


@lru_cache(maxsize=4096)
def kana_key(text: str) -> str:
    """Give K1, the key under which readings and bank kana are compared.

    >>> kana_key('ﾄｸﾋ)ﾐﾄﾞﾘﾉﾁｷﾕｳ') == kana_key('特定非営利活動法人 みどりのちきゅう')
    True
    """
    return _key(text, _KANA_TABLE)


@lru_cache(maxsize=4096)
def kanji_key(text: str) -> str:
    """Give J1, the key under which written names are compared.

    >>> kanji_key('髙橋　佐々子') == kanji_key('高橋佐佐子')
    True
    """
    return _key(text, _KANJI_TABLE)


def loose_key(text: str) -> str:
    """Give K2, a rough key for the index of near misses: K1 devoiced, long vowels dropped.

    >>> loose_key('おおの ゆうこ') == loose_key('ｵﾉ ﾕ-ｺ')
    True
    """
    return loosened(kana_key(text))


@lru_cache(maxsize=8192)
def loosened(key: str) -> str:
    """Give K2 of a text that is K1 (or J1) already.

    >>> loosened('オオノユウコ')
    'オノユコ'
    """
    return _LONG_VOWEL.sub("", key.translate(_DEVOICED))


def script_of(text: str) -> Script:
    """Say how a name is written: 'kanji' if it holds any, else 'kana', else 'latin', else ''."""
    return _script_of_read(to_full_katakana(text))


def _script_of_read(read: str) -> Script:
    if _KANJI.search(read):
        return "kanji"
    if _KANA.search(read):
        return "kana"
    return "latin" if _LATIN.search(read) else ""


@lru_cache(maxsize=4096)
def comparison_key(text: str) -> tuple[Script, str]:
    """Give (script, key): J1 for names with kanji, K1 for kana and Latin ones, ('', '') for no name at all.

    The script is that of what remains once the legal form is off: ㈱みどり is compared as kana.

    >>> comparison_key('ｻﾄｳ ﾊﾅｺ'), comparison_key('㈱みどり')
    (('kana', 'サトウハナコ'), ('kana', 'ミドリ'))
    """
    key = kanji_key(text)
    script = _script_of_read(key)
    return (script, key) if script else ("", "")
