"""The stored register as matching asks for it: a few queries for a batch, whatever the number of its rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery, Sum

from donations.in_parts import in_parts
from donations.matching.crowd import crowd_of
from donations.matching.register import Identifier, Kind, KnownName, Person, Population, identifiers_of
from donations.matching.similar import SimilarNames
from donations.models import Allocation, Transaction
from donations.shares import PaymentRules
from members.models import NameOrigin, PayerName, Supporter, SupporterKind, SupporterState

NEW_FOR = timedelta(days=366)
_KEYS_IN_A_QUERY = 5_000
_LONG_AGO = date(1970, 1, 1)
_IDENTITY = ("pk", "number", "legacy_number", "kind", "name", "reading")
_CONTACTS = ("household_id", "postal_code", "phone", "contact_name", "state", "registered_on")


class Crowd:
    """What is read once from all supporters, when first needed: the same for every batch of a run."""

    def __init__(self, rules: PaymentRules) -> None:
        self.rules = rules

    @cached_property
    def newest(self) -> date:
        """The day of the newest row of the ledger: what "new" is measured from, whichever rows are asked about."""
        return Transaction.objects.aggregate(day=Max("booked_on"))["day"] or _LONG_AGO

    @cached_property
    def population(self) -> Population:
        crowd = crowd_of(self._read())
        prices = {kind: self.rules.unit_price_yen(kind, self.newest) for kind in SupporterKind.values}
        return replace(
            crowd,
            individual_unit_yen=prices[SupporterKind.INDIVIDUAL] or crowd.individual_unit_yen,
            organisation_unit_yen=prices[SupporterKind.ORGANISATION] or crowd.organisation_unit_yen,
        )

    @cached_property
    def similar(self) -> SimilarNames:
        keys = PayerName.objects.exclude(supporter=None).values_list("key", flat=True).distinct()
        return SimilarNames(keys.iterator())

    @cached_property
    def by_identifier(self) -> Mapping[Identifier, Sequence[int]]:
        found: dict[Identifier, list[int]] = defaultdict(list)
        rows = Supporter.objects.order_by("pk").values_list("pk", "number", "legacy_number", "phone", "postal_code")
        for pk, number, legacy_number, phone, postal_code in rows.iterator():
            bare = Person(pk, number, legacy_number, "individual", "", "", 0, phone=phone, postal_code=postal_code)
            for identifier in identifiers_of(bare):
                found[identifier].append(pk)
        return dict(found)

    def is_new(self, registered_on: date) -> bool:
        return registered_on > self.newest - NEW_FOR

    def _read(self) -> Iterator[Person]:
        gave = Exists(Allocation.objects.live().filter(supporter=OuterRef("pk")))
        rows = Supporter.objects.order_by("pk").annotate(gave=gave)
        for pk, kind, name, reading, state, registered_on, gave_once in rows.values_list(
            "pk", "kind", "name", "reading", "state", "registered_on", "gave"
        ).iterator():
            yield Person(
                pk, "", "", _kind(kind), name, reading, 0,
                last_paid_on=_LONG_AGO if gave_once else None,
                is_active=state == SupporterState.ACTIVE,
                is_new=self.is_new(registered_on),
            )  # fmt: skip


class StoredRegister:
    """Implements `donations.matching.register.Register` over the database; `day` decides the price of a unit.

    Supporters are read when first needed and kept: one register serves all batches of one run with that
    price, and is thrown away with the request.
    """

    def __init__(self, *, rules: PaymentRules, day: date, crowd: Crowd) -> None:
        self.rules = rules
        self.day = day
        self.crowd = crowd
        self._people: dict[int, Person] = {}

    def names(self, keys: Iterable[str]) -> Mapping[str, Sequence[KnownName]]:
        """What is known under each key.

        A learned name whose confirmations were all undone is no reason any more and is left out.
        """
        found: dict[str, dict[tuple[str, int, int | None], list[Any]]] = defaultdict(lambda: defaultdict(list))
        for part in in_parts(keys, _KEYS_IN_A_QUERY):
            for row in PayerName.objects.filter(key__in=part).order_by("pk").values_list(
                "key", "origin", "supporter_id", "joint_group", "confirmed_count", "last_confirmed_on", "blocked_for_auto"
            ):
                key, origin, supporter_id, joint_group = row[:4]
                found[key][origin, joint_group, None if joint_group else supporter_id].append(row)
        return {key: names for key, rows in found.items() if (names := _known_names(key, rows))}

    def people(self, ids: Iterable[int]) -> Mapping[int, Person]:
        """The supporters with these ids, each with the last payment."""
        wanted = dict.fromkeys(ids)
        for part in in_parts(supporter for supporter in wanted if supporter not in self._people):
            self._people.update((person.id, person) for person in self._read(part))
        return {supporter: self._people[supporter] for supporter in wanted if supporter in self._people}

    def identified(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, Sequence[int]]:
        """The ids of the supporters with that number, phone or postcode."""
        wanted = list(identifiers)
        index = self.crowd.by_identifier if wanted else {}
        return {identifier: index[identifier] for identifier in wanted if identifier in index}

    def households(self, households: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The ids of all who live in each household."""
        found: dict[int, list[int]] = {household: [] for household in households}
        for part in in_parts(found):
            rows = Supporter.objects.filter(household__in=part).order_by("pk").values_list("household_id", "pk")
            for household, supporter in rows:
                found[household].append(supporter)
        return found

    def similar(self, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """For each key the known keys that look like it."""
        return {key: self.crowd.similar.alike(key) for key in keys}

    def population(self) -> Population:
        """The crowd that the register makes."""
        return self.crowd.population

    def _read(self, ids: Sequence[int]) -> Iterator[Person]:
        newest_first = ("-transaction__booked_on", "-transaction_id")
        gifts = Allocation.objects.live().filter(supporter=OuterRef("pk")).order_by(*newest_first)
        rows = list(
            Supporter.objects.filter(pk__in=ids)
            .annotate(last_row=Subquery(gifts.values("transaction_id")[:1]))
            .values_list(*_IDENTITY, *_CONTACTS, "last_row")
        )
        last = _sums(ids, {row[-1] for row in rows if row[-1] is not None})
        for pk, number, legacy, kind, name, reading, household, postcode, phone, contact, state, since, row in rows:
            paid_on, amount_yen, units = last.get((pk, row), (None, None, None))
            yield Person(
                pk, number, legacy, _kind(kind), name, reading, self.rules.unit_price_yen(kind, self.day),
                last_amount_yen=amount_yen,
                last_paid_on=paid_on,
                usual_units=units or None,
                household=household,
                postal_code=postcode,
                phone=phone,
                is_active=state == SupporterState.ACTIVE,
                contact=contact,
                is_new=self.crowd.is_new(since),
            )  # fmt: skip


def _kind(kind: str) -> Kind:
    return "organisation" if kind == SupporterKind.ORGANISATION else "individual"


def _sums(ids: Sequence[int], rows: set[int]) -> dict[tuple[int, int | None], tuple[date, int, int]]:
    """(supporter, row) → (day, yen, units) of what the supporter gave with that row; nothing asked for no rows."""
    if not rows:
        return {}
    live = Allocation.objects.live().filter(supporter__in=ids, transaction__in=rows)
    sums = live.values("supporter_id", "transaction_id", "transaction__booked_on").annotate(
        yen=Sum("amount_yen"), bought=Sum("units")
    )
    return {
        (row["supporter_id"], row["transaction_id"]): (row["transaction__booked_on"], row["yen"], row["bought"])
        for row in sums
    }


def _known_names(key: str, groups: Mapping[tuple[str, int, int | None], Sequence[Any]]) -> list[KnownName]:
    payers = {group: frozenset(row[2] for row in rows if row[2] is not None) for group, rows in groups.items()}
    return [
        KnownName(
            key=key,
            supporter_ids=payers[group],
            origin=group[0],  # type: ignore[arg-type]
            confirmed_count=max(row[4] for row in rows),
            last_confirmed_on=max((row[5] for row in rows if row[5]), default=None),
            blocked_for_auto=any(row[6] for row in rows),
        )
        for group, rows in groups.items()
        if group[0] != NameOrigin.LEARNED or any(row[4] for row in rows)
    ]
