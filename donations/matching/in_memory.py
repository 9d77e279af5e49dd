"""A register held in memory: for one batch of the application, for the benchmark and for tests.

A hundred thousand supporters have some four hundred thousand names, numbers and phones.  So the indexes hold, for each text,
one whole number (whose it is, and where it comes from) rather than objects, which are made when they are asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, get_args

from donations.matching.crowd import crowd_of
from donations.matching.register import Identifier, KnownName, Origin, Person, Population, identifiers_of
from donations.matching.similar import SimilarNames
from japanese.names import comparison_key, kana_key
from japanese.readings import propose_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_Key = TypeVar("_Key", str, int)
_PROPOSED = 6
_ORIGINS: tuple[Origin, ...] = get_args(Origin)
_PLACE_OF = {origin: place for place, origin in enumerate(_ORIGINS)}

#: One whole number, or several in the order in which they came.
_Packed = int | tuple[int, ...]


def own_names(person: Person) -> list[KnownName]:
    """Return the names a supporter is known by from the register alone: name, reading (proposed ones if none), contact."""
    only = frozenset({person.id})
    return [KnownName(key, only, origin) for key, origin in _own_keys(person).items()]


def _own_keys(person: Person) -> dict[str, Origin]:
    """Return each key once, by where it comes from first."""
    found: dict[str, Origin] = {}
    texts: tuple[tuple[str, Origin], ...] = (
        (person.reading, "reading"),
        (person.name, "name"),
        (person.contact, "contact"),
        (person.contact_reading, "contact"),
    )
    for text, origin in texts:
        if text and (key := comparison_key(text)[1]):
            found.setdefault(key, origin)
    if person.kind == "individual" and not person.reading:
        for reading in propose_readings(person.name, _PROPOSED):
            found.setdefault(kana_key(reading), "proposed_reading")
    return found


class InMemoryRegister:
    """Answers from dictionaries; implements ``Register``.  ``names`` are added to the supporters' own names."""

    def __init__(
        self,
        people: Iterable[Person],
        names: Iterable[KnownName] = (),
        *,
        population: Population | None = None,
    ) -> None:
        self._people = {person.id: person for person in people}
        self._own: dict[str, _Packed] = {}
        for person in self._people.values():
            for key, origin in _own_keys(person).items():
                _add(self._own, key, person.id * len(_ORIGINS) + _PLACE_OF[origin])
        self._added: dict[str, tuple[KnownName, ...]] = {}
        for known in names:
            self._added[known.key] = (*self._added.get(known.key, ()), known)
        self._population = population

    def prepare(self) -> None:
        """Build every index now rather than at the first question."""
        _ = self._similar, self._by_identifier, self._by_household
        self.population()

    def names(self, keys: Iterable[str]) -> Mapping[str, Sequence[KnownName]]:
        """Return what is known under each key."""
        found: dict[str, Sequence[KnownName]] = {}
        for key in keys:
            own, added = self._own.get(key), self._added.get(key)
            if own is None:
                if added is not None:
                    found[key] = added
            elif added is None:
                found[key] = [_known(key, packed) for packed in _unpacked(own)]
            else:
                found[key] = [*(_known(key, packed) for packed in _unpacked(own)), *added]
        return found

    def people(self, ids: Iterable[int]) -> Mapping[int, Person]:
        """Return the supporters with these ids."""
        return {supporter_id: self._people[supporter_id] for supporter_id in ids if supporter_id in self._people}

    def identified(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, Sequence[int]]:
        """Return the ids of the supporters with that number, phone or postcode."""
        found: dict[Identifier, Sequence[int]] = {}
        for kind, value in identifiers:
            owners = self._by_identifier.get(kind, {}).get(value)
            if owners is not None:
                found[kind, value] = _unpacked(owners)
        return found

    def households(self, households: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the ids of all who live in each household."""
        return {household: _unpacked(self._by_household.get(household, ())) for household in households}

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
        return SimilarNames(self._all_keys())

    def _all_keys(self) -> Iterator[str]:
        yield from self._own
        yield from (key for key in self._added if key not in self._own)

    @cached_property
    def _by_identifier(self) -> dict[str, dict[str, _Packed]]:
        found: dict[str, dict[str, _Packed]] = {}
        for person in self._people.values():
            for kind, value in identifiers_of(person):
                _add(found.setdefault(kind, {}), value, person.id)
        return found

    @cached_property
    def _by_household(self) -> dict[int, _Packed]:
        found: dict[int, _Packed] = {}
        for person in self._people.values():
            if person.household is not None:
                _add(found, person.household, person.id)
        return found


def _known(key: str, packed: int) -> KnownName:
    supporter, place = divmod(packed, len(_ORIGINS))
    return KnownName(key, frozenset((supporter,)), _ORIGINS[place])


def _add(index: dict[_Key, _Packed], key: _Key, number: int) -> None:
    if key in index:
        index[key] = (*_unpacked(index[key]), number)
    else:
        index[key] = number


def _unpacked(packed: _Packed) -> tuple[int, ...]:
    return (packed,) if isinstance(packed, int) else packed
