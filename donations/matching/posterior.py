"""How likely each candidate paid, against the chance that somebody else did.

Bayes over {supporter i, payers together, known nobody, somebody else}.  Each hypothesis starts from how often it pays,
and is multiplied by what the line shows: the name (against how common exactly this string is in the nation), the
identifiers, the amount and the month.  "Somebody else" is a stranger or a supporter who pays through a third party's name;
its weight is the measure, so that every factor is a ratio of odds and one line of evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

from stdnum import damm

from donations.matching.amounts import amount_ratio
from donations.matching.candidates import Candidate, Route, identifiers_in
from donations.matching.crowd import pays
from donations.matching.frequencies import string_share
from donations.matching.register import Identifier, Person, Population, identifiers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from donations.matching.lines import ParsedLine

_NUMBER_IS_HIS = 8.0
_NUMBER_IS_HIS_UNCHECKED = 6.0
_NUMBER_IS_ANOTHERS = -4.0
_NUMBER_UNKNOWN = -0.7
_PHONE_IS_HIS = 7.0
_POSTCODE_IS_HIS = 3.5
_ADDRESS_IS_ANOTHERS = -1.5
#: A supporter whose name is not on the line at all pays through a name nobody knows this often.
_THROUGH_ANYBODY = 0.03
_MONTH_RATIOS = (3.5, 1.5, 0.6)


@dataclass(slots=True)
class Factor:
    """One reason: its code and the logarithm of the factor on the odds."""

    code: str
    weight: float


@dataclass(slots=True)
class Weighed:
    """A candidate with its probability and the factors that led there."""

    candidate: Candidate
    probability: float
    factors: list[Factor]


def weigh(
    parsed: ParsedLine,
    candidates: Sequence[Candidate],
    people: Mapping[int, Person],
    identified: Mapping[Identifier, Sequence[int]],
    crowd: Population,
) -> list[Weighed]:
    """Return the candidates with probabilities (their sum is below 1: the rest is somebody else), best first."""
    other = min(0.9, crowd.stranger_rate + crowd.third_party_rate)
    prior_odds = log((1.0 - other) / other / crowd.payers)
    rows: list[tuple[float, Candidate, list[Factor]]] = []
    for candidate in candidates:
        factors = _factors(parsed, candidate, people, identified, crowd)
        if factors is not None:
            rows.append((prior_odds + sum(factor.weight for factor in factors), candidate, factors))
    highest = max([0.0, *(score for score, _candidate, _factors_ in rows)])
    total = exp(-highest) + sum(exp(score - highest) for score, _candidate, _factors_ in rows)
    weighed = [Weighed(candidate, exp(score - highest) / total, factors) for score, candidate, factors in rows]
    weighed.sort(key=lambda row: (-row.probability, row.candidate.ids))
    return weighed


def _factors(
    parsed: ParsedLine,
    candidate: Candidate,
    people: Mapping[int, Person],
    identified: Mapping[Identifier, Sequence[int]],
    crowd: Population,
) -> list[Factor] | None:
    """Return the factors of one candidate; None where a supporter is no longer in the register."""
    payers = [people[supporter] for supporter in candidate.ids if supporter in people]
    if len(payers) < len(candidate.ids):
        return None
    factors = [_name_factor(parsed, candidate, crowd)]
    if not payers:
        return factors
    factors.append(Factor("pays", log(min(pays(person) for person in payers))))
    factors.extend(_identifier_factors(parsed, payers, identified))
    if len(payers) == 1:
        factors.append(Factor(*amount_ratio(parsed.line.received_yen, payers[0])))
        month = payers[0].usual_month or (payers[0].last_paid_on.month if payers[0].last_paid_on else None)
        if month is not None:
            apart = abs(month - parsed.line.booked_on.month)
            apart = min(apart, 12 - apart)
            code = "same_month" if apart == 0 else "near_month" if apart == 1 else "other_month"
            factors.append(Factor(code, log(_MONTH_RATIOS[min(apart, 2)])))
    return factors


def _name_factor(parsed: ParsedLine, candidate: Candidate, crowd: Population) -> Factor:
    """Return how much oftener this payer writes this text than anybody at all does."""
    if candidate.route is Route.IDENTIFIER:
        return Factor("name_differs", log(_THROUGH_ANYBODY))
    key = candidate.key if candidate.route is Route.EXACT else parsed.forms[0][0]
    share = string_share(key, parsed.script, crowd)
    origin = candidate.known.origin if candidate.known else "name"
    code = f"name_{candidate.route}" if candidate.route is not Route.EXACT else f"name_{origin}"
    return Factor(code, log(candidate.chance / share + _THROUGH_ANYBODY))


def _identifier_factors(
    parsed: ParsedLine, payers: Sequence[Person], identified: Mapping[Identifier, Sequence[int]],
) -> list[Factor]:
    """Return what numbers, phones and postcodes on the line say about these payers."""
    factors: list[Factor] = []
    own = {identifier for person in payers for identifier in identifiers_of(person)}
    for identifier in identifiers_in(parsed):
        kind, value = identifier
        owners = identified.get(identifier, ())
        if identifier in own:
            if kind == "number":
                checked = damm.is_valid(value) if value.isdigit() else False
                factors.append(
                    Factor("number_agrees", _NUMBER_IS_HIS if checked else _NUMBER_IS_HIS_UNCHECKED),
                )
            else:
                factors.append(Factor(f"{kind}_agrees", _PHONE_IS_HIS if kind == "phone" else _POSTCODE_IS_HIS))
        elif kind == "number":
            factors.append(
                Factor("number_anothers", _NUMBER_IS_ANOTHERS) if owners else Factor("number_unknown", _NUMBER_UNKNOWN),
            )
        elif any(person.phone if kind == "phone" else person.postal_code for person in payers):
            factors.append(Factor(f"{kind}_differs", _ADDRESS_IS_ANOTHERS))
    return factors
