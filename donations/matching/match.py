"""The entry: match a batch of bank lines against the register, with one look-up of each kind for the whole batch."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from donations.matching import evidence
from donations.matching.candidates import alike_names, by_identifier, by_likeness, by_name, merged
from donations.matching.gate import Policy, pile_of, reasons_to_ask
from donations.matching.parse import parse, strong_keys
from donations.matching.posterior import weigh
from donations.matching.reversals import find_reversed
from donations.matching.suggestions import Match, Pile, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from donations.matching.candidates import Candidate
    from donations.matching.lines import EarlierReceipt, Line, ParsedLine
    from donations.matching.posterior import Weighed
    from donations.matching.register import Identifier, KnownName, Person, Population, Register

_T = TypeVar("_T")
_MOST_SUGGESTIONS = 3
_PAYER_KNOWN_FROM = 0.5
_LEAST_CONFIDENCE = 0.001


def match_batch(
    lines: Sequence[Line],
    register: Register,
    *,
    earlier: Sequence[EarlierReceipt] = (),
    policy: Policy | None = None,
) -> list[Match]:
    """Return one answer for each line, in the order of the lines; the answer for a line does not depend on the others.

    ``earlier`` are receipts that a 組戻 among the lines may take back.  ``policy`` defaults to ``Policy.simple()``.
    """
    with without_garbage_collection():
        return _match(lines, register, earlier, policy or Policy.simple())


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Keep Python's cycle collector still: a batch, or a register, makes many small objects and no cycle, and beside a
    large register each full collection takes longer than the matching.

    What was made counts as old afterwards, so that the collector does not walk through all of it at once either.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.enable()


def _match(
    lines: Sequence[Line], register: Register, earlier: Sequence[EarlierReceipt], policy: Policy,
) -> list[Match]:
    parsed = [parse(line) for line in lines]
    asking = [row for row in parsed if row.line.received_yen > 0 and not row.is_bank_own]
    names = register.names(_distinct(key for row in asking for key in row.keys))
    identified = register.identified(_distinct(identifier for row in asking for identifier in row.identifiers))
    unnamed = [_unknown_key(row, names) for row in asking]
    unknown = _distinct(key for key in unnamed if key)
    similar = register.similar(unknown) if unknown else {}
    crowd = register.population()
    alike = [alike_names(key, row, similar[key], crowd) if key else [] for row, key in zip(asking, unnamed, strict=True)]
    near = register.names(_distinct(one.key for many in alike for one in many)) if unknown else {}
    found = {
        id(row): _candidates(row, names, by_likeness(key, row, many, near) if many else [], identified)
        for row, key, many in zip(asking, unnamed, alike, strict=True)
    }
    people = register.people(_distinct(i for many in found.values() for one in many for i in one.ids))
    homes = register.households(_distinct(p.household for p in people.values() if p.household is not None))
    shared = {household: ids for household, ids in homes.items() if len(ids) > 1}
    mates = _distinct(i for ids in shared.values() for i in ids if i not in people)
    known = {**people, **register.people(mates)} if mates else people
    homes_of = {household: [known[i] for i in ids if i in known] for household, ids in shared.items()}
    facts = _Facts(people, identified, crowd, homes_of, earlier, policy)
    return [_answer(row, found.get(id(row), []), facts) for row in parsed]


@dataclass(slots=True)
class _Facts:
    """What the register said about a batch."""

    people: Mapping[int, Person]
    identified: Mapping[Identifier, Sequence[int]]
    crowd: Population
    shared: Mapping[int, Sequence[Person]]
    earlier: Sequence[EarlierReceipt]
    policy: Policy


def _candidates(
    row: ParsedLine,
    names: Mapping[str, Sequence[KnownName]],
    alike: list[Candidate],
    identified: Mapping[Identifier, Sequence[int]],
) -> list[Candidate]:
    found = by_name(row, names) + alike
    if row.identifiers:
        found += by_identifier(row, identified)
    return merged(found) if len(found) > 1 else found


def _unknown_key(row: ParsedLine, names: Mapping[str, Sequence[KnownName]]) -> str:
    """Return the barest strong key of a line whose strong keys nobody is known by; '' where somebody is."""
    strong = strong_keys(row)
    return "" if not strong or any(key in names for key in strong) else strong[-1]


def _answer(row: ParsedLine, candidates: Sequence[Candidate], facts: _Facts) -> Match:
    people = facts.people
    weighed = weigh(row, candidates, people, facts.identified, facts.crowd, facts.shared)
    asks = reasons_to_ask(row, weighed, people, facts.identified, facts.policy, facts.shared)
    pile = pile_of(asks, weighed)
    reverses = find_reversed(row.line, facts.earlier) if row.is_reversal or "paid_out" in asks else []
    reasons = [evidence.ask(code) for code in asks]
    best = weighed[0] if weighed and weighed[0].candidate.ids else None
    if pile is Pile.ASK and not row.is_bank_own and (best is None or best.probability < _PAYER_KNOWN_FROM):
        two_readings = evidence.three_thousand(row.line.received_yen, facts.crowd)
        reasons.extend([two_readings] if two_readings else [])
    return Match(
        line_id=row.line.id,
        pile=pile,
        suggestions=_suggestions(row, weighed, facts),
        asks=tuple(reasons),
        expected_error=1.0 - best.probability if best else 1.0,
        joint_ids=best.candidate.ids if best and len(best.candidate.ids) > 1 else (),
        reverses=tuple(reverses),
    )


def _suggestions(row: ParsedLine, weighed: Sequence[Weighed], facts: _Facts) -> tuple[Suggestion, ...]:
    """Return at most three supporters, each once; joint payers one by one with the confidence of the group."""
    found: dict[int, Suggestion] = {}
    for entry in weighed:
        if entry.probability < _LEAST_CONFIDENCE and found:
            break
        for supporter in entry.candidate.ids:
            if supporter not in found:
                reasons = partial(evidence.for_candidate, entry, weighed, row, facts.people, facts.crowd)
                found[supporter] = Suggestion(supporter, entry.probability, reasons)
        if len(found) >= _MOST_SUGGESTIONS:
            break
    return tuple(list(found.values())[:_MOST_SUGGESTIONS])


def _distinct(values: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(values))
