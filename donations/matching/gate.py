"""May the program confirm this line by itself?  Everything that says no is a reason a person can read.

Amount alone never decides: every way to CERTAIN needs a name (and where two share it, a number of one of them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from donations.matching.amounts import fits
from donations.matching.candidates import Candidate, Standing
from donations.matching.likeness import Route
from donations.matching.lines import STRONG_FORMS, Form, ParsedLine
from donations.matching.suggestions import Pile

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from donations.matching.posterior import Weighed
    from donations.matching.register import Identifier, Person

#: Codes after which the line goes to ASK, however likely the best suggestion looks.
HARD = frozenset(
    {"namesake", "number_conflict", "reversal", "paid_out", "bank_own", "joint", "known_nobody", "unknown_payer", "no_name"},
)
_LIKELY_FROM = 0.5
_LOOKED_AT = 12
_SMALL_REGISTER = 2000
_SHORTEST_NUMBER = 3
_A_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ANY_IDENTIFIER = frozenset({"number", "phone", "postcode"})
_POINTED_AT_BY = {Standing.WEAK: _ANY_IDENTIFIER, Standing.RELATED: frozenset({"number"})}


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure the program must be.

    ``simple_rule``: exactly one supporter has this payer name, and the amount is a whole number of that supporter's units
    or the same as last time.  ``tau``: the least probability (0 to 1); 0 leaves the decision to the rule alone.
    """

    simple_rule: bool = True
    tau: float = 0.0

    @classmethod
    def simple(cls) -> Self:
        """Return the plain rule, without a probability."""
        return cls(simple_rule=True, tau=0.0)

    @classmethod
    def posterior(cls, tau: float = 0.99) -> Self:
        """Return the gate by probability: the amount is evidence there, no condition."""
        return cls(simple_rule=False, tau=tau)


def default_tau(supporters: int) -> float:
    """Return the least probability to begin with: namesakes grow with the square of the register (matching.md, section 5)."""
    return 0.99 if supporters <= _SMALL_REGISTER else 0.995


def reasons_to_ask(
    parsed: ParsedLine,
    weighed: Sequence[Weighed],
    people: Mapping[int, Person],
    identified: Mapping[Identifier, Sequence[int]],
    policy: Policy,
    shared: Container[int | None] = (),
) -> list[str]:
    """Return the codes of everything that stands against confirming the best candidate without a look."""
    if parsed.is_bank_own:
        return ["bank_own"]
    if parsed.line.paid_out_yen:
        return ["reversal" if parsed.is_reversal else "paid_out"]
    asks = _about_the_line(parsed)
    if not weighed:
        return asks if "no_name" in asks else [*asks, "unknown_payer"]
    best = weighed[0]
    payers = [people[supporter] for supporter in best.candidate.ids]
    if len(weighed) > 1 or parsed.numbers or not payers:
        asks.extend(_about_names(parsed, weighed, identified))
    if not _name_is_enough(best.candidate.standing, policy) and (
        policy.simple_rule or not _pointed_at(parsed, best.candidate.standing, payers, identified, shared)
    ):
        asks.append("weak_name")
    if any(_is_nobodys(number, parsed, identified) for number in parsed.stated_numbers):
        asks.append("number_unknown")
    asks.extend(_about_payers(parsed, best, payers, policy))
    if best.probability < max(policy.tau, 0.0 if best.candidate.is_strong else _LIKELY_FROM):
        asks.append("not_sure")
    return asks


def pile_of(asks: Sequence[str], weighed: Sequence[Weighed]) -> Pile:
    """Return the pile: CERTAIN without a reason to ask, ASK after a hard one or without a likely candidate."""
    if not asks:
        return Pile.CERTAIN
    if not weighed or not weighed[0].candidate.ids or any(code in HARD for code in asks):
        return Pile.ASK
    return Pile.LIKELY if weighed[0].probability >= _LIKELY_FROM else Pile.ASK


def _name_is_enough(standing: Standing, policy: Policy) -> bool:
    """Whether a name of this standing may decide without an identifier."""
    return standing is Standing.STRONG or (standing is Standing.TURNED and not policy.simple_rule)


def _about_the_line(parsed: ParsedLine) -> list[str]:
    """Return what the line itself says against, whoever paid."""
    asks = []
    if parsed.is_reversal:
        asks.append("reversal")
    if not parsed.core:
        asks.append("no_name")
    return asks


def _about_names(
    parsed: ParsedLine,
    weighed: Sequence[Weighed],
    identified: Mapping[Identifier, Sequence[int]],
) -> list[str]:
    """Return what the names and numbers on the line say against the best candidate."""
    best = weighed[0].candidate
    strong = [row.candidate.ids for row in weighed if row.candidate.standing in {Standing.STRONG, Standing.TURNED}]
    named = {supporter for ids in strong for supporter in ids}
    owners = [set(identified.get(("number", number), ())) for number in parsed.numbers]
    asks = []
    if () in strong:
        asks.append("known_nobody")
    if any(owner and (not owner & set(best.ids) or (named and not owner & named)) for owner in owners):
        asks.append("number_conflict")
    unread = any(_may_read_so(row.candidate) and row.candidate.ids not in strong for row in weighed[:_LOOKED_AT])
    if sum(1 for ids in strong if ids) + (unread and bool(strong)) > 1 and not _is_alone_at(parsed, best.ids, identified):
        asks.append("namesake")
    if any(_names_another(row.candidate, best) for row in weighed):
        asks.append("another_named")
    return asks


def _is_nobodys(number: str, parsed: ParsedLine, identified: Mapping[Identifier, Sequence[int]]) -> bool:
    """Whether a number on the line is no supporter's, nor the amount or a year written beside the name."""
    if len(number) < _SHORTEST_NUMBER or identified.get(("number", number)):
        return False
    return number != str(parsed.line.received_yen) and _A_YEAR.fullmatch(number) is None


def _about_payers(parsed: ParsedLine, best: Weighed, payers: Sequence[Person], policy: Policy) -> list[str]:
    """Return what speaks against these payers: a name once undone, joint names, no longer active, an odd amount."""
    asks = []
    known = best.candidate.known
    if known is not None and known.blocked_for_auto:
        asks.append("blocked")
    learned = best.candidate.is_strong and known is not None and known.origin == "learned"
    if parsed.is_joint and not learned:
        asks.append("joint")
    if parsed.on_behalf and not learned and (parsed.says_for_whom or best.candidate.form is not Form.WHOLE):
        asks.append("on_behalf")
    if any(not person.is_active for person in payers):
        asks.append("not_active")
    if policy.simple_rule and payers and not _amount_fits(parsed.line.received_yen, payers):
        asks.append("amount")
    return asks


def _may_read_so(candidate: Candidate) -> bool:
    """Whether this is a supporter without a reading whose written name may be read exactly so."""
    proposed = candidate.known is not None and candidate.known.origin == "proposed_reading"
    return proposed and candidate.route is Route.EXACT and candidate.form in STRONG_FORMS


def _names_another(candidate: Candidate, best: Candidate) -> bool:
    """Whether the line also names another supporter: as the one it is for, or in the message."""
    in_words = candidate.form in {Form.BENEFICIARY, Form.MENTIONED} and candidate.route is Route.EXACT
    return in_words and bool(candidate.ids) and not set(candidate.ids) & set(best.ids)


def _pointed_at(
    parsed: ParsedLine,
    standing: Standing,
    payers: Sequence[Person],
    identified: Mapping[Identifier, Sequence[int]],
    shared: Container[int | None],
) -> bool:
    """Whether the line points at this one payer besides the name, and no other supporter lives there.

    For a changed name a number, a phone or a postcode does; a relative may live at the same address, so there only a number.
    """
    if len(payers) != 1 or payers[0].household in shared or standing not in _POINTED_AT_BY:
        return False
    return _is_alone_at(parsed, (payers[0].id,), identified, _POINTED_AT_BY[standing])


def _is_alone_at(
    parsed: ParsedLine,
    ids: tuple[int, ...],
    identified: Mapping[Identifier, Sequence[int]],
    kinds: frozenset[str] = _ANY_IDENTIFIER,
) -> bool:
    """Whether a number, a phone or a postcode on the line belongs to this supporter and to nobody else.

    A wrong number is some other supporter's; that it hits just one whose name fits too is as good as impossible.
    """
    return any(
        kind in kinds and tuple(identified.get((kind, value), ())) == ids for kind, value in parsed.identifiers
    )


def _amount_fits(amount_yen: int, payers: Sequence[Person]) -> bool:
    """Whether the amount suits the one payer, or is the sum of what joint payers gave last time or of whole units."""
    if len(payers) == 1:
        return fits(amount_yen, payers[0])
    last = [person.last_amount_yen for person in payers]
    same = all(amount is not None for amount in last) and sum(amount or 0 for amount in last) == amount_yen
    prices = {person.unit_price_yen for person in payers}
    return same or (len(prices) == 1 and amount_yen % (len(payers) * prices.pop()) == 0)
