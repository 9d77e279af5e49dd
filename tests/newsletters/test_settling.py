"""A person decides about refused and unknown mails."""

import pytest

from members.models import Supporter
from newsletters.groups import GROUPS, not_reached_names
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState
from newsletters.sending import drain_all
from newsletters.settling import call_accepted, leave_alone, send_again, send_on_paper
from privacy.errors import Refused
from tests.factories.members import HouseholdFactory
from tests.factories.newsletters import mail_reader, post_reader, prepared
from tests.newsletters.mail_sink import Sink

pytestmark = pytest.mark.django_db


def closed(**states: DeliveryState) -> Newsletter:
    """A finished newsletter; states by mailbox name."""
    newsletter = prepared()
    Delivery.objects.filter(newsletter=newsletter, state=DeliveryState.QUEUED).update(state=DeliveryState.ACCEPTED)
    for mailbox, state in states.items():
        Delivery.objects.filter(email=f"{mailbox}@example.jp").exclude(state=DeliveryState.SUPPRESSED).update(state=state)
    Newsletter.objects.update(state=NewsletterState.CLOSED)
    return Newsletter.objects.get(pk=newsletter.pk)


def every_row() -> list[int]:
    return list(Delivery.objects.order_by("pk").values_list("pk", flat=True))


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_a_resend_goes_out_under_the_same_message_id(sink: Sink, now) -> None:
    """Ordered by a person; who was accepted is left alone."""
    mail_reader(email="lost@example.jp")
    mail_reader()
    newsletter = closed(lost=DeliveryState.UNKNOWN)
    before = Delivery.objects.order_by("pk").first().message_id
    assert send_again(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori") == 1
    drain_all(at=now, clock=lambda: now)
    assert ([one["Message-ID"] for one in sink.messages()], states()) == ([before], ["accepted", "accepted"])


def test_paper_instead_of_mail(now) -> None:
    """A refused mail becomes a letter."""
    mail_reader(email="gone@example.jp")
    newsletter = closed(gone=DeliveryState.REFUSED)
    send_on_paper(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori")
    assert list(Delivery.objects.values_list("channel", "state")) == [("print", "to_print")]


def test_paper_for_a_shared_mailbox_is_paper_for_both(now) -> None:
    """Two at one dead mailbox, in two households: two letters."""
    mail_reader(email="gone@example.jp", household=HouseholdFactory())
    mail_reader(email="gone@example.jp", household=HouseholdFactory())
    newsletter = closed(gone=DeliveryState.REFUSED)
    send_on_paper(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori")
    assert states() == ["to_print", "to_print"]


def test_paper_into_a_house_that_gets_a_letter_anyway(now) -> None:
    """The refused one reads the housemate's letter."""
    home = HouseholdFactory()
    post_reader(household=home)
    mail_reader(email="gone@example.jp", household=home)
    newsletter = closed(gone=DeliveryState.REFUSED)
    send_on_paper(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori")
    assert list(Delivery.objects.order_by("pk").values_list("state", "reason")) == [("to_print", ""), ("suppressed", "same_household")]


def test_paper_needs_an_address(now) -> None:
    """Refused with what to do; the row stays refused."""
    mail_reader(email="gone@example.jp", address="")
    newsletter = closed(gone=DeliveryState.REFUSED)
    with pytest.raises(Refused) as refusal:
        send_on_paper(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori")
    assert (refusal.value.code, states()) == ("no_address", ["refused"])


def test_it_had_arrived(now) -> None:
    """The reader said so on the telephone."""
    mail_reader(email="lost@example.jp")
    newsletter = closed(lost=DeliveryState.UNKNOWN)
    assert (call_accepted(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori"), states()) == (1, ["accepted"])


def test_left_alone_is_decided(now) -> None:
    """Still unknown, but nobody is asked again."""
    mail_reader(email="lost@example.jp")
    newsletter = closed(lost=DeliveryState.UNKNOWN)
    leave_alone(newsletter=newsletter, deliveries=every_row(), at=now, by="tayori")
    assert (states(), Delivery.objects.needs_decision().count(), Delivery.objects.not_reached().count()) == (["unknown"], 0, 1)


def test_decisions_of_one_newsletter_do_not_touch_another(now) -> None:
    """Rows of another newsletter are not taken, even when their ids are sent."""
    mail_reader(email="lost@example.jp")
    closed(lost=DeliveryState.UNKNOWN)
    assert leave_alone(newsletter=prepared(), deliveries=every_row(), at=now, by="tayori") == 0


def test_every_row_belongs_to_exactly_one_group(now) -> None:
    """Whatever its state and reason; reached groups and `not_reached` divide the people between them."""
    readers = [mail_reader() for _state in DeliveryState]
    newsletter = prepared()
    for reader, state in zip(readers, DeliveryState, strict=True):
        Delivery.objects.filter(supporter=reader).update(state=state, reason="no_consent" if state == "suppressed" else "")
    covered = mail_reader()
    Delivery.objects.create(newsletter=newsletter, supporter=covered, channel="email", state="suppressed", reason="same_address",
                            covered_by=Delivery.objects.get(state="accepted"), token="x")  # fmt: skip
    counts = {group.key: Delivery.objects.filter(group.condition).count() for group in GROUPS}
    reached = sum(counts[group.key] for group in GROUPS if group.is_reached and group.key != "left")
    assert sum(counts.values()) == Delivery.objects.count()
    assert sum(len(names) for names in not_reached_names(newsletter).values()) == Delivery.objects.not_reached().count()
    assert reached + Delivery.objects.not_reached().count() == Supporter.objects.count()
