"""The register as a crowd: how often each supporter pays, and which given names it is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from donations.matching.register import Person, Population
from japanese.names import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_DISCOUNT = 0.6


def pays(person: Person) -> float:
    """Return how many payments to expect from a supporter in a year, roughly: who paid before pays again."""
    if not person.is_active:
        return 0.05
    if person.last_paid_on is not None:
        return 0.9
    return 0.7 if person.is_new else 0.4


def crowd_of(people: Iterable[Person], *, stranger_rate: float = 0.06, third_party_rate: float = 0.08) -> Population:
    """Return the population that these supporters make."""
    given: Counter[str] = Counter()
    individuals = 0
    payers = 0.0
    for person in people:
        payers += pays(person)
        if person.kind == "individual":
            individuals += 1
            for text in (person.name, person.reading):
                words = text.split()
                if len(words) == 2:
                    given[comparison_key(words[1])[1]] += 1
    return Population(
        payers=max(payers, 1.0),
        given_names=given,
        given_total=individuals,
        unseen_given=min(1.0, _DISCOUNT * len(given) / max(1, given.total())),
        stranger_rate=stranger_rate,
        third_party_rate=third_party_rate,
    )
