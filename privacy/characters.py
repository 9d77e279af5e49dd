"""The signs a digit, a gap between digits and an invisible mark can be written with.

A reader sees twelve digits in 1234, １２３４, ①②③④, 一二三四 and ¹²³⁴ alike, so the scanner must. Source of the digit
values: the Unicode character database as Python ships it (`unicodedata.digit`), read 2026-11-23; the kanji
digits, plain and formal (大字), are added by hand because Unicode gives them a numeric value only.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

KANJI_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壱弐参肆伍陸漆捌玖", "0123456789", strict=True)),
    **dict(zip("壹貳參", "123", strict=True)),
    **dict(zip("〡〢〣〤〥〦〧〨〩", "123456789", strict=True)),
    **dict(zip("㈠㈡㈢㈣㈤㈥㈦㈧㈨", "123456789", strict=True)),
    **dict(zip("㊀㊁㊂㊃㊄㊅㊆㊇㊈", "123456789", strict=True)),
}
ROUND_ZEROS = "○◯"
"""Typed for 〇 in kanji numbers, but far more often a bullet or a blank to fill in."""

_BLOCKS_WITH_DIGITS = (range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x12000), range(0x16A00, 0x16C00),
                       range(0x1D7CE, 0x1D800), range(0x1E000, 0x1F200), range(0x1FBF0, 0x1FBFA))  # fmt: skip


def _digit_values() -> Iterator[tuple[str, str]]:
    for block in _BLOCKS_WITH_DIGITS:
        for char in map(chr, block):
            value = unicodedata.digit(char, None)
            if value is not None:
                yield char, str(value)


DIGITS: dict[str, str] = {**dict(_digit_values()), **KANJI_DIGITS, **dict.fromkeys(ROUND_ZEROS, "0")}
"""Each digit sign and the ASCII digit it stands for."""

PLAIN_DIGITS = frozenset("0123456789０１２３４５６７８９")
EXOTIC_DIGITS = frozenset(DIGITS) - PLAIN_DIGITS
"""Digits nobody types by accident in a row of twelve: circled, raised, kanji, other scripts."""

_FAMILIES: dict[str, str] = {
    **dict.fromkeys("-‐‑‒–—―⁃−˗－﹣﹘ーｰ─━╴╶╌╍┄┅➖⸺⸻₋⁻", "-"),
    **dict.fromkeys(" \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u202f\u205f\u3000\u2800", " "),
    **dict.fromkeys("\n\r\v\f\u0085\u2028\u2029", "\n"),
    **dict.fromkeys(".．｡。․", "."),
    **dict.fromkeys("・･·•∙⋅‧●◦⁚᛫", "・"),
    **dict.fromkeys(",﹐", ","),
    **dict.fromkeys("，", "，"),
    **dict.fromkeys("、､﹑;；", "、"),
    **dict.fromkeys("/／\\＼⁄∕╱", "/"),
    **dict.fromkeys("_＿‗", "_"),
    **dict.fromkeys(":：︰∶", ":"),
    **dict.fromkeys("~～〜∼", "~"),
    **dict.fromkeys("|｜│┃¦┆┊▏□■▢☐◇◆", "|"),
    **dict.fromkeys("｢｣()（）[]［］【】〔〕「」『』〈〉《》{}｛｝<>＜＞", "("),
    **dict.fromkeys("*＊※★☆", "*"),
    **dict.fromkeys("+＋", "+"),
    **dict.fromkeys("=＝", "="),
    **dict.fromkeys("'\"’”‘“＇＂`´", "'"),
    **dict.fromkeys("#＃^→⇒➡", "#"),
    **dict.fromkeys("のノﾉ", "の"),
}  # fmt: skip
_SIGN_CATEGORIES = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sk", "So", "Zs"})
_SIGN_BLOCKS = (range(0x21, 0x2E80), range(0x3001, 0x3200), range(0xA640, 0xA6A0), range(0xFD3E, 0x10000))
_NO_GAPS = frozenset("〒〶%％&№℡") | set(map(chr, range(0x249C, 0x24EA)))
"""Signs that begin or end a number of their own, the first of a page's code, and letters in circles."""


def _other_signs() -> Iterator[str]:
    for block in _SIGN_BLOCKS:
        for char in map(chr, block):
            if unicodedata.category(char) in _SIGN_CATEGORIES and char not in _NO_GAPS and char not in DIGITS:
                yield char


GAPS: dict[str, str] = {**{char: char for char in _other_signs()}, **_FAMILIES}
"""Each sign that may stand between groups of digits, and the sign that stands for its family."""

_EXTRA_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufeff"
_COMBINING = (range(0x0300, 0x0370), range(0x20D0, 0x20F1), range(0xFE00, 0xFE10), range(0xFE20, 0xFE30),
              range(0xE0100, 0xE01F0))  # fmt: skip
_FORMAT_BLOCKS = (range(0x3000), range(0xFE00, 0x10000), range(0x1D173, 0x1D17B), range(0xE0000, 0xE0080))


def _invisible() -> Iterator[str]:
    yield from _EXTRA_INVISIBLE
    for block in _COMBINING:
        yield from map(chr, block)
    for block in _FORMAT_BLOCKS:
        for char in map(chr, block):
            if unicodedata.category(char) in {"Cf", "Cc"} and char not in GAPS:
                yield char


def char_class(chars: Iterable[str]) -> str:
    """The inside of a regular expression's `[...]` for `chars`, runs of code points written as ranges."""
    points = sorted(set(map(ord, chars)))
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(
        re.escape(chr(low)) if low == high else f"{re.escape(chr(low))}-{re.escape(chr(high))}"
        for low, high in ranges
    )


_BMP_END = "\uffff"
"""Regular expressions test a class within the first plane by table and one beyond it range by range, so what lies
beyond is brought into the first plane before any search."""

DIGIT = f"[{char_class(char for char in DIGITS if char <= _BMP_END)}]"
GAP = f"[{char_class(GAPS)}]"
INVISIBLE = re.compile(f"[{char_class(char for char in _invisible() if char <= _BMP_END)}]+")
BEYOND = re.compile("[\U00010000-\U0010ffff]")
FROM_BEYOND = str.maketrans(
    {char: "⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for char, digit in DIGITS.items() if char > _BMP_END}
    | {char: "\u200b" for char in _invisible() if char > _BMP_END}
    | {chr(point): "❖" for point in range(0x1F300, 0x1FB00)}
)
"""Digits, invisible signs and pictures beyond the first plane, and signs of the same sort within it."""
TO_ASCII_DIGITS = str.maketrans(DIGITS)
TO_GAP_FAMILY = str.maketrans(GAPS)
