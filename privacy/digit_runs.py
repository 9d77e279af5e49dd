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
    ROUND_ZEROS,
    TO_ASCII_DIGITS,
    TO_GAP_FAMILY,
)

LONGEST_GAP = 5
SHORTEST_RUN = 10
"""Digits: a pension number has ten, and eleven may be left of an individual number that lost its first zero."""

_ROW = re.compile(f"{DIGIT}(?:{GAP}{{0,{LONGEST_GAP}}}+{DIGIT}){{{SHORTEST_RUN - 1},}}+")
_GROUP = re.compile(f"{DIGIT}+")
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
        for group in _GROUP.finditer(text, row.start(), row.end()):
            start, end = _without_bullet(text, *group.span())
            if spans:
                raw = text[spans[-1][1] : start]
                if len(raw) > 1 and raw[-1] in "+＋":
                    yield _run(digits, spans, gaps)
                    digits, spans, gaps = [], [], []
                else:
                    gaps.append(_read_gap(raw))
            digits.append(text[start:end].translate(TO_ASCII_DIGITS))
            spans.append((start, end))
        yield _run(digits, spans, gaps)


def _run(digits: list[str], spans: list[tuple[int, int]], gaps: list[Gap]) -> Run:
    return Run(tuple(digits), tuple(map(len, digits)), tuple(spans), tuple(gaps))


def _without_bullet(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut ① off ①09012345678 and the note sign off 123456789018³."""
    if end - start == 1 or text[start:end].isascii():
        return start, end
    if end - start == 12 and text[start + 1].translate(TO_ASCII_DIGITS) != "0":
        return start, end
    if _stands_out(text[start], text[start + 1 : end]):
        start += 1
    if end - start > 12 and _stands_out(text[end - 1], text[start : end - 1]):
        end -= 1
    return start, end


def _stands_out(edge: str, others: str) -> bool:
    return edge in _BULLETS and _BULLETS.isdisjoint(others) and not (KANJI_DIGITS.keys() & set(others))
