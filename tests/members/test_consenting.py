"""Consent, its end, and how a supporter wants to be reached."""

from datetime import date

import pytest

from members.consenting import NO_RECORD, give_consent, withdraw_consent
from members.models import Channel
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.members import SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand(now):
    return {"at": now, "by": "tayori"}


def test_a_consent_is_recorded_with_day_and_source(hand):
    """What was agreed, when and how."""
    consent = give_consent(supporter=SupporterFactory(), on=date(2026, 5, 1), source="集会の名簿", **hand)
    assert (consent.given_on, consent.source, consent.withdrawn_on) == (date(2026, 5, 1), "集会の名簿", None)


def test_the_same_consent_again_changes_nothing(hand):
    """Pressing twice is pressing once."""
    supporter = SupporterFactory()
    for _ in range(2):
        give_consent(supporter=supporter, on=date(2026, 5, 1), source="電話", **hand)
    assert (supporter.consents.count(), AuditEvent.objects.count()) == (1, 1)


def test_a_second_consent_is_refused(hand):
    """There is one live consent."""
    with pytest.raises(Refused) as refusal:
        give_consent(supporter=SupporterFactory(consented=True), on=date(2026, 5, 1), source="電話", **hand)
    assert refusal.value.code == "consent_exists"


def test_a_consent_of_tomorrow_is_refused(hand):
    """Nobody agrees in the future."""
    with pytest.raises(Refused) as refusal:
        give_consent(supporter=SupporterFactory(), on=date(2026, 11, 24), source="電話", **hand)
    assert refusal.value.code == "future_day"


def test_an_opt_out_ends_consent_and_letters(hand, today):
    """One call: the consent ends and nothing is sent any more."""
    supporter = SupporterFactory(consented=True)
    consent = withdraw_consent(supporter=supporter, on=today, source="電話", **hand)
    supporter.refresh_from_db()
    assert (supporter.channel, consent.withdrawn_on, consent.withdrawn_source) == (Channel.NONE, today, "電話")


def test_an_opt_out_without_a_consent_is_remembered(hand, today):
    """The day is kept although no consent was on record."""
    supporter = SupporterFactory()
    withdraw_consent(supporter=supporter, on=today, source="電話", **hand)
    assert supporter.consents.values_list("given_on", "source", "withdrawn_on").get() == (today, NO_RECORD, today)


def test_opting_out_twice_changes_nothing(hand, today):
    """A second call adds no row and no event."""
    supporter = SupporterFactory(consented=True)
    for _ in range(2):
        withdraw_consent(supporter=supporter, on=today, source="電話", **hand)
    assert (supporter.consents.count(), AuditEvent.objects.count()) == (1, 1)


def test_an_opt_out_before_the_consent_is_refused(hand):
    """A consent cannot end before it was given."""
    with pytest.raises(Refused) as refusal:
        withdraw_consent(supporter=SupporterFactory(consented=True), on=date(2025, 3, 31), source="電話", **hand)
    assert refusal.value.code == "withdrawn_before_given"


def test_a_consent_older_than_the_opt_out_is_refused(hand, today):
    """An old form does not undo a later call."""
    supporter = SupporterFactory()
    withdraw_consent(supporter=supporter, on=today, source="電話", **hand)
    with pytest.raises(Refused) as refusal:
        give_consent(supporter=supporter, on=date(2026, 5, 1), source="申込書", **hand)
    assert refusal.value.code == "consent_before_withdrawal"


def test_a_new_consent_may_say_how_to_be_reached(hand, today):
    """After an opt-out, a new consent brings the letters back."""
    supporter = SupporterFactory()
    withdraw_consent(supporter=supporter, on=date(2026, 5, 1), source="電話", **hand)
    give_consent(supporter=supporter, on=today, source="電話", channel=Channel.EMAIL, **hand)
    supporter.refresh_from_db()
    assert supporter.channel == Channel.EMAIL


def test_the_event_names_what_changed(hand, today):
    """Names of fields, no values."""
    withdraw_consent(supporter=SupporterFactory(consented=True), on=today, source="電話", **hand)
    assert AuditEvent.objects.values_list("action", "changed_fields").get() == (
        "members.consent_withdrawn",
        "consent channel",
    )
