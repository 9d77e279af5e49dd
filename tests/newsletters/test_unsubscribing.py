"""配信停止, by link, by mail and by telephone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members.consenting import withdraw_consent
from members.models import Channel, Consent, Supporter, SupporterState
from newsletters.models import Delivery
from newsletters.sending import drain, start_sending
from newsletters.unsubscribing import may_undo, stop_by_link, stop_by_telephone, undo
from privacy.errors import Refused
from tests.factories.newsletters import mail_reader, post_reader, prepared
from tests.newsletters.mail_sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Delivery:
    mail_reader(name="森　葉月")
    prepared()
    return Delivery.objects.get()


def page_of(delivery: Delivery) -> str:
    return reverse("newsletters:unsubscribe", args=[delivery.token])


def channels() -> list[str]:
    return list(Supporter.objects.order_by("pk").values_list("channel", flat=True))


def test_opening_the_link_stops_nothing(delivery: Delivery) -> None:
    """Mail scanners open every link: GET and HEAD only show a page, which names nobody."""
    client = Client()
    answer = client.get(page_of(delivery))
    client.head(page_of(delivery))
    assert (answer.status_code, channels(), "葉月" in answer.content.decode()) == (200, [Channel.EMAIL], False)


def test_one_click_of_the_mail_program_stops(delivery: Delivery) -> None:
    """RFC 8058: a POST without cookie, referrer or token of ours; answered without a redirect."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(page_of(delivery), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, channels()) == (200, [Channel.NONE])
    assert list(Consent.objects.values_list("withdrawn_source", flat=True)) == ["配信停止のリンク"]


def test_membership_and_receipts_are_untouched(delivery: Delivery, now) -> None:
    """Only consent and channel change."""
    before = Supporter.objects.values().get()
    stop_by_link(delivery=delivery, at=now)
    after = Supporter.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"channel"}
    assert after["state"] == SupporterState.ACTIVE


def test_stopping_twice_changes_nothing(delivery: Delivery, now) -> None:
    """The second click is told the same."""
    assert stop_by_link(delivery=delivery, at=now) is True
    assert stop_by_link(delivery=delivery, at=now + timedelta(minutes=5)) is False
    delivery.refresh_from_db()
    assert delivery.unsubscribed_at == now


def test_a_mistake_can_be_undone_for_an_hour(delivery: Delivery, now) -> None:
    """Back to mail; after an hour the page says whom to ask."""
    stop_by_link(delivery=delivery, at=now)
    delivery.refresh_from_db()
    assert may_undo(delivery, at=now + timedelta(minutes=61)) is False
    with pytest.raises(Refused) as refusal:
        undo(delivery=delivery, at=now + timedelta(minutes=61))
    assert refusal.value.code == "too_late"
    undo(delivery=delivery, at=now + timedelta(minutes=59))
    assert (channels(), Consent.objects.filter(withdrawn_on=None).count()) == ([Channel.EMAIL], 1)


def test_undo_brings_back_only_what_this_link_stopped(delivery: Delivery, now) -> None:
    """Somebody who opted out by telephone is not signed up again by an old link."""
    withdraw_consent(supporter=delivery.supporter, on=now.date(), source="電話", at=now, by="tayori")
    stop_by_link(delivery=delivery, at=now)
    delivery.refresh_from_db()
    with pytest.raises(Refused):
        undo(delivery=delivery, at=now)
    assert channels() == [Channel.NONE]


def test_a_link_stops_everybody_at_that_mailbox(now) -> None:
    """Two supporters read one mailbox: one click, no more mail there."""
    mail_reader(email="home@example.jp")
    mail_reader(email="home@example.jp")
    prepared()
    stop_by_link(delivery=Delivery.objects.order_by("pk").first(), at=now)
    assert channels() == [Channel.NONE, Channel.NONE]


def test_what_has_not_gone_out_is_taken_off_its_list(delivery: Delivery, now) -> None:
    """The queued mail of this very newsletter as well."""
    stop_by_link(delivery=delivery, at=now)
    assert Delivery.objects.values_list("state", "reason").get() == ("suppressed", "opted_out")


def test_the_telephone_stops_paper_too(now) -> None:
    """One click on the person's row; the housemates are not concerned."""
    reader = post_reader()
    post_reader()
    prepared()
    stop_by_telephone(supporter=reader, at=now, by="tayori")
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["suppressed", "to_print"]


def test_somebody_who_stops_during_the_sending_is_skipped(sink: Sink, now) -> None:
    """The first mail's arrival makes the second reader press the button: no second mail."""
    mail_reader()
    mail_reader()
    newsletter = prepared()
    start_sending(newsletter=newsletter, at=now, by="tayori")
    second = Delivery.objects.order_by("pk").last()

    def clock():
        if len(sink.received) == 1 and channels()[1] != Channel.NONE:
            stop_by_link(delivery=second, at=now)
        return now

    drain(newsletter, at=now, clock=clock)
    assert (len(sink.received), Delivery.objects.order_by("pk").last().reason) == (1, "opted_out")


@pytest.mark.parametrize("token", ["x" * 32, "tameshi"])
def test_other_tokens(token: str, db) -> None:
    """An unknown one is not found; that of a test mail explains itself and changes nothing."""
    expected = 200 if token == "tameshi" else 404
    address = reverse("newsletters:unsubscribe", args=[token])
    assert (Client().get(address).status_code, Client().post(address).status_code) == (expected, expected)


def test_other_methods(delivery: Delivery) -> None:
    """405 on both public pages."""
    undo_page = reverse("newsletters:unsubscribe_undo", args=[delivery.token])
    assert (Client().put(page_of(delivery)).status_code, Client().get(undo_page).status_code) == (405, 405)


def test_the_pages_from_button_to_undo(delivery: Delivery) -> None:
    """As a reader meets them: stopped, back, and nothing to undo any more."""
    client = Client(enforce_csrf_checks=True)
    undo_page = reverse("newsletters:unsubscribe_undo", args=[delivery.token])
    assert "通信をやめました" in client.post(page_of(delivery)).content.decode()
    assert "これまでどおり、通信をお届けします" in client.post(undo_page).content.decode()
    assert (client.post(undo_page).status_code, channels()) == (422, [Channel.EMAIL])
