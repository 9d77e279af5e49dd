"""Who could have paid: every supporter that a line's keys, numbers or look-alike names lead to.

``chance`` is P(this text | this payer): how often somebody's payments carry just this form of the name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from donations.matching.likeness import Route, likeness, surname_of
from donations.matching.lines import STRONG_FORMS, Form, ParsedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from donations.matching.register import Identifier, KnownName, Origin, Population


class Standing(StrEnum):
    """How well a name answers for its owner: own or confirmed and as it stands, with the given name first, changed, a
    relative's or a former one, or a guess.
    """

    STRONG = "strong"
    TURNED = "turned"
    WEAK = "weak"
    RELATED = "related"
    NONE = "none"


@dataclass(slots=True)
class Candidate:
    """One possible payer: ``ids`` has one supporter, several who pay together, or none (known to be nobody).

    ``key`` is the key that was found in the register (not in the line, where the two differ); ``seen`` that of the line.
    """

    ids: tuple[int, ...]
    route: Route
    form: Form | None
    known: KnownName | None
    chance: float
    key: str = ""
    seen: str = ""
    standing: Standing = field(init=False)
    is_strong: bool = field(init=False)

    def __post_init__(self) -> None:
        self.standing = _standing(self.route, self.form, self.known.origin if self.known else None)
        self.is_strong = self.standing is Standing.STRONG


@cache
def _standing(route: Route, form: Form | None, origin: Origin | None) -> Standing:
    """Return how well a name found in this way answers for its owner."""
    if origin is None or route is Route.ALIKE:
        return Standing.NONE
    if route in _RELATED:
        return Standing.NONE if form is Form.MENTIONED else Standing.RELATED
    if origin in _OWN:
        if route is Route.EXACT and form in STRONG_FORMS:
            return Standing.STRONG
        if route is Route.TURNED or form is Form.SWAPPED:
            return Standing.TURNED
    return Standing.NONE if form is Form.MENTIONED else Standing.WEAK


_RELATED = frozenset({Route.FAMILY, Route.FORMER_NAME})
_OWN = frozenset({"reading", "name", "learned"})
#: Share of a payer's lines that carry this known name, by where the name comes from.
_BY_ORIGIN: dict[Origin, float] = {
    "reading": 0.45,
    "name": 0.45,
    "learned": 0.85,
    "contact": 0.05,
    "proposed_reading": 0.08,
}
#: The same, by the form in which the line has it; words of purpose, numbers and titles are as common among strangers.
_BY_FORM: dict[Form, float] = {
    Form.WHOLE: 1.0,
    Form.TRIMMED: 1.0,
    Form.BEFORE_TITLE: 1.0,
    Form.BENEFICIARY: 0.6,
    Form.SWAPPED: 0.02,
    Form.AFTER_TITLE: 0.3,
    Form.IN_BRACKETS: 0.05,
    Form.JOINT_PART: 0.004,
    Form.MENTIONED: 0.001,
}
_MOST_ALIKE, _MOST_MERELY_ALIKE = 6, 3
_COMPARED_BY_SOUND = 6


def by_name(parsed: ParsedLine, names: Mapping[str, Sequence[KnownName]]) -> list[Candidate]:
    """Return the candidates that the line's own keys lead to; of several ways to one payer the likeliest."""
    found: list[Candidate] = []
    for key, form in parsed.forms:
        for known in names.get(key, ()):
            chance = _BY_ORIGIN[known.origin] * _BY_FORM[form]
            found.append(Candidate(_sorted(known.supporter_ids), Route.EXACT, form, known, chance, key, key))
    return found


class Alike(NamedTuple):
    """A known name that looks like a seen one: how it may have come to differ, and P(this text | somebody of that name)."""

    key: str
    route: Route
    chance: float


def alike_names(seen: str, parsed: ParsedLine, alike: Sequence[str], crowd: Population) -> list[Alike]:
    """Return at most six of the names that look like ``seen``, a strong key of the line that nobody has, likeliest first."""
    surname = surname_of(seen, parsed.core.split())
    ranked: list[tuple[float, int, Alike]] = []
    merely_alike = 0
    for place, other in enumerate(alike):
        route, chance = likeness(
            seen, other, surname, crowd, maybe_cut=parsed.maybe_cut,
            by_sound=place < _COMPARED_BY_SOUND, merely_alike=merely_alike < _MOST_MERELY_ALIKE,
        )  # fmt: skip
        if chance:
            merely_alike += route is Route.ALIKE
            ranked.append((-chance, place, Alike(other, route, chance)))
    ranked.sort()
    return [found for _chance, _place, found in ranked[:_MOST_ALIKE]]


def by_likeness(
    seen: str, parsed: ParsedLine, alike: Sequence[Alike], names: Mapping[str, Sequence[KnownName]],
) -> list[Candidate]:
    """Return the candidates that have these names which look like ``seen``."""
    form = dict(parsed.forms)[seen]
    return [
        Candidate(_sorted(known.supporter_ids), found.route, form, known, found.chance * _BY_FORM[form], found.key, seen)
        for found in alike
        for known in names.get(found.key, ())
        if known.supporter_ids
    ]


def _sorted(ids: frozenset[int]) -> tuple[int, ...]:
    return tuple(ids) if len(ids) < 2 else tuple(sorted(ids))


def by_identifier(parsed: ParsedLine, identified: Mapping[Identifier, Sequence[int]]) -> list[Candidate]:
    """Return candidates that a number, phone or postcode on the line leads to; ``chance`` is left 0 (any name at all)."""
    ids = {supporter: None for identifier in parsed.identifiers for supporter in identified.get(identifier, ())}
    return [Candidate((supporter,), Route.IDENTIFIER, None, None, 0.0) for supporter in ids]


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with each payer once, by the way that counts most; the order plays no part."""
    best: dict[tuple[int, ...], Candidate] = {}
    for candidate in candidates:
        other = best.get(candidate.ids)
        if other is None or _rank(candidate) > _rank(other):
            best[candidate.ids] = candidate
    return list(best.values())


def _rank(candidate: Candidate) -> tuple[bool, float, str]:
    return candidate.is_strong, candidate.chance, candidate.key
