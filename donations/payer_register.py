"""The stored register as matching asks for it: a few queries for a batch, whatever the number of its rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, OuterRef, Subquery, Sum

from donations.matching.crowd import crowd_of, pays
from donations.matching.rates import with_record
from donations.matching.register import Identifier, Kind, KnownName, Person, Population, identifiers_of
from donations.matching.similar import SimilarNames
from donations.models import Allocation, PastPayment, Transaction
from donations.past_payments import earlier_payments, payers, record_of_all
from donations.shares import PaymentRules
from members.in_parts import in_parts
from members.models import NameOrigin, PayerName, Supporter, SupporterKind, SupporterState

NEW_FOR = timedelta(days=366)
_KEYS_IN_A_QUERY = 5_000
_LONG_AGO = date(1970, 1, 1)
_IDENTITY = ("pk", "number", "legacy_number", "kind", "name", "reading")
_CONTACTS = ("household_id", "postal_code", "phone", "contact_name", "state", "registered_on", "prefecture", "address")


class Crowd:
    """What is read once from all supporters, when first needed: the same for every batch of a run."""

    def __init__(self, rules: PaymentRules) -> None:
        self.rules = rules
        self._names: dict[str, Sequence[KnownName]] = {}

    @cached_property
    def newest(self) -> date:
        """The day of the newest row of the ledger: what "new" is measured from, whichever rows are asked about."""
        return Transaction.objects.aggregate(day=Max("booked_on"))["day"] or _LONG_AGO

    @cached_property
    def population(self) -> Population:
        """The crowd, with the rates that the group's own payments show."""
        expected: list[float] = []
        crowd = crowd_of(self._read(expected))
        crowd = with_record(crowd, record_of_all(known=sum(expected) / crowd.payers))
        prices = {kind: self.rules.unit_price_yen(kind, self.newest) for kind in SupporterKind.values}
        return replace(
            crowd,
            individual_unit_yen=prices[SupporterKind.INDIVIDUAL] or crowd.individual_unit_yen,
            organisation_unit_yen=prices[SupporterKind.ORGANISATION] or crowd.organisation_unit_yen,
        )

    @cached_property
    def knows_earlier_years(self) -> bool:
        """Whether payments of the years before our ledger were imported."""
        return PastPayment.objects.exists()

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

    def names(self, keys: Iterable[str]) -> Mapping[str, Sequence[KnownName]]:
        """What is known under each key; look-alike names come back often, so what was found is kept."""
        wanted = list(keys)
        for part in in_parts((key for key in wanted if key not in self._names), _KEYS_IN_A_QUERY):
            self._names.update(_read_names(part))
        return {key: self._names[key] for key in wanted if key in self._names}

    def is_new(self, registered_on: date) -> bool:
        return registered_on > self.newest - NEW_FOR

    def _read(self, expected: list[float]) -> Iterator[Person]:
        """All supporters; `expected` gets how many payments to expect from each of those who paid before."""
        paid = payers()
        rows = Supporter.objects.order_by("pk").values_list("pk", "kind", "name", "reading", "state", "registered_on")
        for pk, kind, name, reading, state, registered_on in rows.iterator():
            person = Person(
                pk, "", "", _kind(kind), name, reading, 0,
                last_paid_on=_LONG_AGO if pk in paid else None,
                is_active=state == SupporterState.ACTIVE,
                is_new=self.is_new(registered_on),
            )  # fmt: skip
            if pk in paid:
                expected.append(pays(person))
            yield person


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
        """What is known under each key. A learned name whose confirmations were all undone is left out."""
        return self.crowd.names(keys)

    def people(self, ids: Iterable[int]) -> Mapping[int, Person]:
        """The supporters with these ids, each with the last payment."""
        wanted = dict.fromkeys(ids)
        for part in in_parts(supporter for supporter in wanted if supporter not in self._people):
            self._people.update((person.id, person) for person in self._read(part))
        return {supporter: self._people[supporter] for supporter in wanted if supporter in self._people}

    def person(self, supporter_id: int) -> Person:
        """The supporter with this id; no query where matching asked for it before. Raises KeyError for nobody."""
        return self._people.get(supporter_id) or self.people([supporter_id])[supporter_id]

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
        earlier = earlier_payments(ids) if self.crowd.knows_earlier_years else {}
        for values in rows:
            pk, number, legacy, kind, name, reading, *contacts, row = values
            household, postcode, phone, contact, state, since, prefecture, address = contacts
            paid_on, amount_yen = last.get((pk, row)) or earlier.get(pk) or (None, None)
            yield Person(
                pk, number, legacy, _kind(kind), name, reading, self.rules.unit_price_yen(kind, self.day),
                last_amount_yen=amount_yen,
                last_paid_on=paid_on,
                household=household,
                postal_code=postcode,
                phone=phone,
                is_active=state == SupporterState.ACTIVE,
                contact=contact,
                is_new=self.crowd.is_new(since),
                address=f"{prefecture}{address}",
            )  # fmt: skip


def _kind(kind: str) -> Kind:
    return "organisation" if kind == SupporterKind.ORGANISATION else "individual"


def _sums(ids: Sequence[int], rows: set[int]) -> dict[tuple[int, int | None], tuple[date, int]]:
    """(supporter, row) → (day, yen) of what the supporter gave with that row; nothing asked for no rows."""
    if not rows:
        return {}
    live = Allocation.objects.live().filter(supporter__in=ids, transaction__in=rows)
    sums = live.values("supporter_id", "transaction_id", "transaction__booked_on").annotate(
        yen=Sum("amount_yen")
    )
    return {
        (row["supporter_id"], row["transaction_id"]): (row["transaction__booked_on"], row["yen"])
        for row in sums
    }


def _read_names(keys: Sequence[str]) -> dict[str, list[KnownName]]:
    """Supporters who pay jointly have one row each with the same group: they become one known name."""
    fields = ("key", "origin", "joint_group", "supporter_id", "confirmed_count", "last_confirmed_on", "blocked_for_auto", "last_text")
    found: dict[str, list[KnownName]] = {}
    joint: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
    for row in PayerName.objects.filter(key__in=keys).order_by("pk").values_list(*fields):
        key, origin, joint_group, _supporter, confirmed_count = row[:5]
        if origin == NameOrigin.LEARNED and not confirmed_count:
            continue
        if joint_group:
            joint.setdefault((key, joint_group), []).append(row)
        else:
            found.setdefault(key, []).append(_known_name([row]))
    for (key, _group), rows in joint.items():
        found.setdefault(key, []).append(_known_name(rows))
    return found


def _known_name(rows: Sequence[tuple[Any, ...]]) -> KnownName:
    """One known name of all supporters of these rows."""
    key, origin, _group, _supporter, confirmed_count, last_confirmed_on, _blocked, last_text = rows[0]
    return KnownName(
        key=key,
        supporter_ids=frozenset(row[3] for row in rows if row[3] is not None),
        origin=origin,
        confirmed_count=confirmed_count,
        last_confirmed_on=last_confirmed_on,
        blocked_for_auto=any(row[6] for row in rows),
        last_text=last_text,
    )
