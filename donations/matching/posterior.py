"""How likely each candidate paid, against the chance that somebody else did.

Bayes over {supporter i, payers together, known nobody, somebody else}.  Each hypothesis starts from how often it pays,
and is multiplied by what the line shows: the name (against how common exactly this string is in the nation), the
identifiers, the amount, the month and the manner.  "Somebody else" is a stranger, or a supporter who pays through a third
party's name; its weight is the measure, so that every factor is a ratio of odds and one line of evidence.  Besides, whoever
wrote the name may pay for another: then name and manner fit, but neither amount nor month have to.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

from stdnum import damm

from donations.matching.amounts import amount_ratio
from donations.matching.candidates import Candidate
from donations.matching.crowd import pays
from donations.matching.frequencies import string_share
from donations.matching.likeness import Route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from donations.matching.lines import ParsedLine
    from donations.matching.register import Identifier, Person, Population

_AGREES = {"number": 6.0, "phone": 7.0, "postcode": 3.5}
_CHECKED_NUMBER = 2.0
_DIFFERS = {"number": -4.0, "phone": -1.5, "postcode": -1.5}
_NUMBER_UNKNOWN = -0.7
#: A supporter whose name is not on the line at all pays through a name nobody knows this often.
_THROUGH_ANYBODY = 0.03
_MONTH_RATIOS = ((0, "same_month", log(4.0)), (1, "near_month", log(1.6)), (12, "other_month", log(0.5)))
_SAME_TEXT, _OTHER_TEXT = log(1.8), log(0.5)
#: A name known to be nobody's comes again this often, as against a supporter's 1.
_NOBODY_AGAIN = 0.25
#: Share of somebody's lines that are for another: usually, and where another supporter lives in the same house.
FOR_ANOTHER, FOR_A_HOUSEMATE = 5e-5, 1.5e-3


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
    shared: frozenset[int],
) -> list[Weighed]:
    """Return the candidates with probabilities (their sum is below 1: the rest is somebody else), best first.

    ``shared``: the households in which more than one supporter lives.
    """
    other = min(0.9, crowd.stranger_rate + crowd.third_party_rate)
    prior_odds = log((1.0 - other) / other / crowd.payers)
    shares: dict[str, float] = {}
    rows: list[tuple[float, Candidate, list[Factor]]] = []
    elsewhere = [0.0]
    for candidate in candidates:
        payers = [people[supporter] for supporter in candidate.ids if supporter in people]
        if len(payers) < len(candidate.ids):
            continue
        named = [_name_factor(parsed, candidate, crowd, shares), _pays_factor(payers)]
        if candidate.known is not None and candidate.known.last_text:
            named.append(_manner_factor(parsed, candidate.known.last_text))
        named.extend(_identifier_factors(parsed, candidate.ids, identified))
        base = prior_odds + sum(factor.weight for factor in named)
        habits = _habit_factors(parsed, payers)
        rows.append((base + sum(factor.weight for factor in habits), candidate, named + habits))
        if candidate.route is Route.EXACT and payers:
            housemates = any(person.household in shared for person in payers)
            elsewhere.append(base + log(FOR_A_HOUSEMATE if housemates else FOR_ANOTHER))
    highest = max([*elsewhere, *(row[0] for row in rows)])
    total = sum(exp(score - highest) for score in elsewhere) + sum(exp(row[0] - highest) for row in rows)
    weighed = [Weighed(candidate, exp(score - highest) / total, factors) for score, candidate, factors in rows]
    weighed.sort(key=lambda row: (-row.probability, row.candidate.ids))
    return weighed


def _name_factor(parsed: ParsedLine, candidate: Candidate, crowd: Population, shares: dict[str, float]) -> Factor:
    """Return how much oftener this payer writes this text than anybody at all does."""
    if candidate.route is Route.IDENTIFIER:
        return Factor("name_differs", log(_THROUGH_ANYBODY))
    share = shares.get(candidate.seen)
    if share is None:
        share = shares[candidate.seen] = string_share(candidate.seen, crowd)
    origin = candidate.known.origin if candidate.known else "name"
    code = f"name_{origin if candidate.route is Route.EXACT else candidate.route}"
    return Factor(code, log(candidate.chance / share + (_THROUGH_ANYBODY if parsed.identifiers else 0.0)))


def _pays_factor(payers: Sequence[Person]) -> Factor:
    return Factor("pays", log(min((pays(person) for person in payers), default=_NOBODY_AGAIN)))


def _manner_factor(parsed: ParsedLine, last_text: str) -> Factor:
    same = parsed.line.payer_text == last_text
    return Factor("same_text" if same else "other_text", _SAME_TEXT if same else _OTHER_TEXT)


def _habit_factors(parsed: ParsedLine, payers: Sequence[Person]) -> list[Factor]:
    """Return what amount and month say about one payer; of several together the amounts are not known one by one."""
    if len(payers) != 1:
        return []
    person = payers[0]
    factors = [Factor(*amount_ratio(parsed.line.received_yen, person))]
    month = person.usual_month or (person.last_paid_on.month if person.last_paid_on else None)
    if month is not None:
        apart = abs(month - parsed.line.booked_on.month)
        apart = min(apart, 12 - apart)
        factors.append(next(Factor(code, ratio) for most, code, ratio in _MONTH_RATIOS if apart <= most))
    return factors


def _identifier_factors(
    parsed: ParsedLine, ids: Sequence[int], identified: Mapping[Identifier, Sequence[int]],
) -> list[Factor]:
    """Return what numbers, phones and postcodes on the line say about these payers."""
    factors: list[Factor] = []
    for identifier in parsed.identifiers if ids else ():
        kind, value = identifier
        owners = identified.get(identifier, ())
        if any(supporter in owners for supporter in ids):
            checked = kind == "number" and is_checked(value)
            factors.append(Factor(f"{kind}_agrees", _AGREES[kind] + _CHECKED_NUMBER * checked))
        elif kind == "number" and not owners:
            factors.append(Factor("number_unknown", _NUMBER_UNKNOWN))
        else:
            factors.append(Factor(f"{kind}_differs" if kind != "number" else "number_anothers", _DIFFERS[kind]))
    return factors


def is_checked(number: str) -> bool:
    """Whether a number ends in a good check digit (Damm)."""
    return number.isdigit() and len(number) > 1 and bool(damm.is_valid(number))
