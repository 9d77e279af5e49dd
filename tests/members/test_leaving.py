"""Leaving, pausing, coming back."""

from datetime import date

import pytest

from members.leaving import lapse, leave, return_
from members.models import SupporterState
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.members import SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def test_leaving_keeps_the_day(hand, today):
    """The supporter is marked, not deleted."""
    supporter = SupporterFactory()
    leave(supporter=supporter, on=today, **hand)
    supporter.refresh_from_db()
    assert (supporter.state, supporter.left_on) == (SupporterState.LEFT, today)


def test_nobody_leaves_tomorrow(hand):
    """A day to come is refused."""
    with pytest.raises(Refused) as refusal:
        leave(supporter=SupporterFactory(), on=date(2026, 11, 24), **hand)
    assert refusal.value.code == "future_day"


def test_leaving_twice_is_one_event(hand, today):
    """The second time changes nothing."""
    supporter = SupporterFactory()
    for _ in range(2):
        leave(supporter=supporter, on=today, **hand)
    assert AuditEvent.objects.count() == 1


def test_who_left_cannot_pause(hand):
    """One comes back before one pauses."""
    with pytest.raises(Refused) as refusal:
        lapse(supporter=SupporterFactory(state=SupporterState.LEFT), **hand)
    assert refusal.value.code == "has_left"


def test_pausing_and_coming_back(hand):
    """休止, then 賛同中 again."""
    supporter = SupporterFactory()
    lapse(supporter=supporter, **hand)
    assert supporter.state == SupporterState.LAPSED
    return_(supporter=supporter, **hand)
    supporter.refresh_from_db()
    assert (supporter.state, supporter.left_on) == (SupporterState.ACTIVE, None)


def test_coming_back_while_active_is_no_event(hand):
    """Nothing to do, nothing recorded."""
    return_(supporter=SupporterFactory(), **hand)
    assert AuditEvent.objects.count() == 0
