"""Rows of digits as people write them: groups of digits and the gaps between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two groups: `sign` is the family of the sign (" " for spaces alone)."""

    sign: str
    looseness: int
    broken: bool = False
    """Whether a line ends inside the gap."""


@dataclass(frozen=True, slots=True)
class Run:
    """A row of at least ten digits. `digits[i]` is group i in ASCII, `spans[i]` where it stands, `gaps[i]` what follows."""

    digits: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


_KNOWN_GAPS: dict[str, Gap] = {}


def _gap(raw: str) -> Gap:
    known = _KNOWN_GAPS.get(raw)
    if known is None:
        known = _read_gap(raw)
        if len(_KNOWN_GAPS) < 2000:
            _KNOWN_GAPS[raw] = known
    return known


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
    if "," in sign:
        return Gap(sign, LISTED)
    return Gap(sign, SPACED if spaced else TIGHT)


def runs(text: str) -> Iterator[Run]:
    """Every row of ten or more digits in `text`, left to right, with no two rows overlapping.

    A gap has at most five signs. A row is cut where `+` follows a blank or another sign: a telephone number
    written with its country begins there.
    """
    for row in _ROW.finditer(text):
        digits: list[str] = []
        spans: list[tuple[int, int]] = []
        gaps: list[Gap] = []
        for group in _GROUP.finditer(text, row.start(), row.end()):
            start, end = _without_bullet(text, *group.span())
            if spans:
                raw = text[spans[-1][1] : start]
                gap = _gap(raw)
                if "+" in gap.sign and len(raw) > 1:
                    yield Run(tuple(digits), tuple(spans), tuple(gaps))
                    digits, spans, gaps = [], [], []
                else:
                    gaps.append(gap)
            digits.append(text[start:end].translate(TO_ASCII_DIGITS))
            spans.append((start, end))
        yield Run(tuple(digits), tuple(spans), tuple(gaps))


def _without_bullet(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut ① off ①09012345678 and the note sign off 123456789018³."""
    if end - start == 1 or text[start:end].isascii():
        return start, end
    if end - start == 12 and text[start + 1].translate(TO_ASCII_DIGITS) != "0":
        return start, end
    if _stands_out(text[start], text[start + 1]):
        start += 1
    if end - start > 12 and _stands_out(text[end - 1], text[end - 2]):
        end -= 1
    return start, end


def _stands_out(edge: str, inside: str) -> bool:
    return edge in _BULLETS and inside not in _BULLETS and inside not in KANJI_DIGITS
