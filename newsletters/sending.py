"""Send a newsletter: every person's mail is handed over at most once, unless somebody orders a resend.

What may be promised, and how it was measured, stands in docs/explanation/at-most-once.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletters.claiming import call_orphans_unknown
from newsletters.handing_over import MailRun, Outcome
from newsletters.leasing import sending_lease
from newsletters.mail_address import domain_of
from newsletters.mail_writing import write_out
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState
from newsletters.smtp_step import RelayFacts
from newsletters.tally import Tally, tally_of
from privacy.errors import Refused
from privacy.models import SYSTEM
from privacy.recording import record

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SendResult:
    """Where the mails of one newsletter stand after a run. `trouble`: why the run stopped early, '' where it did not.

    `handled`: mails about which this run wrote something.
    """

    newsletter: int
    tally: Tally
    trouble: str = ""
    handled: int = 0

    def as_json(self) -> dict[str, int | bool | str]:
        """The line of `send_newsletter --json`; `left`: nobody tried yet."""
        return {
            "newsletter": self.newsletter,
            "accepted": self.tally.accepted,
            "deferred": self.tally.deferred,
            "refused": self.tally.refused,
            "unknown": self.tally.unknown,
            "written": self.tally.written,
            "left": self.tally.queued,
            "sent": self.tally.accepted > 0,
            "trouble": self.trouble,
        }


def start_sending(*, newsletter: Newsletter, at: datetime, by: str) -> Newsletter:
    """A person orders the newsletter to be sent, or to go on. Sending itself is done by `drain` or the worker.

    Mail that was only written to files is sent too, once a server is configured. Doing it again changes nothing.
    Raises `Refused`: "not_prepared", "cancelled", "no_sender_address".
    """
    with transaction.atomic():
        found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        _refuse_unready(found)
        mails = Delivery.objects.filter(newsletter=found)
        if settings.MAIL_IS_CONFIGURED:
            mails.filter(state=DeliveryState.WRITTEN).update(state=DeliveryState.QUEUED)
        is_waiting = mails.filter(state__in=[DeliveryState.QUEUED, DeliveryState.DEFERRED]).exists()
        if found.state == NewsletterState.SENDING or (found.state == NewsletterState.CLOSED and not is_waiting):
            return found
        if not is_waiting and mails.filter(state=DeliveryState.WRITTEN).exists():
            return found  # the files are there; there is no server to send them
        if settings.MAIL_IS_CONFIGURED and is_waiting and domain_of(found.sender) == "localhost":
            raise Refused(
                _(
                    "この通信は、差出人のメールアドレスが決まらないまま確定しました。「会の設定」に会のメールアドレスを書いて、"
                    "「写して新しい下書きを作る」からやり直してください。"
                ),
                code="no_sender_address",
            )
        found.state, found.resume_at, found.trouble, found.closed_at = NewsletterState.SENDING, None, "", None
        found.started_at = found.started_at or at
        found.save(update_fields=["state", "resume_at", "trouble", "closed_at", "started_at"])
        record(action="newsletters.sending_ordered", at=at, by=by, subject=found, changed=["state"])
    return found


def pause_sending(*, newsletter: Newsletter, at: datetime, by: str) -> None:
    """止める: the message in hand is finished, no further one begun. Not sending: changes nothing."""
    with transaction.atomic():
        changed = Newsletter.objects.filter(pk=newsletter.pk, state=NewsletterState.SENDING).update(
            state=NewsletterState.PAUSED
        )
        if changed:
            record(action="newsletters.paused", at=at, by=by, subject=newsletter, changed=["state"])


def drain(
    newsletter: Newsletter,
    *,
    at: datetime,
    clock: Clock,
    limit: int | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    facts: RelayFacts | None = None,
    by: str = SYSTEM,
) -> SendResult:
    """Hand over (or write to files) what is due, at most `limit` mails; `clock` tells the moment of each step.

    `at`: when the run began, for the audit event. `on_progress(done, due)` after each mail. `should_stop` is asked
    between two mails. Raises `Refused`: "already_sending" (another process is at it), "not_sending" (nobody ordered
    it), "cannot_write". Trouble with the server is no refusal: it is kept on the newsletter and in the result.
    """
    with sending_lease(clock=clock) as word:
        call_orphans_unknown()
        current = Newsletter.objects.get(pk=newsletter.pk)
        if current.state != NewsletterState.SENDING:
            raise Refused(_("この通信は、送る指示が出ていません。先に、通信のページで「○通のメールを送る」(メールサーバーがないときは「.eml ファイルを書く」)を押してください。"), code="not_sending")
        if settings.MAIL_IS_CONFIGURED:
            run = MailRun(current, facts or RelayFacts.from_settings(), word=word, clock=clock, should_stop=should_stop)
            outcome = run.go(limit=limit, on_progress=on_progress)
        else:
            outcome = write_out(current, clock=clock, limit=limit, on_progress=on_progress, should_stop=should_stop)
        _finish(current, outcome, clock(), at, by)
    return SendResult(current.pk, tally_of(current), outcome.trouble, outcome.handled)


def drain_all(
    *, at: datetime, clock: Clock = timezone.now, should_stop: Callable[[], bool] = lambda: False, by: str = SYSTEM
) -> int:
    """For the worker: one run over every newsletter that shall be sent and may be tried at `at`.

    Gives how many mails were handled; 0 also while another process is sending. Never refuses: what stops a newsletter
    stands on its page.
    """
    handled = 0
    ready = Newsletter.objects.filter(state=NewsletterState.SENDING).filter(Q(resume_at=None) | Q(resume_at__lte=at))
    for newsletter in ready.order_by("started_at", "pk"):
        if should_stop() or not _has_work(newsletter, at):
            continue
        try:
            handled += drain(newsletter, at=at, clock=clock, should_stop=should_stop, by=by).handled
        except Refused as refusal:
            if refusal.code not in {"already_sending", "not_sending"}:
                _finish(newsletter, Outcome(trouble=refusal.message, is_lasting=True), clock(), at, by)
    return handled


def _has_work(newsletter: Newsletter, at: datetime) -> bool:
    mails = Delivery.objects.filter(newsletter=newsletter)
    waits = mails.filter(state=DeliveryState.DEFERRED, retry_at__gt=at).exists()
    return mails.due(at).exists() or mails.filter(state=DeliveryState.HANDING_OVER).exists() or not waits


def _refuse_unready(newsletter: Newsletter) -> None:
    if newsletter.state == NewsletterState.DRAFT:
        raise Refused(_("この通信はまだ下書きです。先に「確定する」を押してください。"), code="not_prepared")
    if newsletter.state == NewsletterState.CANCELLED:
        raise Refused(_("この通信は取りやめになっています。送るには、写して新しい下書きを作ってください。"), code="cancelled")


def _finish(newsletter: Newsletter, outcome: Outcome, now: datetime, at: datetime, by: str) -> None:
    """Note what stopped the run; close the newsletter when nothing waits any more."""
    with transaction.atomic():
        found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        found.trouble, found.resume_at = outcome.trouble[:300], outcome.resume_at
        if outcome.is_lasting and found.state == NewsletterState.SENDING:
            found.state = NewsletterState.PAUSED
        mails = Delivery.objects.filter(newsletter=found)
        waiting = [DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.HANDING_OVER]
        if found.state == NewsletterState.SENDING and not mails.filter(state__in=waiting).exists():
            written = mails.filter(state=DeliveryState.WRITTEN).exists()
            found.state = NewsletterState.FROZEN if written else NewsletterState.CLOSED
            found.closed_at = None if written else now
        found.save(update_fields=["state", "trouble", "resume_at", "closed_at"])
        if outcome.handled:
            record(action="newsletters.mails_handled", at=at, by=by, subject=found, count=outcome.handled)
