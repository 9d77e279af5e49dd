"""Legal forms of organisations: as banks abbreviate them, as people write them, and how to take them off.

Banks write 株式会社 as ｶ) before the name, (ｶ after it, (ｶ) inside it; a form is recognised only with its bracket,
or written out. Tables: 法人略語, 営業所略語 and 事業略語 of the Japanese Bankers Association as published by three
banks (formats.md §3, read 2026-11-23).

A legal form (株式会社 …) says little about who pays and is often left out. A business word (労働組合, 生活協同組合 …)
is part of the name: a company and its union must not become one, so for comparison it is written out, not dropped.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, NamedTuple

from japanese.kana import SMALL_TO_LARGE, to_full_katakana

Position = Literal["before", "after", "middle"]


class FormKind(StrEnum):
    """Which of the banks' three tables a row comes from."""

    LEGAL = "legal"
    OFFICE = "office"
    BUSINESS = "business"


class LegalForm(NamedTuple):
    """One row of the banks' tables: `abbreviation` and `readings` in full-width kana without small ones."""

    name: str
    abbreviation: str
    kind: FormKind
    names: tuple[str, ...]
    readings: tuple[str, ...]


# abbreviation: names written out / kanji in brackets / readings. The first name stands for the row.
_LEGAL = """
カ: 株式会社 / 株 / カブシキガイシヤ カブシキカイシヤ
ユ: 有限会社 / 有 / ユウゲンガイシヤ ユウゲンカイシヤ
メ: 合名会社 / 名 合名 / ゴウメイガイシヤ ゴウメイカイシヤ
シ: 合資会社 / 資 合資 / ゴウシガイシヤ ゴウシカイシヤ
ド: 合同会社 / 同 合同 合 / ゴウドウガイシヤ ゴウドウカイシヤ
イ: 医療法人 医療法人社団 医療法人財団 社会医療法人 / 医 医社 医財 / イリヨウホウジン イリヨウホウジンシヤダン イリヨウホウジンザイダン シヤカイイリヨウホウジン
ザイ: 財団法人 一般財団法人 公益財団法人 / 財 一財 公財 / ザイダンホウジン イツパンザイダンホウジン コウエキザイダンホウジン
シヤ: 社団法人 一般社団法人 公益社団法人 / 社 一社 公社 / シヤダンホウジン イツパンシヤダンホウジン コウエキシヤダンホウジン
シユウ: 宗教法人 / 宗 / シユウキヨウホウジン
ガク: 学校法人 準学校法人 / 学 / ガツコウホウジン ジユンガツコウホウジン
フク: 社会福祉法人 / 福 社福 / シヤカイフクシホウジン
ホゴ: 更生保護法人 / / コウセイホゴホウジン
ソ: 相互会社 / / ソウゴガイシヤ ソウゴカイシヤ
トクヒ: 特定非営利活動法人 認定特定非営利活動法人 NPO法人 認定NPO法人 / 特非 NPO 認定NPO / トクテイヒエイリカツドウホウジン ニンテイトクテイヒエイリカツドウホウジン NPOホウジン ニンテイNPOホウジン エヌピーオーホウジン
ドク: 独立行政法人 / 独 / ドクリツギヨウセイホウジン
チドク: 地方独立行政法人 / 地独 / チホウドクリツギヨウセイホウジン
モク: 中期目標管理法人 / / チユウキモクヒヨウカンリホウジン
ケン: 国立研究開発法人 / / コクリツケンキユウカイハツホウジン
シツ: 行政執行法人 / / ギヨウセイシツコウホウジン
ベン: 弁護士法人 / 弁 / ベンゴシホウジン
チユウ: 有限責任中間法人 無限責任中間法人 / / ユウゲンセキニンチユウカンホウジン ムゲンセキニンチユウカンホウジン
ギヨ: 行政書士法人 / / ギヨウセイシヨシホウジン
シホウ: 司法書士法人 / / シホウシヨシホウジン
ゼイ: 税理士法人 / / ゼイリシホウジン
ダイ: 国立大学法人 公立大学法人 / / コクリツダイガクホウジン コウリツダイガクホウジン
ノウ: 農事組合法人 / / ノウジクミアイホウジン
カンリ: 管理組合法人 / / カンリクミアイホウジン
ロウム: 社会保険労務士法人 / / シヤカイホケンロウムシホウジン
"""

_OFFICE = """
エイ: 営業所 / / エイギヨウシヨ
シユツ: 出張所 / / シユツチヨウジヨ
"""

_BUSINESS = """
レン: 連合会 / / レンゴウカイ
キヨウサイ: 共済組合 / / キヨウサイクミアイ
キヨウクミ: 協同組合 / 協 / キヨウドウクミアイ
セイメイ: 生命保険 / / セイメイホケン
カイジヨウ: 海上火災保険 / / カイジヨウカサイホケン
カサイ: 火災海上保険 / / カサイカイジヨウホケン
ケンポ: 健康保険組合 / / ケンコウホケンクミアイ
コクホ: 国民健康保険組合 / / コクミンケンコウホケンクミアイ
コクホレン: 国民健康保険団体連合会 / / コクミンケンコウホケンダンタイレンゴウカイ
シヤホ: 社会保険診療報酬支払基金 / / シヤカイホケンシンリヨウホウシユウシハライキキン
コウネン: 厚生年金基金 / / コウセイネンキンキキン
ジユウクミ: 従業員組合 / / ジユウギヨウインクミアイ
ロウクミ: 労働組合 / 労 / ロウドウクミアイ
セイキヨウ: 生活協同組合 / 生協 / セイカツキヨウドウクミアイ
シヨクハンキヨウ: 食糧販売協同組合 / / シヨクリヨウハンバイキヨウドウクミアイ
コクキヨウレン: 国家公務員共済組合連合会 / / コツカコウムインキヨウサイクミアイレンゴウカイ
ノウキヨウレン: 農業協同組合連合会 / / ノウギヨウキヨウドウクミアイレンゴウカイ
ケイザイレン: 経済農業協同組合連合会 / / ケイザイノウギヨウキヨウドウクミアイレンゴウカイ
キヨウサイレン: 共済農業協同組合連合会 / / キヨウサイノウギヨウキヨウドウクミアイレンゴウカイ
ギヨキヨウ: 漁業協同組合 / / ギヨギヨウキヨウドウクミアイ
ギヨレン: 漁業協同組合連合会 / / ギヨギヨウキヨウドウクミアイレンゴウカイ
シヤキヨウ: 社会福祉協議会 / 社協 / シヤカイフクシキヨウギカイ
シヨクアン: 公共職業安定所 / / コウキヨウシヨクギヨウアンテイジヨ
トクヨウ: 特別養護老人ホーム / / トクベツヨウゴロウジンホーム
ユウクミ: 有限責任事業組合 / / ユウゲンセキニンジギヨウクミアイ
"""


def _rows(table: str, kind: FormKind) -> list[tuple[LegalForm, list[str]]]:
    rows = []
    for line in table.strip().splitlines():
        abbreviation, rest = line.split(": ", 1)
        names, in_brackets, readings = (part.split() for part in rest.split("/"))
        form = LegalForm(names[0], abbreviation, kind, tuple(names), tuple(readings))
        rows.append((form, [abbreviation, *in_brackets, *names, *readings]))
    return rows


_ROWS = [
    *_rows(_LEGAL, FormKind.LEGAL),
    *_rows(_OFFICE, FormKind.OFFICE),
    *_rows(_BUSINESS, FormKind.BUSINESS),
]

LEGAL_FORMS: tuple[LegalForm, ...] = tuple(form for form, _ in _ROWS)
"""Every form the banks' tables name."""

_WRITTEN_OUT = {word: form for form in LEGAL_FORMS for word in (*form.names, *form.readings)}
_BRACKETED = {word: form for form, words in _ROWS for word in words}
_BY_WORD = {word.replace("ー", ""): form for word, form in _BRACKETED.items()}
_LEGAL_WORDS = [word for word, form in _WRITTEN_OUT.items() if form.kind is FormKind.LEGAL]


def _any_of(words: Iterable[str]) -> str:
    """Give alternatives, longest first, so that 一般社団法人 goes before 社団法人 and ﾄｸﾋ before ｶ."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("ー", "ー?") for word in longest_first)


_TOKEN = f"({_any_of(_BRACKETED)})"
_IN_BRACKETS = re.compile(rf"^\s*\(?\s*{_TOKEN}\s*\)\s*|\s*\(\s*{_TOKEN}\s*(?:\)\s*|$)")
_LEGAL_WORD = re.compile(_any_of(_LEGAL_WORDS))
_ANY_WORD = re.compile(rf"\s*({_any_of(_WRITTEN_OUT)})\s*")
_LOWER_TO_UPPER = {code: chr(code - 32) for code in range(ord("a"), ord("z") + 1)}


def split_legal_form(text: str) -> tuple[str, LegalForm | None, Position | None]:
    """Give (core, form, position): the name without its legal form, the form, and where it stood.

    Reads half and full width, ｶ)ABC, ABC(ｶ, ABC(ｶ)DEF, （株）, ㈱, 株式会社, かぶしきがいしゃ. Position is 'before',
    'after' or 'middle'; form and position are None where there is none, or where nothing would remain.
    The core is in NFKC full-width kana: for comparison and display beside the original, not instead of it.

    >>> split_legal_form('ﾄｸﾋ)ﾐﾄﾞﾘ')[0], split_legal_form('みどり商店（株）')[1].name
    ('ミドリ', '株式会社')
    """
    read = to_full_katakana(text).strip()
    compared = read.translate(_LOWER_TO_UPPER).translate(SMALL_TO_LARGE)
    match = _IN_BRACKETS.search(compared) or _ANY_WORD.search(compared)
    if match is None:
        return read, None, None
    before, after = read[: match.start()], read[match.end() :]
    if not before and not after:
        return read, None, None
    form = _form_of(match)
    position: Position = "middle" if before and after else "before" if after else "after"
    return f"{before} {after}" if before and after else before or after, form, position


def _form_of(match: re.Match[str]) -> LegalForm:
    word = next(group for group in match.groups() if group)
    return _BY_WORD[word.replace("ー", "")]


def fold_legal_forms(folded: str) -> str:
    """Take legal forms off a folded text that still has its ASCII brackets; write business words out; drop brackets.

    Part of the comparison keys (`names`). Repeats until nothing changes; never leaves an empty text.
    """
    if "(" in folded or ")" in folded:
        folded = _fold_brackets(folded)
    while "ホウジン" in folded or "イシヤ" in folded or "法人" in folded or "会社" in folded:
        shorter = _LEGAL_WORD.sub("", folded)
        if shorter in {"", folded}:
            break
        folded = shorter
    return folded


def _fold_brackets(folded: str) -> str:
    while True:
        changed = _IN_BRACKETS.sub(_comparable, folded, count=1)
        if changed == folded or not changed.strip("()"):
            break
        folded = changed
    return folded.replace("(", "").replace(")", "")


def _comparable(match: re.Match[str]) -> str:
    form = _form_of(match)
    if form.kind is FormKind.LEGAL:
        return ""
    in_kanji = match[0].strip("()")[0] >= "一"
    return form.name if in_kanji else form.readings[0].replace("ー", "")
