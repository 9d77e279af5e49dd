"""How a seen name may come from a known one: cut off, turned round, a slip, a relative, a former name, or only alike."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from donations.matching.frequencies import ANY_OTHER_STRING, given_share, surname_in, surname_share
from japanese.names import comparison_key, loosened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from donations.matching.register import Population


class Route(StrEnum):
    """What led from the line to the supporter."""

    EXACT = "exact"
    CUT_OFF = "cut_off"  # the line shows the first part of the known name
    TURNED = "turned"  # given name first
    SLIP = "slip"  # one or two signs differ
    FAMILY = "family"  # the same surname
    FORMER_NAME = "former_name"  # the same given name
    ALIKE = "alike"
    IDENTIFIER = "identifier"  # a number, phone or postcode, and no name


_CUT_OFF, _CUT_OFF_AT_A_LIMIT = 0.003, 0.06
_TURNED = 0.003
_SLIP, _NEXT_SLIP = 4e-4, 0.02
_FAMILY = 0.025
_FORMER_NAME = 0.004
_PART_OF = 1e-5
_ALIKE, _MUCH_ALIKE = 2e-8, 60.0


def likeness(
    seen: str, known: str, surname: str, crowd: Population, *,
    maybe_cut: bool, by_sound: bool = True, merely_alike: bool = True,
) -> tuple[Route, float]:  # fmt: skip
    """Return how ``seen`` comes from ``known``, and the chance that a payer of that name writes just so; 0.0 where the names
    have too little in common to be offered.

    ``surname``: the key of the surname that ``seen`` begins with, '' where there is none (see ``surname_of``).
    ``by_sound``: also compare without sound marks and long vowels, which takes longer.
    ``merely_alike``: also tell of names that are only alike.
    """
    longer = len(known) - len(seen)
    if longer > 0 and len(seen) >= 5 and _begins(known, seen):
        return Route.CUT_OFF, _CUT_OFF_AT_A_LIMIT if maybe_cut else _CUT_OFF
    if longer == 0 and seen in known + known:
        return Route.TURNED, _TURNED
    slip = _slip(seen, known, by_sound=by_sound) if -2 <= longer <= 2 else 0.0
    if surname:
        related = _related(seen, known, surname, crowd)
        if related[1] > slip:
            return related
    if slip:
        return Route.SLIP, slip
    if merely_alike and len(known) >= 5 and known in seen:
        return Route.ALIKE, _PART_OF
    ratio = fuzz.ratio(seen, known) if merely_alike else 0.0
    return Route.ALIKE, _ALIKE * (ratio / 100.0) ** 4 if ratio >= _MUCH_ALIKE else 0.0


def _slip(seen: str, known: str, *, by_sound: bool) -> float:
    """Return the chance of one or two slips of the pen; 0.0 where the names differ by more."""
    allowed = 1 if len(known) <= 5 else 2
    distance = OSA.distance(seen, known, score_cutoff=allowed)
    if distance > allowed:
        if not by_sound or OSA.distance(loosened(seen), loosened(known), score_cutoff=1) > 1:
            return 0.0
        distance = allowed
    return _SLIP * _NEXT_SLIP ** (distance - 1)


def surname_of(seen: str, words: Sequence[str]) -> str:
    """Return the surname key that a seen key begins with: the first of two words, else the longest usual surname."""
    surname = comparison_key(words[0])[1] if len(words) == 2 else surname_in(seen)
    return surname if surname and seen.startswith(surname) and len(seen) > len(surname) else ""


def _begins(known: str, seen: str) -> bool:
    """Whether the known name begins with the seen one; a sound mark may have been cut off its last kana."""
    if known.startswith(seen):
        return True
    return known.startswith(seen[:-1]) and loosened(seen[-1]) == loosened(known[len(seen) - 1])


def _related(seen: str, known: str, surname: str, crowd: Population) -> tuple[Route, float]:
    """Return the chance that a relative pays, or that the payer has changed names; 0.0 where no part agrees."""
    given = seen[len(surname) :]
    if known.startswith(surname) and len(known) > len(surname):
        return Route.FAMILY, _FAMILY * given_share(given, crowd)
    if len(given) >= 2 and known.endswith(given) and len(known) > len(given):
        return Route.FORMER_NAME, _FORMER_NAME * max(surname_share(surname), ANY_OTHER_STRING)
    return Route.ALIKE, 0.0
