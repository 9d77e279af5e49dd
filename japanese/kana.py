"""Kana: one spelling for comparison, one for writing bank files.

Bank files write payers in half-width katakana with separate sound marks, large kana for small ones, and an ASCII
hyphen for the long vowel (Japanese Bankers Association, permitted characters, as gathered in the design notes,
read 2026-11-23). People type hiragana, full-width katakana, small kana and a dozen kinds of dash.
Nothing made here for comparison may be stored in place of what was typed, or printed.
"""

import re
import unicodedata

from japanese.errors import FormatError, Reason

# Spacing sound marks become combining ones, so that NFKC joins them to the kana before (カ゛ → ガ).
_SOUND_MARKS = {0x309B: 0x3099, 0x309C: 0x309A}
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}

_SMALL = "ァィゥェォヵヶッャュョヮㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
_LARGE = "アイウエオカケツヤユヨワクシストヌハヒフヘホムラリルレロ"
SMALL_TO_LARGE = {ord(small): large for small, large in zip(_SMALL, _LARGE, strict=True)}

# What a person, a bank or a spreadsheet may put where a long vowel or a hyphen belongs.
DASHES = "-ーｰ－−‐‑‒–—―⁃﹘﹣─━~〜～"

_SAME_SOUND = str.maketrans({
    "ヲ": "オ", "ヂ": "ジ", "ヅ": "ズ", "ヰ": "イ", "ヱ": "エ", "ヷ": "バ", "ヸ": "ビ", "ヹ": "ベ", "ヺ": "ボ",
})  # fmt: skip
_V_ROW = re.compile("ヴ([アイエオヤユヨ]?)")
_V_TO_B = {"": "ブ", "ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ", "ヤ": "ビヤ", "ユ": "ビユ", "ヨ": "ビヨ"}
_REPEAT = re.compile("(.?)([ヽヾ々〻]+)")
_VOICED = str.maketrans(
    "カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダジズデドバビブベボ"
)
_UNVOICED = str.maketrans("ガギグゲゴザジズゼゾダデドバビブベボ", "カキクケコサシスセソタテトハヒフヘホ")

_READING = re.compile(f"[\\s・.{re.escape(DASHES)}]*[ァ-ヺㇰ-ㇿ][ァ-ヺヽヾㇰ-ㇿ\\s・.{re.escape(DASHES)}]*")


class FoldingTable(dict[int, str]):
    """A `str.translate` table that decides about a character when it first meets it.

    Letters and digits stay, Latin accents go, everything else (spaces, dashes, punctuation, lone marks) is
    dropped, except what `seed` says. At most one entry for each character of the basic plane is remembered.
    """

    def __init__(self, seed: dict[int, str]) -> None:
        super().__init__(seed)

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if code <= 0xFFFF:
            self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    if unicodedata.category(char)[0] not in "LN":
        return ""
    base = unicodedata.normalize("NFKD", char)[0]
    if base.isascii():
        return base if base.isalnum() else ""
    return char


def folding_seed() -> dict[int, str]:
    """Give the kana part of a `FoldingTable`: hiragana, small kana, same-sounding kana, dashes."""
    seed = dict.fromkeys(map(ord, DASHES), "")
    for code in range(0x30A1, 0x30FB):
        large = SMALL_TO_LARGE.get(code, chr(code))
        seed[code] = large.translate(_SAME_SOUND)
    for code in range(0x31F0, 0x3200):
        seed[code] = SMALL_TO_LARGE[code]
    for hiragana, katakana in _HIRAGANA_TO_KATAKANA.items():
        seed[hiragana] = seed.get(katakana, chr(katakana))
    return seed


_FOLDING = FoldingTable(folding_seed())


def to_full_katakana(text: str) -> str:
    """Give NFKC with hiragana turned into katakana; kanji, Latin, digits and signs stay (in their NFKC form).

    Small kana, dashes and spaces are kept. For reading and comparing, not for storing: NFKC alone changes 84
    ideographs that people have in their names.

    >>> to_full_katakana('ｻﾄｳ さとう')
    'サトウ サトウ'
    """
    marked = text.translate(_SOUND_MARKS)
    return unicodedata.normalize("NFKC", marked).translate(_HIRAGANA_TO_KATAKANA)


def fold_kana(text: str) -> str:
    """Fold a text for comparison only: kana of one sound and size, upper case, no dashes, spaces or signs.

    ヲヂヅヰヱ become オジズイエ, the ヴァ row the バ row, iteration marks (ゝヽ々) are written out.

    >>> fold_kana('ｼﾕﾝｲﾁﾛ- ﾂﾂﾞｷ') == fold_kana('しゅんいちろー・つづき')
    True
    """
    return finish_folding(open_folding(text).translate(_FOLDING))


def open_folding(text: str) -> str:
    """First step of folding: NFKC and upper case, both to the end (a few letters need a second round)."""
    if "゛" in text or "゜" in text:
        text = text.translate(_SOUND_MARKS)
    read = unicodedata.normalize("NFKC", text)
    folded = read.upper()
    if folded != read and not unicodedata.is_normalized("NFKC", folded):
        folded = unicodedata.normalize("NFKC", folded).upper()
    return folded


def finish_folding(text: str) -> str:
    """Last step of folding, on a text whose small kana, spaces and signs are gone: ヴ and iteration marks."""
    if "ヴ" in text:
        text = _V_ROW.sub(lambda match: _V_TO_B[match[1]], text)
    if "々" in text or "ヽ" in text or "ヾ" in text or "〻" in text:
        text = _REPEAT.sub(_write_out, text)
    return text


def _write_out(match: re.Match[str]) -> str:
    written = match[1]
    for mark in match[2] if written else "":
        before = written[-1]
        voiced = (
            before.translate(_VOICED)
            if mark == "ヾ"
            else before.translate(_UNVOICED)
            if mark == "ヽ"
            else before
        )
        written += voiced
    return written


def is_kana_only(text: str) -> bool:
    """Say whether a reading (フリガナ) holds kana, long-vowel signs, dots and spaces only, and at least one kana.

    >>> is_kana_only('サトウ ハナコ'), is_kana_only('佐藤 花子'), is_kana_only('')
    (True, False, False)
    """
    return _READING.fullmatch(to_full_katakana(text)) is not None


_ZENGIN_EXPECTED = "半角に直せるカナ・英字・数字・空白と ( ) - . だけの文字（例：ｻﾄｳ ﾊﾅｺ）"
_ZENGIN_SAME = str.maketrans(
    {"ヲ": "オ", "ヰ": "イ", "ヱ": "エ", **dict.fromkeys(DASHES, "-"), "\u3000": " "}
)
_FULL_TO_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF71, 0xFF9E)} | {
    "\u3099": "ﾞ", "\u309a": "ﾟ",
}  # fmt: skip
_ZENGIN_REFUSED = re.compile(r"[^ｱ-ﾝﾞﾟA-Z0-9 ().\-]|(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ")


def to_zengin_kana(text: str) -> str:
    """Write a party name as a bank file does: half-width, sound marks apart, no small kana, '-' for the long vowel.

    Permitted afterwards: ｱ to ﾝ, ﾞ, ﾟ, A-Z, 0-9, space, ( ) - . and nothing else (formats.md §3). ヲヰヱ, which the
    set lacks, are written ｵｲｴ. Raises FormatError (characters) for anything else, naming the place, not the character.

    >>> to_zengin_kana('しゅんいちろう サッポロビール')
    'ｼﾕﾝｲﾁﾛｳ ｻﾂﾎﾟﾛﾋﾞ-ﾙ'
    """
    large = to_full_katakana(text).upper().translate(SMALL_TO_LARGE).translate(_ZENGIN_SAME)
    written = "".join(_FULL_TO_HALF.get(char, char) for char in unicodedata.normalize("NFD", large))
    if refused := _ZENGIN_REFUSED.search(written):
        raise FormatError(
            f"{refused.start() + 1}文字目あたりに、銀行のファイルに書けない文字があります。カナ・英字・数字に直してください。",
            reason=Reason.CHARACTERS,
            expected=_ZENGIN_EXPECTED,
        )
    return written
