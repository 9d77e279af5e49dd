"""Putting supporters on the list and changing them."""

from datetime import date

import pytest

from members.facts import SupporterFacts, clean_facts, facts_of
from members.models import Association, Channel, Household, NameOrigin, PayerName, Supporter, SupporterKind
from members.numbering import supporter_number
from members.registering import (
    NewSupporter,
    change_supporter,
    change_supporters,
    register_supporter,
    register_supporters,
)
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db
HANAKO = SupporterFacts(name="髙﨑　花子", reading="タカサキ ハナコ", postal_code="150-0002", address="渋谷1-1")


@pytest.fixture
def desk(today, now):
    AssociationFactory()
    return {"today": today, "at": now, "by": "choubo"}


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def test_numbers_follow_each_other(desk):
    """The first two supporters get the first two numbers."""
    numbers = [register_supporter(facts=HANAKO, **desk).number for _ in range(2)]
    assert numbers == [supporter_number(1), supporter_number(2)]


def test_a_name_is_kept_as_typed(desk):
    """髙﨑　花子 keeps her characters and her wide space."""
    assert Supporter.objects.get(pk=register_supporter(facts=HANAKO, **desk).pk).name == "髙﨑　花子"


def test_registering_keeps_the_names_to_pay_under(desk):
    """Reading, name and contact person become payer names."""
    facts = SupporterFacts(name="あおば書房", reading="アオバショボウ", kind="団体", contact_name="森　誠")
    supporter = register_supporter(facts=facts, **desk)
    assert set(supporter.payer_names.values_list("origin", flat=True)) == {
        NameOrigin.READING,
        NameOrigin.NAME,
        NameOrigin.CONTACT,
    }


def test_an_older_number_is_never_given_out_again(desk):
    """A number that is somebody's older number is skipped."""
    SupporterFactory(legacy_number=supporter_number(1))
    assert register_supporter(facts=HANAKO, **desk).number == supporter_number(2)


def test_without_a_group_nobody_is_registered(today, now):
    """Our own group comes first."""
    with pytest.raises(Refused) as refusal:
        register_supporter(facts=HANAKO, today=today, at=now, by="choubo")
    assert refusal.value.code == "not_set_up"


def test_consent_comes_with_the_registration(desk):
    """The day and the way of consent are kept."""
    supporter = register_supporter(facts=HANAKO, consent_on=date(2026, 5, 1), consent_source="申込書", **desk)
    assert supporter.consents.values_list("given_on", "source").get() == (date(2026, 5, 1), "申込書")


def test_a_consent_of_tomorrow_registers_nobody(desk):
    """A refused consent leaves no supporter behind, and no number is used up."""
    with pytest.raises(Refused, match="未来"):
        register_supporter(facts=HANAKO, consent_on=date(2026, 11, 24), **desk)
    assert Supporter.objects.count() == 0
    assert Association.get().last_supporter_serial == 0


def test_a_number_of_twelve_digits_is_refused(desk):
    """An older number must not look like a national ID number, hyphens or not."""
    with pytest.raises(Refused) as refusal:
        register_supporter(facts=SupporterFacts(name="森", legacy_number="001-002-729-745"), **desk)
    assert (refusal.value.code, refusal.value.column) == ("bad_value", "前の番号")


def test_a_national_id_number_is_refused_without_being_repeated(desk):
    """The refusal names the field and not the number."""
    with pytest.raises(NationalIdRefused) as refusal:
        register_supporter(facts=SupporterFacts(name="森", note="マイナンバー 123456789018"), **desk)
    assert refusal.value.place == "備考"
    assert "123456789018" not in refusal.value.message


@pytest.mark.parametrize("field", ["legacy_number", "number"])
def test_a_taken_number_is_refused(desk, field):
    """An older number may be nobody else's number of either kind."""
    SupporterFactory(**{field: "00724"})
    with pytest.raises(Refused) as refusal:
        register_supporter(facts=SupporterFacts(name="森", legacy_number="00724"), **desk)
    assert refusal.value.code == "number_taken"


def test_many_are_registered_with_one_event(desk):
    """A bulk registration is one action."""
    register_supporters(new=[NewSupporter(HANAKO), NewSupporter(SupporterFacts(name="森　誠"))], **desk)
    assert AuditEvent.objects.values_list("action", "count").get() == ("members.supporters_registered", 2)


def test_one_bad_fact_stops_all(desk):
    """Nothing is half-done."""
    with pytest.raises(Refused):
        register_supporters(new=[NewSupporter(HANAKO), NewSupporter(SupporterFacts(name=""))], **desk)
    assert Supporter.objects.count() == 0


def test_the_prefecture_moves_to_its_place(desk):
    """An address that begins with the prefecture is split."""
    facts = clean_facts(SupporterFacts(name="森", address="東京都千代田区1-1"))
    assert (facts.prefecture, facts.address) == ("東京都", "千代田区1-1")


@pytest.mark.parametrize(
    ("facts", "channel"),
    [
        (SupporterFacts(name="森", email="mori@example.jp"), Channel.EMAIL),
        (SupporterFacts(name="森", email="mori@example.jp", address="渋谷1"), Channel.POST),
        (SupporterFacts(name="森"), Channel.POST),
    ],
)
def test_whoever_has_only_a_mail_address_gets_mail(facts, channel):
    """Without a word about it, post is the way, unless there is only a mail address."""
    assert clean_facts(facts).channel == channel


def test_cleaning_twice_is_cleaning_once():
    """Facts as kept are facts as kept."""
    typed = SupporterFacts(
        name=" 森　誠 ", kind="団体", reading="もり ﾏｺﾄ", postal_code="１５０ー０００２", phone="+81 3 1234 5678",
        channel="メール", email="ＭＯＲＩ@example.jp", prefecture="東京", legacy_number="Ａ-１２", household=" 森家 ",
    )  # fmt: skip
    once = clean_facts(typed)
    assert clean_facts(once) == once
    assert once == SupporterFacts(
        name="森　誠", kind=SupporterKind.ORGANISATION, reading="モリ マコト", postal_code="150-0002", phone="03-1234-5678",
        channel=Channel.EMAIL, email="MORI@example.jp", prefecture="東京都", legacy_number="A-12", household="森家",
    )  # fmt: skip


def test_a_change_says_which_facts_changed(hand):
    """The audit trail names the fields, not what stood in them."""
    supporter = SupporterFactory(name="森　誠", phone="")
    change_supporter(supporter=supporter, facts=SupporterFacts(**{**_as_dict(supporter), "phone": "03-1234-5678"}), **hand)
    event = AuditEvent.objects.get()
    assert (event.action, event.changed_fields, event.subject_id) == ("members.supporter_changed", "phone", supporter.pk)


def test_no_change_leaves_no_trace(hand):
    """Saving the same facts is not an event."""
    supporter = SupporterFactory()
    assert change_supporter(supporter=supporter, facts=facts_of(supporter), **hand) is False
    assert AuditEvent.objects.count() == 0


def test_payer_names_follow_a_new_name(hand):
    """After a change of name the old reading is no longer hers; a learned name stays."""
    supporter = SupporterFactory(name="森　恵", reading="モリ メグミ")
    PayerName.objects.create(supporter=supporter, key="モリ", as_written="ﾓﾘ", origin=NameOrigin.LEARNED)
    facts = SupporterFacts(**{**_as_dict(supporter), "name": "井上　恵", "reading": "イノウエ メグミ"})
    change_supporter(supporter=supporter, facts=facts, **hand)
    assert set(supporter.payer_names.values_list("key", flat=True)) == {"井上恵", "イノウエメグミ", "モリ"}


def test_a_name_spelt_otherwise_keeps_its_mark(hand):
    """髙橋 and 高橋 are one key: the mark of an undo stays, the spelling is renewed."""
    supporter = SupporterFactory(name="高橋　恵")
    PayerName.objects.filter(supporter=supporter, origin=NameOrigin.NAME).update(blocked_for_auto=True)
    change_supporter(supporter=supporter, facts=SupporterFacts(**{**_as_dict(supporter), "name": "髙橋　恵"}), **hand)
    row = supporter.payer_names.get(origin=NameOrigin.NAME)
    assert (row.as_written, row.blocked_for_auto) == ("髙橋　恵", True)


def test_a_household_is_made_when_first_named(desk):
    """Two supporters of one household share its row."""
    register_supporters(
        new=[NewSupporter(SupporterFacts(name=name, household="森家")) for name in ("森　誠", "森　恵")], **desk
    )
    assert Household.objects.get().supporters.count() == 2


def test_changing_many_takes_one_query_each(hand, django_assert_max_num_queries):
    """Fifty changes are fifty updates and a few queries for everything else."""
    supporters = SupporterFactory.create_batch(50)
    changes = [(one, SupporterFacts(**{**_as_dict(one), "name": f"改名{one.pk}"})) for one in supporters]
    with django_assert_max_num_queries(60):
        changed = change_supporters(changes=changes, **hand)
    assert len(changed) == 50


def _as_dict(supporter):
    facts = facts_of(supporter)
    return {name: getattr(facts, name) for name in facts.__slots__}


def test_a_number_is_never_given_that_an_older_one_is_without_its_zeros(hand, today):
    """Somebody writes 13 on the slip: that is the older number 13 and nobody's 00013."""
    AssociationFactory()
    first = register_supporter(facts=SupporterFacts(name="森　誠", legacy_number="13"), today=today, **hand)
    assert first.number == supporter_number(2)
