"""A person decides about mails that were refused or of which nobody knows whether they arrived."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState
from newsletters.rerouting import reader_of, reroute
from privacy.errors import Refused
from privacy.recording import record

UNSETTLED = (DeliveryState.UNKNOWN, DeliveryState.REFUSED)


def send_again(*, newsletter: Newsletter, deliveries: Collection[int], at: datetime, by: str) -> int:
    """もう一度送る: the same message (same Message-ID) goes to these people once more, and may arrive twice.

    Rows in another state are left alone. Gives how many; the newsletter goes back to sending. Raises `Refused` with
    code "cancelled".
    """
    with transaction.atomic():
        found = _locked(newsletter)
        count = 0
        for delivery in _chosen(found, deliveries):
            reroute(delivery, at=at)
            count += 1
        if count:
            _go_on(found, at)
            record(action="newsletters.resend_ordered", at=at, by=by, subject=found, count=count)
    return count


def leave_alone(*, newsletter: Newsletter, deliveries: Collection[int], at: datetime, by: str) -> int:
    """もう送らない: they stay refused or unknown, and nobody needs to look at them again. Gives how many."""
    with transaction.atomic():
        count = _chosen(newsletter, deliveries).filter(left_at=None).update(left_at=at)
        if count:
            record(action="newsletters.left_alone", at=at, by=by, subject=newsletter, count=count)
    return count


def call_accepted(*, newsletter: Newsletter, deliveries: Collection[int], at: datetime, by: str) -> int:
    """届いていた: the reader said so, or the mail server's log does. Gives how many."""
    with transaction.atomic():
        rows = _chosen(newsletter, deliveries).filter(state=DeliveryState.UNKNOWN)
        count = rows.update(
            state=DeliveryState.ACCEPTED, settled_at=at, server_reply=_("届いていたと、人が確かめました")
        )
        if count:
            record(action="newsletters.found_accepted", at=at, by=by, subject=newsletter, count=count)
    return count


def send_on_paper(*, newsletter: Newsletter, deliveries: Collection[int], at: datetime, by: str) -> int:
    """紙で送る: these people get the paper edition instead. Gives how many; raises `Refused` with code "no_address"
    when the postal address of none of them is known.
    """
    with transaction.atomic():
        found = _locked(newsletter)
        count = 0
        rows = list(_chosen(found, deliveries))
        for delivery in rows:
            if reader_of(delivery.supporter_id, at=at).has_address:
                reroute(delivery, on_paper=True, at=at)
                count += 1
        if rows and not count:
            raise Refused(
                _("郵便の住所が分からないので、紙では送れません。電話などで住所を聞いて、支援者のページに書いてください。"),
                code="no_address",
            )
        if count:
            record(action="newsletters.moved_to_paper", at=at, by=by, subject=found, count=count)
    return count


def _locked(newsletter: Newsletter) -> Newsletter:
    found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if found.state == NewsletterState.CANCELLED:
        raise Refused(_("この通信は取りやめになっています。"), code="cancelled")
    return found


def _chosen(newsletter: Newsletter, deliveries: Collection[int]) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(newsletter=newsletter, pk__in=list(deliveries), state__in=UNSETTLED)
    return rows.order_by("pk")


def _go_on(newsletter: Newsletter, at: datetime) -> None:
    """Send again, but only where there is mail to send and nobody stopped it."""
    waiting = Delivery.objects.filter(newsletter=newsletter, state=DeliveryState.QUEUED).exists()
    if waiting and newsletter.state == NewsletterState.CLOSED:
        newsletter.state, newsletter.closed_at, newsletter.resume_at = NewsletterState.SENDING, None, None
        newsletter.started_at = newsletter.started_at or at
        newsletter.save(update_fields=["state", "closed_at", "resume_at", "started_at"])
