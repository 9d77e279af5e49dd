"""Put supporters on the list and change what we know about them.

The bulk functions do what the single ones do, in few queries; one refused fact stops them all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from members.consenting import NewConsent, give_consents
from members.errors import refuse_erased
from members.facts import COLUMN_NAMES, FACT_NAMES, SupporterFacts, clean_facts, facts_of
from members.in_parts import BATCH, in_parts
from members.models import Association, Household, PayerName, Supporter
from members.naming import follow_payer_names
from members.numbering import supporter_number
from members.payer_names import unsaved_names
from privacy.errors import Refused
from privacy.recording import record, record_many

__all__ = [
    "NewSupporter",
    "SupporterFacts",
    "change_supporter",
    "change_supporters",
    "register_supporter",
    "register_supporters",
]



@dataclass(frozen=True, slots=True)
class NewSupporter:
    """Who shall be registered, and the day and way of consent where it is known."""

    facts: SupporterFacts
    consent_on: date | None = None
    consent_source: str = ""


def register_supporter(
    *,
    facts: SupporterFacts,
    consent_on: date | None = None,
    consent_source: str = "",
    today: date,
    at: datetime,
    by: str,
) -> Supporter:
    """Register one supporter under the next free number; keep the payer names READING, NAME, CONTACT.

    Raises `Refused` with code "bad_value" (`column` names the fact), "number_taken" (the older number is
    somebody's), "not_set_up" (our own group is unknown yet) or what `give_consent` raises; `NationalIdRefused`.
    """
    new = NewSupporter(facts, consent_on, consent_source)
    with transaction.atomic():
        (supporter,) = _register([new], today=today, at=at, by=by)
        record(action="members.supporter_registered", at=at, by=by, subject=supporter)
    return supporter


def register_supporters(
    *, new: Sequence[NewSupporter], today: date, at: datetime, by: str
) -> list[Supporter]:
    """Register many, in their order; one audit event counts them. Raises as `register_supporter`."""
    if not new:
        return []
    with transaction.atomic():
        supporters = _register(new, today=today, at=at, by=by)
        record(action="members.supporters_registered", at=at, by=by, count=len(supporters))
    return supporters


def change_supporter(*, supporter: Supporter, facts: SupporterFacts, at: datetime, by: str) -> bool:
    """Make `facts` those of `supporter` and its payer names follow; say whether anything changed.

    Raises as `register_supporter`, and `Refused` with code "erased". Consent, terms and state have their own actions.
    """
    return bool(change_supporters(changes=[(supporter, facts)], at=at, by=by))


def change_supporters(
    *, changes: Sequence[tuple[Supporter, SupporterFacts]], at: datetime, by: str
) -> dict[int, list[str]]:
    """Change many; give {id: names of the changed facts} of those that changed, one audit event for each."""
    cleaned = [(supporter, clean_facts(facts)) for supporter, facts in changes]
    differing = [(supporter, facts, changed) for supporter, facts in cleaned if (changed := _changed(supporter, facts))]
    if not differing:
        return {}
    for supporter, _facts, _names in differing:
        refuse_erased(supporter)
    with transaction.atomic():
        _refuse_taken_numbers([(facts.legacy_number, supporter.pk) for supporter, facts, _names in differing])
        households = _households(facts.household for _who, facts, _names in differing)
        for supporter, facts, names in differing:
            _write(supporter, facts, households)
            supporter.save(update_fields=names)  # ten times as fast as bulk_update of fourteen columns
        follow_payer_names([supporter for supporter, _facts, names in differing if _renamed(names)])
        record_many(
            action="members.supporter_changed",
            at=at,
            by=by,
            changes=[(supporter, names) for supporter, _facts, names in differing],
        )
    return {supporter.pk: names for supporter, _facts, names in differing}


def _register(new: Sequence[NewSupporter], *, today: date, at: datetime, by: str) -> list[Supporter]:
    facts = [clean_facts(one.facts) for one in new]
    _refuse_taken_numbers([(one.legacy_number, None) for one in facts])
    households = _households(one.household for one in facts)
    numbers = _next_numbers(len(facts), {one.legacy_number for one in facts})
    supporters = []
    for one, number in zip(facts, numbers, strict=True):
        supporter = Supporter(number=number, registered_on=today)
        _write(supporter, one, households)
        supporters.append(supporter)
    Supporter.objects.bulk_create(supporters, batch_size=BATCH)
    PayerName.objects.bulk_create(unsaved_names(supporters), batch_size=BATCH)
    consents = [
        NewConsent(supporter, one.consent_on, one.consent_source)
        for supporter, one in zip(supporters, new, strict=True)
        if one.consent_on is not None
    ]
    give_consents(new=consents, at=at, by=by)
    return supporters


def _write(supporter: Supporter, facts: SupporterFacts, households: Mapping[str, Household]) -> None:
    for name in COLUMN_NAMES:
        setattr(supporter, name, getattr(facts, name))
    supporter.household = households.get(facts.household)


def _changed(supporter: Supporter, facts: SupporterFacts) -> list[str]:
    known = facts_of(supporter)
    return [name for name in FACT_NAMES if getattr(known, name) != getattr(facts, name)]


def _renamed(names: Iterable[str]) -> bool:
    return not {"name", "reading", "contact_name"}.isdisjoint(names)


def _next_numbers(count: int, promised: set[str]) -> list[str]:
    """Give the next free numbers and remember the last; an older number of somebody is never given to another."""
    association = Association.objects.select_for_update().first()
    if association is None:
        raise Refused(
            _("会の設定がまだありません。先に「会の設定」で、会の名前と口座を登録してください。"), code="not_set_up"
        )
    older = set(Supporter.objects.exclude(legacy_number="").values_list("legacy_number", flat=True)) | promised
    free = _free_serials(association.last_supporter_serial + 1, older)
    serials = list(islice(free, count))
    association.last_supporter_serial = serials[-1]
    association.save(update_fields=["last_supporter_serial"])
    return [supporter_number(serial) for serial in serials]


def _free_serials(start: int, taken: set[str]) -> Iterator[int]:
    """Serials whose number nobody has, not even without the zeros in front, which people leave out."""
    bare = {number.lstrip("0") for number in taken}
    serial = start
    while True:
        if supporter_number(serial).lstrip("0") not in bare:
            yield serial
        serial += 1


def _refuse_taken_numbers(wanted: Sequence[tuple[str, int | None]]) -> None:
    """Refuse an older number that is already a number of somebody else, of either kind."""
    asked = {number: pk for number, pk in wanted if number}
    if len(asked) < sum(1 for number, _pk in wanted if number):
        raise Refused(_("同じ「前の番号」が2人に付いています。番号を確かめてください。"), code="number_taken", column=_("前の番号"))
    for chunk in in_parts(sorted(asked)):
        for field in ("legacy_number", "number"):
            rows = Supporter.objects.filter(**{f"{field}__in": chunk}).values_list("pk", field, "number", "name")
            for pk, text, number, name in rows:
                if pk != asked[text] or field == "number":
                    raise Refused(
                        _("番号「%(text)s」は、もう%(number)s %(name)sさんの番号です。別の番号にしてください。")
                        % {"text": text, "number": number, "name": name},
                        code="number_taken",
                        column=_("前の番号"),
                    )


def _households(codes: Iterable[str]) -> dict[str, Household]:
    wanted = sorted({code for code in codes if code})
    known = {
        one.code: one for chunk in in_parts(wanted) for one in Household.objects.filter(code__in=chunk)
    }
    made = Household.objects.bulk_create(Household(code=code) for code in wanted if code not in known)
    return known | {one.code: one for one in made}
