"""The SQL of the claim says what `audience.route` says, and asks for lease and order besides."""

from datetime import date, timedelta
from itertools import product

import pytest

from members.models import Channel, Consent, Supporter, SupporterState
from newsletters.audience import read, route
from newsletters.ledger_keeping import claim_row, settle_row
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState, SendingLease
from tests.factories.newsletters import mail_reader, prepared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CONSENTS = [
    (), ((TODAY, None),), ((TODAY + DAY, None),), ((TODAY - DAY, TODAY),), ((TODAY - DAY, TODAY + DAY),),
    ((TODAY - DAY, TODAY), (TODAY, None)),
]  # fmt: skip


@pytest.fixture
def delivery(now) -> Delivery:
    """Ready to be claimed by the holder "word"."""
    mail_reader(email="a@example.jp")
    prepared()
    Newsletter.objects.update(state=NewsletterState.SENDING)
    SendingLease.objects.create(holder="word", host="here", until=now)
    return Delivery.objects.get()


def test_it_agrees_with_route_in_every_case(delivery: Delivery, now) -> None:
    """State × channel × address × consents: claimed exactly where `route` says mail to this address."""
    supporter = Supporter.objects.filter(pk=delivery.supporter_id)
    disagreements = []
    for state, channel, email, consents in product(SupporterState, Channel, ["a@example.jp", "b@example.jp", ""], CONSENTS):
        supporter.update(state=state, channel=channel, email=email)
        Consent.objects.all().delete()
        Consent.objects.bulk_create(
            Consent(supporter_id=delivery.supporter_id, given_on=given, withdrawn_on=withdrawn) for given, withdrawn in consents
        )
        Delivery.objects.update(state=DeliveryState.QUEUED)
        (reader,) = read(supporter, on=TODAY)
        claimed = claim_row(delivery, word="word", on=TODAY, at=now)
        if claimed != (route(reader).email == delivery.email):
            disagreements.append((state, channel, email, consents))
    assert disagreements == []


def test_a_claim_is_written_whole(delivery: Delivery, now) -> None:
    """State, moment and one attempt more."""
    assert claim_row(delivery, word="word", on=TODAY, at=now)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.claimed_at, delivery.attempts, delivery.retry_at) == ("handing_over", now, 1, None)


@pytest.mark.parametrize("state", [one for one in DeliveryState if one not in {DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.SUPPRESSED}])
def test_only_waiting_mail_is_claimed(delivery: Delivery, now, state: DeliveryState) -> None:
    """Nothing that went out, or may have gone out, is taken up again."""
    Delivery.objects.update(state=state)
    assert claim_row(delivery, word="word", on=TODAY, at=now) is False
    assert Delivery.objects.get().state == state


def test_without_the_lease_or_the_order_nothing_is_claimed(delivery: Delivery, now) -> None:
    """Another holder; a newsletter that somebody stopped."""
    assert claim_row(delivery, word="other", on=TODAY, at=now) is False
    Newsletter.objects.update(state=NewsletterState.PAUSED)
    assert claim_row(delivery, word="word", on=TODAY, at=now) is False


def test_settling_takes_only_the_states_it_was_told(delivery: Delivery, now) -> None:
    """A row that somebody decided about meanwhile is left as it is."""
    both = (DeliveryState.HANDING_OVER, DeliveryState.UNKNOWN)
    facts = {"state": DeliveryState.ACCEPTED, "before": both, "reply": "250 OK", "retry_at": None, "settled_at": now}
    assert settle_row(delivery, **facts) is False
    Delivery.objects.update(state=DeliveryState.UNKNOWN)
    assert settle_row(delivery, **facts) is True
    assert Delivery.objects.values_list("state", "server_reply", "settled_at").get() == ("accepted", "250 OK", now)
