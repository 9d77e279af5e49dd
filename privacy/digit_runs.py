"""Rows of digits as people write them: groups of digits and the gaps between them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from privacy.characters import (
    DIGIT,
    EXOTIC_DIGITS,
    GAP,
    KANJI_DIGITS,
    PLAIN_DIGITS,
    ROUND_ZEROS,
    TO_ASCII_DIGITS,
    TO_GAP_FAMILY,
)

LONGEST_GAP = 5
SHORTEST_RUN = 10
"""Digits: a pension number has ten, and eleven may be left of an individual number that lost its first zero."""

_ROW = re.compile(f"{DIGIT}(?:{GAP}{{0,{LONGEST_GAP}}}+{DIGIT}){{{SHORTEST_RUN - 1},}}+")
_GROUP = re.compile(f"{DIGIT}+")
_PLAIN_GROUP = re.compile("[0-9０-９]+")
_DASHED = re.compile("[0-9０-９]+(?:一[0-9０-９]+)+")
"""The kanji 一 typed for a hyphen."""
_KANJI = "".join(KANJI_DIGITS)
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_BULLETS = (EXOTIC_DIGITS - frozenset(KANJI_DIGITS)) | frozenset(ROUND_ZEROS + "〇")

TIGHT, SPACED, LISTED = 1, 2, 3
"""How loosely a gap binds: `1-2`, `1 - 2` or `1 2`, and `1, 2` or a line break."""


class Gap(NamedTuple):
    """What stands between two groups: `sign` is the family of the sign (" " for spaces alone)."""

    sign: str
    looseness: int
    broken: bool = False
    """Whether a line ends inside the gap."""


class Run(NamedTuple):
    """A row of at least ten digits.

    `digits[i]` is group i in ASCII, `sizes[i]` its length, `spans[i]` where it stands, `gaps[i]` what follows it.
    """

    digits: tuple[str, ...]
    sizes: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@lru_cache(maxsize=2048)
def _read_gap(raw: str) -> Gap:
    if raw == "一":
        return Gap("-", TIGHT)
    families = raw.translate(TO_GAP_FAMILY)
    broken = "\n" in families
    signs = families.replace("\n", "").replace(" ", "")
    spaced = len(signs) < len(families)
    sign = "".join(dict.fromkeys(signs))
    if broken:
        return Gap(sign or "\n", LISTED, broken=True)
    if not sign:
        return Gap(" ", SPACED)
    if "、" in sign or (spaced and ("," in sign or "，" in sign)):
        return Gap(sign, LISTED)
    return Gap(sign, SPACED if spaced else TIGHT)


def runs(text: str) -> Iterator[Run]:
    """Every row of ten or more digits in `text`, left to right, with no two rows overlapping.

    A gap has at most five signs. A row is cut where `+` follows a blank or another sign: a telephone number
    written with its country (" +81") begins there.
    """
    for row in _ROW.finditer(text):
        digits: list[str] = []
        spans: list[tuple[int, int]] = []
        gaps: list[Gap] = []
        for start, end in _groups(text, row):
            if spans:
                raw = text[spans[-1][1] : start]
                if raw[-1] in "+＋" and raw.strip("+＋"):
                    yield _run(digits, spans, gaps)
                    digits, spans, gaps = [], [], []
                else:
                    gaps.append(_read_gap(raw))
            digits.append(text[start:end].translate(TO_ASCII_DIGITS))
            spans.append((start, end))
        yield _run(digits, spans, gaps)


def _groups(text: str, row: re.Match[str]) -> Iterator[tuple[int, int]]:
    for group in _GROUP.finditer(text, row.start(), row.end()):
        if _DASHED.fullmatch(group[0]):
            yield from (part.span() for part in _PLAIN_GROUP.finditer(text, *group.span()))
        else:
            yield _without_bullet(text, *group.span())


def _run(digits: list[str], spans: list[tuple[int, int]], gaps: list[Gap]) -> Run:
    return Run(tuple(digits), tuple(map(len, digits)), tuple(spans), tuple(gaps))


def _without_bullet(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut ① off ①09012345678, the note sign off 123456789018³ and the place's own 一 off 金田一311."""
    if end - start == 1 or text[start:end].isascii():
        return start, end
    group = text[start:end]
    if end - start == 12 and group[1].translate(TO_ASCII_DIGITS) != "0":
        return _without_word(text, start, end)
    if _stands_out(group[0], group[1:]):
        start += 1
    elif end - start > 12 and _stands_out(group[-1], group[:-1]):
        end -= 1
    return _without_word(text, start, end)


def _stands_out(edge: str, others: str) -> bool:
    return edge in _BULLETS and _BULLETS.isdisjoint(others) and not (KANJI_DIGITS.keys() & set(others))


def _without_word(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut kanji digits off plain ones where they belong to the word beside them: 三枚 in 123456789018三枚."""
    group = text[start:end]
    plain = group.strip(_KANJI)
    if len(plain) in {0, len(group)} or not PLAIN_DIGITS.issuperset(plain):
        return start, end
    head, tail = len(group) - len(group.lstrip(_KANJI)), len(group) - len(group.rstrip(_KANJI))
    if head and (len(group) != 12 or _IDEOGRAPH.match(text[max(0, start - 1) : start])):
        start += head
    if tail and len(group) != 12:
        end -= tail
    return start, end
