"""A register held in memory: for one batch of the application, for the benchmark and for tests."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from donations.matching.crowd import crowd_of
from donations.matching.register import Identifier, KnownName, Person, Population, identifiers_of
from donations.matching.similar import SimilarNames
from japanese.names import comparison_key, kana_key
from japanese.readings import propose_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PROPOSED = 6


def own_names(person: Person) -> list[KnownName]:
    """Return the names a supporter is known by from the register alone: name, reading (proposed ones if none), contact."""
    found: list[KnownName] = []
    only = frozenset({person.id})
    for text, origin in (
        (person.reading, "reading"),
        (person.name, "name"),
        (person.contact, "contact"),
        (person.contact_reading, "contact"),
    ):
        if text and (key := comparison_key(text)[1]) and all(key != known.key for known in found):
            found.append(KnownName(key, only, origin))  # type: ignore[arg-type]
    if person.kind == "individual" and not person.reading:
        proposed = dict.fromkeys(kana_key(reading) for reading in propose_readings(person.name, _PROPOSED))
        found.extend(KnownName(key, only, "proposed_reading") for key in proposed)
    return found


class InMemoryRegister:
    """Answers from dictionaries; implements ``Register``.  ``names`` are added to the supporters' own names."""

    def __init__(
        self,
        people: Iterable[Person],
        names: Iterable[KnownName] = (),
        *,
        population: Population | None = None,
        with_own_names: bool = True,
    ) -> None:
        self._people = {person.id: person for person in people}
        self._names: dict[str, list[KnownName]] = defaultdict(list)
        if with_own_names:
            for person in self._people.values():
                for known in own_names(person):
                    self._names[known.key].append(known)
        for known in names:
            self._names[known.key].append(known)
        self._population = population

    def prepare(self) -> None:
        """Build every index now rather than at the first question."""
        _ = self._similar, self._by_identifier, self._by_household
        self.population()

    def names(self, keys: Iterable[str]) -> Mapping[str, Sequence[KnownName]]:
        """Return what is known under each key."""
        return {key: known for key in keys if (known := self._names.get(key))}

    def people(self, ids: Iterable[int]) -> Mapping[int, Person]:
        """Return the supporters with these ids."""
        return {supporter_id: self._people[supporter_id] for supporter_id in ids if supporter_id in self._people}

    def identified(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, Sequence[int]]:
        """Return the ids of the supporters with that number, phone or postcode."""
        return {wanted: ids for wanted in identifiers if (ids := self._by_identifier.get(wanted))}

    def households(self, households: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the ids of all who live in each household."""
        return {household: self._by_household.get(household, []) for household in households}

    def similar(self, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Return for each key the known keys that look like it."""
        return {key: self._similar.alike(key) for key in keys}

    def population(self) -> Population:
        """Return the crowd: the one given, else counted from the people."""
        if self._population is None:
            self._population = crowd_of(self._people.values())
        return self._population

    @cached_property
    def _similar(self) -> SimilarNames:
        return SimilarNames(self._names)

    @cached_property
    def _by_identifier(self) -> dict[Identifier, list[int]]:
        found: dict[Identifier, list[int]] = defaultdict(list)
        for person in self._people.values():
            for identifier in identifiers_of(person):
                found[identifier].append(person.id)
        return found

    @cached_property
    def _by_household(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for person in self._people.values():
            if person.household is not None:
                found[person.household].append(person.id)
        return found

