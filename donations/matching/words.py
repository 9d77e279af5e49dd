"""The words that stand around a name in a payer text: purposes, titles, reversals, labels of numbers.

Bank texts write small kana large (ｶｲﾁﾖｳ for カイチョウ), typed ones do not; each kana word is matched in both ways.
"""

from __future__ import annotations

import re

_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


def _any_of(words: str) -> str:
    """Return a regular expression for any of the words, longest first, small kana also written large."""
    both = {spelling for word in words.split() for spelling in (word, word.translate(_LARGE))}
    return "(?:" + "|".join(re.escape(word) for word in sorted(both, key=lambda word: (-len(word), word))) + ")"


PURPOSE = _any_of(
    "年会費 会費 年度会費 賛助会費 維持会費 賛同金 賛助金 協賛金 寄付金 寄附金 寄付 寄附 ご寄付 ご寄附 カンパ 支援金 募金 献金 購読料 代金 "
    "ネンカイヒ カイヒ ネンドカイヒ サンジョカイヒ イジカイヒ サンドウキン サンジョキン キョウサンキン キフキン ゴキフ シエンキン ボキン ケンキン "
    "コウドクリョウ",
)
_PURPOSE_APART = _any_of("キフ ダイ ネンガク 年額 として トシテ 様 サマ 殿 会員 カイイン")
_AMOUNT_WORDS = r"(?:(?:R|H|令和|平成|レイワ)?\s?\d{1,4}\s?(?:年度分?|年分?|ネンドブン|ネンド|ネンブン|ネン|口分?|クチ|円|エン|ヶ?月分?))"

#: What may follow a name and is no part of it.  Short kana words count only after a space or a bracket.
SUFFIX = re.compile(rf"(?:[\s(・/]*(?:{PURPOSE}|{_AMOUNT_WORDS})|[\s(・/]+{_PURPOSE_APART})+[\s)]*$")
#: What may stand before a name and is no part of it.
PREFIX = re.compile(rf"^(?:[\s(]*(?:{PURPOSE}|{_AMOUNT_WORDS})[\s)・:/]*)+(?=\S)")

TITLE = re.compile(
    r"[\s(]*"
    + _any_of(
        "代表取締役社長 代表取締役 代表理事 代表者 代表 副代表 共同代表 理事長 会長 副会長 事務局長 事務局 事務長 会計担当 会計係 会計 経理 担当者 担当 "
        "世話人 院長 園長 所長 支部長 委員長 執行委員長 書記長 住職 店長 取締役 理事 "
        "ダイヒョウトリシマリヤク ダイヒョウリジ ダイヒョウシャ ダイヒョウ リジチョウ カイチョウ ジムキョクチョウ ジムキョク カイケイタントウ カイケイガカリ カイケイ ケイリ "
        "タントウ セワニン インチョウ エンチョウ ショチョウ シブチョウ イインチョウ ショキチョウ ジュウショク テンチョウ トリシマリヤク リジ",
    )
    + r"[\s):・]*",
)

BEHALF_END = re.compile(r"(?:(?<=[^\d\s年度口月])分|[\s]?ブン|代理|ダイリ)[\s)]*$")
REVERSAL = re.compile(r"組み?戻し?|取り?消し?|返却|クミモドシ?|トリケシ|ヘンキャク|ヘンキヤク")
#: The same in the message, where people also write of other things to take back.
GIVEN_BACK = re.compile(r"組み?戻し?|クミモドシ?")
#: The bank's own bookings: a fee or interest, and no name beside it.
BANK_OWN = re.compile(
    r"^\s*(?:料\s*金|(?:振込|払込|振替|通知|受払|取扱)?手数料|(?:フリコミ|フリカエ|ハライコミ|ツウチ)?テスウリ[ヨョ]ウ|リ[ヨョ]ウキン|(?:受取|決算)?利[子息]|(?:ケツサン|ケッサン|ウケトリ)?(?:オ)?(?:リソク|リシ))\s*$",
)
JOINT = re.compile(r"[・、,&/]|(?<=[一-鿿])と(?=[一-鿿])")

PHONE = re.compile(r"(?<!\d)(?:0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}|0[5789]0\d{8}|0\d{9})(?!\d)")
POSTCODE = re.compile(r"(?:〒\s?(\d{3})-?(\d{4})|(?<![\d-])(\d{3})-(\d{4}))(?![\d-])")
LABELLED_NUMBER = re.compile(
    r"(?:支援者番号|賛同人番号|会員番号|お客様番号|番号|会員No|支援者|会員|バンゴウ|カイインバンゴウ|ナンバ[ー-]?|ID|NO|No|no|№|#)[\s.:=]*([A-Za-z]{0,2}-?\d[\d-]{0,10})",
)
NUMBER_AT_EDGE = re.compile(r"^\s*([A-Za-z]?\d{2,10})(?!\d|\s?(?:[口円年月]|クチ|エン|ネン))[\s:・)]*(?=\D|$)|(?<=[^\d-])[\s(]*([A-Za-z]?\d{2,10})[\s)]*$")
BARE_NUMBER = re.compile(r"(?<![\d-])(\d{3,10})(?![\d-]|\s?(?:[口円年月日丁号階]|番(?:地|\s?\d)))")
#: What a bare number beside it may belong to.
ADDRESS = re.compile(r"[都道府県市区町村郡]|丁目|番地|号室|マンション|アパート")
#: An address, and no name that has 市, 町 or 村 in it (中村, 町田, 市民の会).
WHOLE_ADDRESS = re.compile(r"[都道府県].{1,6}[市区町村郡]|[市区町村郡].*\d|丁目|番地|号室|マンション|アパート")

#: A text of nothing but names: kana, kanji, spaces, long-vowel signs.
PLAIN = re.compile(r"[ァ-ヴー一-鿿々ヶぁ-ゖ \-]+")
#: What a plain text must not hold if it is to be read in the short way: the first signs of every word above.
TRIGGER = re.compile(
    "会費|助金|同金|賛金|寄付|寄附|カンパ|支援|募金|献金|購読|代金|年額|会員|として|様|殿|年|口|円|月|分|代表|理事|会長|事務|会計|経理|担当|世話|院長|園長|所長|支部|委員|書記|住職|店長|取締"
    "|組|戻|取消|取り|返却|代理|料|利[子息]|と|カイ|キン|キフ|ダイ|サマ|トシテ|ネン|クチ|エン|ブン|リジ|チ[ヨョ]ウ|ジム|ケイリ|タントウ|セワ|シ[ヨョ]キ|ジ[ユュ]ウシ|トリ|クミ|ヘンキ|リ[ヨョ]ウ|リソク|リシ",
)
