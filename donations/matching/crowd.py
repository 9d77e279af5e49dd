"""The register as a crowd: how often each supporter pays, and which names it is made of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from donations.matching.register import Person, Population
from japanese.names import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable


def name_parts(person: Person) -> list[tuple[str, str]]:
    """Return (surname key, given-name key) of an individual, by kanji and by kana, where a space parts them."""
    if person.kind != "individual":
        return []
    parts = (text.split() for text in (person.name, person.reading))
    return [(comparison_key(words[0])[1], comparison_key(words[1])[1]) for words in parts if len(words) == 2]


def crowd_of(people: Iterable[Person]) -> Population:
    """Return the population that these supporters make."""
    given: dict[str, int] = defaultdict(int)
    surnames: dict[str, int] = defaultdict(int)
    count = 0
    payers = 0.0
    for person in people:
        count += 1
        payers += pays(person)
        for surname, name in name_parts(person):
            surnames[surname] += 1
            given[name] += 1
    return Population(supporters=count, payers=max(payers, 1.0), given_names=dict(given), surnames=dict(surnames))


def pays(person: Person) -> float:
    """Return how many payments to expect from a supporter in a year, roughly: who paid before pays again."""
    if not person.is_active:
        return 0.05
    if person.last_paid_on is not None:
        return 0.9
    return 0.7 if person.is_new else 0.5
