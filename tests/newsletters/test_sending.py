"""Handing over against a real SMTP server on loopback."""

from datetime import datetime, timedelta

import pytest

from members.consenting import withdraw_consent
from members.models import Channel
from newsletters.leasing import sending_lease
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState, SuppressReason
from newsletters.sending import SendResult, drain, drain_all, pause_sending, start_sending
from newsletters.smtp_step import RelayFacts
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.newsletters import mail_reader, post_reader, prepared
from tests.newsletters.mail_sink import Sink

pytestmark = pytest.mark.django_db


def send(newsletter: Newsletter, now: datetime, **options) -> SendResult:
    start_sending(newsletter=newsletter, at=now, by="tayori")
    return drain(newsletter, at=now, clock=lambda: now, **options)


def states(newsletter: Newsletter) -> list[str]:
    return list(Delivery.objects.filter(newsletter=newsletter).order_by("pk").values_list("state", flat=True))


def test_everybody_gets_one_mail_of_their_own(sink: Sink, now) -> None:
    """Two readers: two messages, one recipient each, and the ledger says accepted with the server's reply."""
    hanako, taro = mail_reader(name="髙橋 花子"), mail_reader(name="𠮷田 太郎")
    result = send(prepared(), now)
    assert sink.recipients == [hanako.email, taro.email]
    assert [message.get_body(("plain",)).get_content().split("\r\n")[4] for message in sink.messages()] == [
        "髙橋 花子様", "𠮷田 太郎様"
    ]  # fmt: skip
    assert list(Delivery.objects.values_list("state", "server_reply", "attempts")) == [
        ("accepted", "250 2.0.0 Ok: queued as ABC", 1)
    ] * 2  # fmt: skip
    assert result.as_json() == {
        "newsletter": result.newsletter, "accepted": 2, "deferred": 0, "refused": 0, "unknown": 0, "written": 0,
        "left": 0, "sent": True, "trouble": "",
    }  # fmt: skip
    assert Newsletter.objects.get().state == NewsletterState.CLOSED


def test_sending_again_sends_nothing_more(sink: Sink, now) -> None:
    """A second order of a finished newsletter changes nothing."""
    mail_reader()
    newsletter = prepared()
    send(newsletter, now)
    assert start_sending(newsletter=newsletter, at=now, by="tayori").state == NewsletterState.CLOSED
    assert len(sink.received) == 1


def test_later_is_tried_again_at_its_time(sink: Sink, now) -> None:
    """4xx to RCPT: deferred for five minutes, then sent; the newsletter stays open meanwhile."""
    mail_reader(email="later@example.jp")
    sink.behaviour["later"] = "450 4.2.1 busy"
    newsletter = prepared()
    assert send(newsletter, now).tally.deferred == 1
    delivery = Delivery.objects.get()
    assert (delivery.retry_at, delivery.attempts, delivery.server_reply) == (now + timedelta(minutes=5), 1, "450 4.2.1 busy")
    assert drain_all(at=now, clock=lambda: now) == 0
    sink.behaviour.clear()
    soon = now + timedelta(minutes=5)
    assert drain_all(at=soon, clock=lambda: soon) == 1
    assert (states(newsletter), len(sink.received)) == (["accepted"], 1)


def test_later_after_data_is_deferred_too(sink: Sink, now) -> None:
    """4xx after the message: the server says it has it not, so it may be sent again."""
    mail_reader(email="full@example.jp")
    sink.behaviour["full"] = "data:452 4.3.1 no space"
    assert send(prepared(), now).tally.deferred == 1


def test_later_for_three_days_is_no(sink: Sink, now) -> None:
    """The ninth "later" counts as refused."""
    mail_reader(email="later@example.jp")
    sink.behaviour["later"] = "450 4.2.1 busy"
    newsletter = prepared()
    send(newsletter, now)
    moment = now
    for _attempt in range(8):
        moment = Delivery.objects.get().retry_at
        drain_all(at=moment, clock=lambda moment=moment: moment)
    assert (Delivery.objects.get().state, Newsletter.objects.get().state) == ("refused", "closed")
    assert moment - now < timedelta(days=4)


@pytest.mark.parametrize("told", ["550 5.1.1 <no@example.jp> unknown", "data:554 5.7.1 no"])
def test_no_is_refused_and_the_others_get_theirs(sink: Sink, now, told: str) -> None:
    """5xx belongs to one person; the next one on the same connection is not concerned."""
    mail_reader(email="no@example.jp")
    mail_reader()
    sink.behaviour["no"] = told
    newsletter = prepared()
    send(newsletter, now)
    assert states(newsletter) == ["refused", "accepted"]
    assert sink.connections == 1


def test_no_address_is_kept_in_the_servers_words(sink: Sink, now) -> None:
    """The reply is stored without the address in it."""
    mail_reader(email="no@example.jp")
    sink.behaviour["no"] = "550 5.1.1 <no@example.jp> unknown"
    send(prepared(), now)
    assert Delivery.objects.get().server_reply == "550 5.1.1 <…> unknown"


@pytest.mark.parametrize("told", ["drop", "drop-unread"])
def test_a_connection_lost_after_the_message_is_unknown(sink: Sink, now, told: str) -> None:
    """Whether the server took it cannot be known; nobody else is concerned, and it is not sent again by itself."""
    mail_reader(email="dies@example.jp")
    mail_reader()
    sink.behaviour["dies"] = told
    newsletter = prepared()
    send(newsletter, now)
    sink.behaviour.clear()
    much_later = now + timedelta(days=1)
    drain_all(at=much_later, clock=lambda: much_later)
    assert states(newsletter) == ["unknown", "accepted"]
    assert [recipient for recipient in sink.recipients if recipient.startswith("dies")] == ["dies@example.jp"] * (told == "drop")


def test_three_unknowns_in_a_row_stop_the_run(sink: Sink, now) -> None:
    """A server that dies on every message must not make everybody unknown."""
    for n in range(5):
        mail_reader(email=f"dies{n}@example.jp")
        sink.behaviour[f"dies{n}"] = "drop"
    newsletter = prepared()
    result = send(newsletter, now)
    assert states(newsletter) == ["unknown"] * 3 + ["queued"] * 2
    assert Newsletter.objects.get().state == NewsletterState.PAUSED
    assert "黙りました" in result.trouble


def test_five_laters_in_a_row_stop_the_run_for_a_while(sink: Sink, now) -> None:
    """A server that has had enough is left alone for five minutes; the rest stays queued."""
    for n in range(7):
        mail_reader(email=f"later{n}@example.jp")
        sink.behaviour[f"later{n}"] = "452 4.5.3 too many"
    newsletter = prepared()
    send(newsletter, now)
    assert states(newsletter) == ["deferred"] * 5 + ["queued"] * 2
    assert Newsletter.objects.get().resume_at == now + timedelta(minutes=5)


def test_a_server_that_is_away_refuses_nobody(sink: Sink, now, settings) -> None:
    """No connection: everybody stays queued and the page can say why."""
    mail_reader()
    newsletter = prepared()
    start_sending(newsletter=newsletter, at=now, by="tayori")
    settings.EMAIL_PORT = 1
    result = drain(newsletter, at=now, clock=lambda: now)
    found = Newsletter.objects.get()
    assert (states(newsletter), found.state) == (["queued"], NewsletterState.SENDING)
    assert result.trouble == found.trouble == "メールサーバーにつながりませんでした。つながるようになったら、続きから送ります。"


def test_a_refused_sender_stops_the_run_for_a_person(sink: Sink, now) -> None:
    """5xx to MAIL FROM is our own fault: paused, nobody refused."""
    mail_reader()
    sink.sender_reply = "553 5.7.1 not you"
    newsletter = prepared()
    send(newsletter, now)
    assert (states(newsletter), Newsletter.objects.get().state) == (["queued"], NewsletterState.PAUSED)


def test_a_connection_is_kept_for_fifty_messages(sink: Sink, now) -> None:
    """52 mails: two connections."""
    for _n in range(52):
        mail_reader()
    send(prepared(), now)
    assert (len(sink.received), sink.connections) == (52, 2)


def test_old_telephone_addresses_are_quoted(sink: Sink, now) -> None:
    """foo..bar@docomo.ne.jp goes out as "foo..bar"@docomo.ne.jp in To:, and is offered quoted."""
    mail_reader(email="foo..bar@docomo.ne.jp")
    send(prepared(), now)
    assert b'\r\nTo: "foo..bar"@docomo.ne.jp\r\n' in sink.received[0][1]
    assert sink.on_the_wire == ['TO:<"foo..bar"@docomo.ne.jp>']


def test_a_server_that_cannot_read_quotes_gets_the_plain_form(sink: Sink, now) -> None:
    """501 to the quoted form: offered once more as written."""
    mail_reader(email=".foo@docomo.ne.jp")
    sink.wire_behaviour['TO:<".foo"@docomo.ne.jp>'] = "501 5.1.3 bad"
    newsletter = prepared()
    send(newsletter, now)
    assert sink.on_the_wire == ['TO:<".foo"@docomo.ne.jp>', "TO:<.foo@docomo.ne.jp>"]
    assert states(newsletter) == ["accepted"]


def test_an_address_no_server_could_take_is_refused_without_asking(sink: Sink, now) -> None:
    """Letters outside ASCII: refused with a Japanese sentence, nothing offered."""
    reader = mail_reader()
    newsletter = prepared()
    type(reader).objects.filter(pk=reader.pk).update(email="花子@example.jp")
    send(newsletter, now)
    assert (Delivery.objects.get().server_reply, sink.offered) == ("メールアドレスに全角の文字があります。半角に直してください。", [])


def test_consent_is_read_again_at_the_moment_of_sending(sink: Sink, now) -> None:
    """Whoever stops the newsletter between RCPT and DATA gets nothing, and the row says why."""
    reader = mail_reader()
    newsletter = prepared()
    start_sending(newsletter=newsletter, at=now, by="tayori")
    calls = iter([now] * 6)

    def clock() -> datetime:
        if len(sink.offered) == 1 and reader.channel != Channel.NONE:
            withdraw_consent(supporter=reader, on=now.date(), source="電話", at=now, by="tayori")
        return next(calls, now)

    drain(newsletter, at=now, clock=clock)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, sink.received) == ("suppressed", SuppressReason.OPTED_OUT, [])
    assert len(sink.offered) == 1


def test_a_new_address_is_used(sink: Sink, now) -> None:
    """Changed after the list was frozen: the mail goes to the address of the moment, and the row keeps it."""
    reader = mail_reader(email="old@example.jp")
    newsletter = prepared()
    type(reader).objects.filter(pk=reader.pk).update(email="new@example.jp")
    send(newsletter, now)
    assert (sink.recipients, Delivery.objects.get().email) == (["new@example.jp"], "new@example.jp")


def test_a_lost_address_becomes_a_letter(sink: Sink, now) -> None:
    """No e-mail any more, but a postal address: on the print list."""
    reader = mail_reader()
    newsletter = prepared()
    type(reader).objects.filter(pk=reader.pk).update(email="")
    send(newsletter, now)
    assert states(newsletter) == ["to_print"]


def test_who_shared_the_mailbox_takes_the_mail_over(sink: Sink, now) -> None:
    """The first of two at one mailbox opted out: the second gets it, once."""
    first = mail_reader(email="home@example.jp")
    mail_reader(email="Home@example.jp", name="森　葉月")
    newsletter = prepared()
    withdraw_consent(supporter=first, on=now.date(), source="電話", at=now, by="tayori")
    send(newsletter, now)
    assert (states(newsletter), sink.recipients) == (["suppressed", "accepted"], ["Home@example.jp"])


def test_a_row_left_in_the_middle_becomes_unknown(sink: Sink, now) -> None:
    """Its sender died: on the next run it is unknown, and not sent."""
    mail_reader()
    mail_reader()
    newsletter = prepared()
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(state=DeliveryState.HANDING_OVER)
    send(newsletter, now)
    assert (states(newsletter), len(sink.received)) == (["unknown", "accepted"], 1)


def test_stopping_stops_before_the_next_message(sink: Sink, now) -> None:
    """止める while a message is offered: it is not handed over, and nothing after it."""
    mail_reader()
    mail_reader()
    newsletter = prepared()
    start_sending(newsletter=newsletter, at=now, by="tayori")

    def clock() -> datetime:
        if len(sink.offered) == 1:
            pause_sending(newsletter=newsletter, at=now, by="tayori")
        return now

    drain(newsletter, at=now, clock=clock)
    assert (states(newsletter), sink.received) == (["queued", "queued"], [])


def test_a_limit_is_kept(sink: Sink, now) -> None:
    """limit=1: one mail, the rest stays for the next run."""
    mail_reader()
    mail_reader()
    assert send(prepared(), now, limit=1).as_json()["left"] == 1


def test_the_hourly_limit_survives_a_restart(sink: Sink, now, settings) -> None:
    """Two mails an hour: the third waits until an hour after the first, by the ledger's own times."""
    settings.MAIL_PER_HOUR = 2
    for _n in range(3):
        mail_reader()
    newsletter = prepared()
    send(newsletter, now)
    assert (len(sink.received), Newsletter.objects.get().resume_at) == (2, now + timedelta(hours=1))
    later = now + timedelta(hours=1, seconds=1)
    drain_all(at=later, clock=lambda: later)
    assert len(sink.received) == 3


def test_two_senders_never_run_at_once(sink: Sink, now) -> None:
    """While one holds the lease, another is refused and sends nothing."""
    mail_reader()
    newsletter = prepared()
    start_sending(newsletter=newsletter, at=now, by="tayori")
    with sending_lease(clock=lambda: now), pytest.raises(Refused) as refusal:
        drain(newsletter, at=now, clock=lambda: now)
    assert (refusal.value.code, sink.received) == ("already_sending", [])


def test_a_draft_is_not_sent(sink: Sink, now) -> None:
    """Only a frozen newsletter can be ordered."""
    from tests.factories.newsletters import NewsletterFactory

    with pytest.raises(Refused) as refusal:
        start_sending(newsletter=NewsletterFactory(), at=now, by="tayori")
    assert refusal.value.code == "not_prepared"


def test_without_a_server_files_are_written_and_nothing_is_sent(no_server, own_data_folder, now) -> None:
    """One .eml a mail, named by supporter number, for the owner only; the newsletter is not called sent."""
    reader = mail_reader()
    post_reader()
    newsletter = prepared()
    result = send(newsletter, now)
    (path,) = (own_data_folder / "mail" / str(newsletter.pk)).iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == (f"{reader.number}.eml", 0o600)
    assert (result.as_json()["written"], result.as_json()["sent"], states(newsletter)) == (1, False, ["written", "to_print"])
    assert Newsletter.objects.get().state == NewsletterState.FROZEN


def test_written_mail_is_sent_once_a_server_is_there(no_server, now, request) -> None:
    """The order to send, given again after a server was configured, sends what was only written."""
    mail_reader()
    newsletter = prepared()
    send(newsletter, now)
    sink = request.getfixturevalue("sink")
    send(newsletter, now)
    assert (states(newsletter), len(sink.received)) == (["accepted"], 1)


def test_a_run_leaves_one_audit_event(sink: Sink, now) -> None:
    """Who ordered it and how many were handled; no names."""
    mail_reader()
    mail_reader()
    send(prepared(), now, by="tayori")
    events = list(AuditEvent.objects.filter(action__startswith="newsletters.").order_by("pk").values_list("action", "count"))
    assert events == [
        ("newsletters.draft_created", None), ("newsletters.prepared", 2), ("newsletters.sending_ordered", None),
        ("newsletters.mails_handled", 2),
    ]  # fmt: skip


def test_a_slow_server_is_unknown_not_sent_again(sink: Sink, now) -> None:
    """No answer after DATA within the waiting time is the same as a lost connection."""
    import time

    mail_reader()
    sink.on_message = lambda _recipient: time.sleep(1)
    newsletter = prepared()
    facts = RelayFacts(host="127.0.0.1", port=sink.port, before_data_seconds=5, after_data_seconds=0.2)
    send(newsletter, now, facts=facts)
    assert (states(newsletter), len(sink.received)) == (["unknown"], 1)
