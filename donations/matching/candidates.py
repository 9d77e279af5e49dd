"""Who could have paid: every supporter that a line's keys, numbers or look-alike names lead to, and how likely each would write so.

``chance`` is P(this text | this payer): how often somebody's payments carry just this form of the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from donations.matching.lines import STRONG_FORMS, Form, ParsedLine
from japanese.names import loose_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from donations.matching.register import Identifier, KnownName, Origin


class Route(StrEnum):
    """What led from the line to the supporter."""

    EXACT = "exact"
    CUT_OFF = "cut_off"  # the line shows the first part of the known name
    SLIP = "slip"  # one or two signs differ
    ALIKE = "alike"
    IDENTIFIER = "identifier"  # a number, phone or postcode, and no name


@dataclass(slots=True)
class Candidate:
    """One possible payer: ``ids`` has one supporter, several who pay together, or none (known to be nobody).

    ``key`` is the key that was found in the register (not in the line, where the two differ).
    """

    ids: tuple[int, ...]
    route: Route
    form: Form | None
    known: KnownName | None
    chance: float
    key: str = ""

    @property
    def is_strong(self) -> bool:
        """Whether the payer text is this payer's own name or a confirmed one, as it stands."""
        return (
            self.route is Route.EXACT
            and self.form in STRONG_FORMS
            and self.known is not None
            and self.known.origin in {"reading", "name", "learned"}
        )


#: Share of a payer's lines that carry this known name, by where the name comes from.
_BY_ORIGIN: dict[Origin, float] = {
    "reading": 0.6,
    "name": 0.5,
    "learned": 0.85,
    "contact": 0.08,
    "proposed_reading": 0.4,
}
#: The same, by the form in which the line has it.
_BY_FORM: dict[Form, float] = {
    Form.WHOLE: 1.0,
    Form.TRIMMED: 0.3,
    Form.BEFORE_TITLE: 0.3,
    Form.BENEFICIARY: 0.3,
    Form.SWAPPED: 0.02,
    Form.AFTER_TITLE: 0.3,
    Form.IN_BRACKETS: 0.05,
    Form.JOINT_PART: 0.05,
    Form.MENTIONED: 0.03,
}
_CUT_OFF = 0.01
_FIRST_SLIP = 0.0006
_NEXT_SLIP = 0.02
_ALIKE = 1e-7


def by_name(parsed: ParsedLine, names: Mapping[str, Sequence[KnownName]]) -> list[Candidate]:
    """Return the candidates that the line's own keys lead to; of several ways to one payer the likeliest."""
    found: list[Candidate] = []
    for key, form in parsed.forms:
        for known in names.get(key, ()):
            chance = _BY_ORIGIN[known.origin] * _BY_FORM[form]
            if known.origin == "learned":
                chance *= (known.confirmed_count + 1) / (known.confirmed_count + 2) * 1.2
            found.append(Candidate(tuple(sorted(known.supporter_ids)), Route.EXACT, form, known, chance, key))
    return _likeliest(found)


def by_likeness(
    parsed: ParsedLine, alike: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[KnownName]],
) -> list[Candidate]:
    """Return candidates whose known names look like one of the line's strong keys."""
    found: list[Candidate] = []
    for key, form in parsed.forms:
        for other in alike.get(key, ()):
            route, chance = likeness(key, other, maybe_cut=parsed.maybe_cut)
            found.extend(
                Candidate(tuple(sorted(known.supporter_ids)), route, form, known, chance * _BY_FORM[form], other)
                for known in names.get(other, ())
                if known.supporter_ids
            )
    return _likeliest(found)


def by_identifier(parsed: ParsedLine, identified: Mapping[Identifier, Sequence[int]]) -> list[Candidate]:
    """Return candidates that a number, phone or postcode on the line leads to; ``chance`` is left 0 (any name at all)."""
    ids = {supporter: None for identifier in identifiers_in(parsed) for supporter in identified.get(identifier, ())}
    return [Candidate((supporter,), Route.IDENTIFIER, None, None, 0.0) for supporter in ids]


def identifiers_in(parsed: ParsedLine) -> list[Identifier]:
    """Return every identifier on the line."""
    return [
        *(("number", number) for number in parsed.numbers),
        *(("phone", phone) for phone in parsed.phones),
        *(("postcode", postcode) for postcode in parsed.postcodes),
    ]


def likeness(seen: str, known: str, *, maybe_cut: bool) -> tuple[Route, float]:
    """Return how a seen key comes from a known one, and the chance that it does."""
    if len(seen) >= 5 and known.startswith(seen) and len(known) > len(seen):
        return Route.CUT_OFF, _CUT_OFF * (10 if maybe_cut else 1)
    distance = OSA.distance(seen, known)
    loose = OSA.distance(loose_key(seen), loose_key(known))
    if loose < distance and loose <= 1:
        distance = min(distance, loose + 1)
    allowed = 1 if len(known) <= 5 else 2
    if distance <= allowed:
        return Route.SLIP, _FIRST_SLIP * _NEXT_SLIP ** (distance - 1)
    share = distance / max(len(seen), len(known))
    return Route.ALIKE, _ALIKE * (1.0 - share) ** 4


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with each payer once: names before identifiers, likeliest first, ties by id."""
    return _likeliest(candidates)


def _likeliest(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[tuple[int, ...], Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.ids)
        if known is None or candidate.chance > known.chance:
            best[candidate.ids] = candidate
    return sorted(best.values(), key=lambda candidate: (-candidate.chance, candidate.ids))
