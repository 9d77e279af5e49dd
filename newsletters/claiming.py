"""The ledger of one message: claimed before DATA, settled after the reply. Each step is one committed transaction."""

import re
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletters.leasing import LeaseLost
from newsletters.ledger_keeping import claim_row, settle_row
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState, SendingLease
from newsletters.rerouting import reroute
from newsletters.smtp_step import Reply
from privacy.national_ids import FieldClass, blank

RETRY_AFTER = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 480, 720, 1440, 1440)
)  # about three days in all, then the server's "later" counts as "no"
REPLY_LENGTH = 200
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


class Claim(Enum):
    """`HELD`: hand it over. `CHANGED`: the person is reached in another way now, or not at all. `STOPPED`: somebody
    stopped the newsletter.
    """

    HELD = auto()
    CHANGED = auto()
    STOPPED = auto()


def claim(delivery: Delivery, *, word: str, at: datetime) -> Claim:
    """Commit that this message is being handed over, to be called between RCPT and DATA.

    Consent, state and address are read again in the same statement. Raises `LeaseLost`.
    """
    if claim_row(delivery, word=word, on=timezone.localdate(at), at=at):
        return Claim.HELD
    if not SendingLease.objects.filter(holder=word).exists():
        raise LeaseLost
    is_sending = Newsletter.objects.filter(pk=delivery.newsletter_id, state=NewsletterState.SENDING).exists()
    return Claim.CHANGED if is_sending else Claim.STOPPED


def settle(delivery: Delivery, reply: Reply, *, attempts: int, at: datetime) -> DeliveryState:
    """Write what the server's reply to DATA means: accepted, later, or no. Gives the state.

    Works on a row this process claimed, also where another one meanwhile called it unknown: the reply is evidence.
    """
    return _settle(delivery, reply, (DeliveryState.HANDING_OVER, DeliveryState.UNKNOWN), attempts, at)


def settle_offer(delivery: Delivery, reply: Reply, *, at: datetime) -> DeliveryState:
    """Write what a "later" or "no" to RCPT means; nothing was claimed."""
    attempts = delivery.attempts + 1
    Delivery.objects.filter(pk=delivery.pk).update(attempts=attempts)
    return _settle(delivery, reply, (DeliveryState.QUEUED, DeliveryState.DEFERRED), attempts, at)


def call_unknown(delivery: Delivery, *, why: str) -> None:
    """The message began and no reply came: nobody knows."""
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.HANDING_OVER).update(
        state=DeliveryState.UNKNOWN, server_reply=why[:REPLY_LENGTH]
    )


def call_orphans_unknown() -> int:
    """Rows in the middle of being handed over when nobody sends: their sender died. To be called with the lease held."""
    return Delivery.objects.filter(state=DeliveryState.HANDING_OVER).update(
        state=DeliveryState.UNKNOWN, server_reply=_("送っている途中でプログラムが止まりました")
    )


def look_again(delivery: Delivery, *, at: datetime) -> None:
    """Give a waiting person the way that fits them now."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if row.state in {DeliveryState.QUEUED, DeliveryState.DEFERRED}:
            reroute(row, at=at)


def refuse_address(delivery: Delivery, *, why: str, at: datetime) -> None:
    """The address cannot be written in a mail at all; no server was asked."""
    Delivery.objects.filter(pk=delivery.pk, state__in=[DeliveryState.QUEUED, DeliveryState.DEFERRED]).update(
        state=DeliveryState.REFUSED, server_reply=why[:REPLY_LENGTH], settled_at=at, retry_at=None
    )


def written_reply(reply: Reply) -> str:
    """A reply as it is kept: without addresses and without anything like a number of the state."""
    return blank(_ADDRESS.sub("<…>", str(reply)), FieldClass.FREE_TEXT)[0][:REPLY_LENGTH]


def _settle(
    delivery: Delivery, reply: Reply, before: tuple[DeliveryState, DeliveryState], attempts: int, at: datetime
) -> DeliveryState:
    if reply.is_yes:
        state, retry_at = DeliveryState.ACCEPTED, None
    elif reply.is_later and attempts <= len(RETRY_AFTER):
        state, retry_at = DeliveryState.DEFERRED, at + RETRY_AFTER[attempts - 1]
    else:
        state, retry_at = DeliveryState.REFUSED, None
    settle_row(
        delivery,
        state=state,
        before=before,
        reply=written_reply(reply),
        retry_at=retry_at,
        settled_at=None if state == DeliveryState.DEFERRED else at,
    )
    return state

