"""Proposed readings for a person's name: what it may sound like, for finding only, never to be printed or addressed with.

From japanese-personal-name-dataset (MIT, version 0.4.0): 1,999 surnames with one reading each, and the ways of writing
some 9,400 given-name readings. A kanji name usually has several readings. A proposal stays
marked as unconfirmed until a transfer or the person confirms it.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from japanese.kana import to_full_katakana
from japanese.names import kanji_key, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GIVEN_FILES = ("first_name_man_org.csv", "first_name_woman_org.csv")
#: Second readings of frequent surnames, of which the dataset gives only the first (common knowledge, checked by eye).
_SECOND_READINGS = """
中島ナカシマ 山崎ヤマサキ 高田タカタ 吉川キッカワ 東ヒガシ 河野カワノ 上村カミムラ 大谷オオヤ 小山オヤマ 羽田ハダ 柳田ヤナギダ 神田コウダ 菅野スガノ 角田スミダ 長田オサダ
金城キンジョウ 新田シンデン 安部アンベ 中田ナカダ 浜崎ハマザキ 高崎タカザキ 松崎マツサキ 浅田アサタ 渋谷シブタニ 水谷ミズヤ 塩谷シオタニ 熊谷クマタニ 早川ハヤガワ
萩原ハギハラ 荻原オギハラ 藤原フジハラ 菅原スガハラ 桑原クワバラ 生田イクタ 東海林トウカイリン 五十嵐イガラシ 長谷ナガタニ 三枝ミエダ 小谷オダニ 大原オオバラ
"""

#: How the last sign of a given name is read that is otherwise written in kana (トミ子, きみ江).
_LAST_SIGN = {"子": "コ", "江": "エ", "枝": "エ", "代": "ヨ", "世": "ヨ", "美": "ミ", "男": "オ", "夫": "オ", "雄": "オ"}


def dataset_rows(file_name: str) -> Iterator[list[str]]:
    """Yield the rows of one of the dataset's files; raises FileNotFoundError if the package has no such file."""
    path = resources.files("japanese_personal_name_dataset") / "dataset" / file_name
    with path.open(encoding="utf-8") as lines:
        yield from csv.reader(lines)


@cache
def _surname_readings() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for kanji, _people, reading, *_rest in dataset_rows("last_name_org.csv"):
        found.setdefault(kanji_key(kanji), []).append(to_full_katakana(reading))
    for entry in _SECOND_READINGS.split():
        kanji = "".join(sign for sign in entry if not "ァ" <= sign <= "ヺ" and sign != "ー")
        found.setdefault(kanji_key(kanji), []).append(entry[len(kanji) :])
    return found


@cache
def _given_lines() -> str:
    """Return the given-name files as one text of lines 「よみ,yomi,書き方,書き方,」: small, and searched in a fraction of a millisecond."""
    rows = (row for file_name in _GIVEN_FILES for row in dataset_rows(file_name))
    return "\n" + "".join([",".join(row) + ",\n" for row in rows])


@lru_cache(maxsize=4096)
def _given_readings(written: str) -> tuple[str, ...]:
    """Return the readings of a written given name, those with the most ways of writing first."""
    lines, wanted = _given_lines(), f",{written},"
    found: list[tuple[int, str]] = []
    place = lines.find(wanted)
    while place >= 0:
        start, end = lines.rindex("\n", 0, place) + 1, lines.index("\n", place)
        reading = lines[start : lines.index(",", start)]
        found.append((-lines.count(",", start, end), to_full_katakana(reading)))
        place = lines.find(wanted, end)
    return tuple(reading for _ways, reading in sorted(found))


def propose_readings(name: str, most: int = 4) -> list[str]:
    """Return at most ``most`` full-katakana readings 「セイ メイ」 of a name 「姓 名」, the order is rough; [] where a part is unknown.

    >>> propose_readings("佐藤 歳三"), propose_readings("吉田 カズ子")
    (['サトウ トシゾウ'], ['ヨシダ カズコ'])
    """
    parts = to_full_katakana(name).split()
    if len(parts) != 2:
        return []
    surnames = _surname_readings().get(kanji_key(parts[0]), ())
    if not surnames:
        return []
    ranked = sorted(
        (first + second, surname, reading)
        for first, surname in enumerate(surnames)
        for second, reading in enumerate(_readings_of_given(name.split()[1], parts[1]))
    )
    return [f"{surname} {reading}" for _rank, surname, reading in ranked[:most]]


def _readings_of_given(written: str, in_katakana: str) -> Sequence[str]:
    """Return the readings of a given name as the dataset has it, or of one in kana, to the end or but for its last sign (カズ子)."""
    known = _given_readings(written) or _given_readings(kanji_key(in_katakana))
    if known:
        return known
    if script_of(in_katakana) == "kana":
        return (in_katakana,)
    kana, last = in_katakana[:-1], _LAST_SIGN.get(in_katakana[-1])
    return (kana + last,) if last and script_of(kana) == "kana" else ()
