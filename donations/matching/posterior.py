"""How likely each candidate paid, against the chance that somebody else did.

Bayes over {supporter i, payers together, known nobody, somebody else}.  Each hypothesis starts from how often it pays,
and is multiplied by what the line shows: the name (against how common exactly this string is in the nation), the
identifiers, the amount, the month and the manner.  "Somebody else" is a stranger, or a supporter who pays through a third
party's name; its weight is the measure, so that every factor is a ratio of odds and one line of evidence.  Besides, whoever
wrote the name may pay for another: then name and manner fit, but neither amount nor month have to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import TYPE_CHECKING, Final

from stdnum import damm

from donations.matching.amounts import amount_ratio
from donations.matching.candidates import Candidate
from donations.matching.crowd import pays
from donations.matching.frequencies import organisation_share, string_share
from donations.matching.likeness import Route
from donations.matching.lines import Form

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
#: By how many months a line is off the usual month: none, one, more.
_MONTHS: Final = ("same_month", "near_month", "other_month")
#: Share of payers who change their habits from one year to the next.
_CHANGED = 0.12
_SAME_TEXT, _OTHER_TEXT = ("same_text", log(1.3)), ("other_text", log(0.7))
_NAME_CODES: Final = {way: f"name_{way}" for way in (*Route, "reading", "name", "learned", "contact", "proposed_reading")}
_OF_PERSONS = frozenset({Route.FAMILY, Route.FORMER_NAME})
_MOST = 600.0
#: A name known to be nobody's comes again this often, as against a supporter's 1.
_NOBODY_AGAIN = 0.25
#: Of the payments through a third party, the share for which that party is a given supporter, and one of the same house.
_BY_A_SUPPORTER, _BY_A_HOUSEMATE = 0.0025, 0.06


#: One reason: its code and the logarithm of the factor on the odds.
Factor = tuple[str, float]


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
    shared: Mapping[int, Sequence[Person]],
) -> list[Weighed]:
    """Return the candidates with probabilities (their sum is below 1: the rest is somebody else), best first.

    ``shared``: who lives in each household in which more than one supporter does.
    """
    other = min(0.9, crowd.stranger_rate + crowd.third_party_rate)
    prior_odds = log((1.0 - other) / other / crowd.payers)
    shares: dict[str, float] = {}
    rows: list[tuple[float, Candidate, list[Factor]]] = []
    elsewhere = total = 1.0
    for candidate in candidates:
        payers = [people[supporter] for supporter in candidate.ids if supporter in people]
        if len(payers) < len(candidate.ids) or _is_no_relative(candidate, payers):
            continue
        factors = _name_factors(parsed, candidate, payers, crowd, shares)
        if parsed.identifiers and payers:
            factors += _identifier_factors(parsed, candidate.ids, identified)
        base = prior_odds
        for _code, weight in factors:
            base += weight
        if len(payers) == 1:
            if candidate.route is Route.EXACT:
                elsewhere += exp(min(base, _MOST)) * crowd.third_party_rate * _for_others(parsed, payers[0], crowd, shared)
            habits = _habit_factors(parsed, payers[0], crowd)
            for _code, weight in habits:
                base += weight
            factors += habits
        odds = exp(min(base, _MOST))
        total += odds
        rows.append((odds, candidate, factors))
    total += elsewhere - 1.0
    weighed = [Weighed(candidate, odds / total, factors) for odds, candidate, factors in rows]
    if len(weighed) > 1:
        weighed.sort(key=lambda row: (-row.probability, row.candidate.ids))
    return weighed


def _for_others(parsed: ParsedLine, payer: Person, crowd: Population, shared: Mapping[int, Sequence[Person]]) -> float:
    """Return the share of payments through a third party that are through this payer: for anybody, and for those of the same
    house, of whom it is known what they pay and when.
    """
    share = _BY_A_SUPPORTER
    for mate in shared.get(payer.household, ()) if payer.household is not None else ():
        if mate.id != payer.id:
            share += _BY_A_HOUSEMATE * exp(sum([weight for _code, weight in _habit_factors(parsed, mate, crowd)]))
    return share


def _is_no_relative(candidate: Candidate, payers: Sequence[Person]) -> bool:
    """Whether a group's own name was taken for a surname with a given name (みどりの会, 緑 真一): groups have no relatives."""
    if candidate.route not in _OF_PERSONS or not payers or payers[0].kind != "organisation":
        return False
    return candidate.known is None or candidate.known.origin != "contact"


def _name_factors(
    parsed: ParsedLine, candidate: Candidate, payers: Sequence[Person], crowd: Population, shares: dict[str, float],
) -> list[Factor]:
    """Return how much oftener this payer writes this text than anybody at all does, how often he pays, and in which manner."""
    often = pays(payers[0]) if len(payers) == 1 else min(map(pays, payers), default=_NOBODY_AGAIN)
    payer = ("pays", log(often))
    if candidate.route is Route.IDENTIFIER:
        return [("name_differs", log(_THROUGH_ANYBODY)), payer]
    share = shares.get(candidate.seen)
    if share is None:
        share = shares[candidate.seen] = string_share(candidate.seen, crowd)
    if payers and payers[0].kind == "organisation" and candidate.form is not Form.AFTER_TITLE:
        share = max(share, organisation_share(candidate.seen))
    known = candidate.known
    code = _NAME_CODES[known.origin if known and candidate.route is Route.EXACT else candidate.route]
    name = (code, log(candidate.chance / share + (_THROUGH_ANYBODY if parsed.identifiers else 0.0)))
    if known is None or not known.last_text:
        return [name, payer]
    return [name, payer, _SAME_TEXT if parsed.line.payer_text == known.last_text else _OTHER_TEXT]


def _habit_factors(parsed: ParsedLine, person: Person, crowd: Population) -> tuple[Factor, ...]:
    """Return what amount and month say about one payer; of several together the amounts are not known one by one.

    Whoever changes one habit often changes both: then neither last time's amount nor the month counts.
    """
    ratio = amount_ratio(parsed.line.received_yen, person, crowd)
    month = person.usual_month or (person.last_paid_on.month if person.last_paid_on else None)
    if month is None:
        return _habits(ratio, None, 1.0)
    apart = abs(month - parsed.line.booked_on.month)
    off = min(apart, 12 - apart, 2)
    return _habits(ratio, off, crowd.months[off])


@lru_cache(maxsize=8192)
def _habits(ratio: tuple[str, float, float], off: int | None, in_month: float) -> tuple[Factor, ...]:
    """Return the factors of an amount's ratio (`amount_ratio`) so many months off the usual one."""
    code, with_last, without = ratio
    if off is None:
        return ((code, log(with_last)),)
    kept = with_last * in_month
    changed = log(((1.0 - _CHANGED) * kept + _CHANGED * without) / kept)
    return (code, log(with_last)), (_MONTHS[off], log(in_month)), ("changed", changed)


def _identifier_factors(
    parsed: ParsedLine, ids: Sequence[int], identified: Mapping[Identifier, Sequence[int]],
) -> list[Factor]:
    """Return what numbers, phones and postcodes on the line say about these payers."""
    factors: list[Factor] = []
    for identifier in parsed.identifiers:
        kind, value = identifier
        owners = identified.get(identifier, ())
        if any(supporter in owners for supporter in ids):
            checked = kind == "number" and is_checked(value)
            factors.append((f"{kind}_agrees", _AGREES[kind] + _CHECKED_NUMBER * checked))
        elif kind == "number" and not owners:
            factors.append(("number_unknown", _NUMBER_UNKNOWN))
        else:
            factors.append((f"{kind}_differs" if kind != "number" else "number_anothers", _DIFFERS[kind]))
    return factors


def is_checked(number: str) -> bool:
    """Whether a number ends in a good check digit (Damm)."""
    return number.isdigit() and len(number) > 1 and bool(damm.is_valid(number))
