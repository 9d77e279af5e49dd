"""配信停止: stop the newsletter for a reader. Membership and receipts are untouched.

By the link in the mail (its own page, or one click in the mail program, RFC 8058), by a mail whose subject holds the
token, or by telephone. A link works for everybody who shares that mailbox: who reads there wants no more of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.consenting import give_consent, withdraw_consent
from members.models import Channel, Consent, Supporter
from newsletters.models import Delivery, SuppressReason
from newsletters.rerouting import suppress_pending
from privacy.errors import Refused
from privacy.models import SYSTEM

BY_LINK = "配信停止のリンク"
BY_MAIL = "配信停止のメール"
BY_TELEPHONE = "電話など"
UNDO_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a stop by telephone ended: `channel` as it was before, the consent row, and whether that was live."""

    channel: str
    consent_id: int
    was_live: bool


def stop_by_link(*, delivery: Delivery, at: datetime) -> bool:
    """The reader pressed the button, or the mail program did. Gives False when it was stopped already."""
    return _stop(delivery, source=BY_LINK, at=at, by=SYSTEM)


def stop_by_mail(*, delivery: Delivery, at: datetime, by: str) -> bool:
    """An organiser read a mail with the token in its subject. Gives False when it was stopped already."""
    return _stop(delivery, source=BY_MAIL, at=at, by=by)


def stop_by_telephone(*, supporter: Supporter, at: datetime, by: str) -> Stopped | None:
    """The supporter said so; only this one person, on paper and by mail.

    Gives what `resuming.take_back_stop` needs; doing it again changes nothing and gives None.
    """
    with transaction.atomic():
        channel, is_new = supporter.channel, _is_reached(supporter)
        was_live = supporter.consents.filter(withdrawn_on=None).exists()
        consent = withdraw_consent(supporter=supporter, on=timezone.localdate(at), source=BY_TELEPHONE, at=at, by=by)
        suppress_pending(supporter.pk, at=at)
    return Stopped(channel, consent.pk, was_live) if is_new else None


def undo(*, delivery: Delivery, at: datetime) -> None:
    """The reader pressed by mistake: within an hour, the same link brings the newsletter back by mail.

    Letters that were taken off their lists meanwhile stay off. Raises `Refused` with code "too_late".
    """
    if not may_undo(delivery, at=at):
        raise Refused(
            _("やめてから1時間がすぎたので、このページでは戻せません。また受け取りたいときは、会に知らせてください。"),
            code="too_late",
        )
    with transaction.atomic():
        for one in _stopped_together(delivery):
            give_consent(
                supporter=one.supporter,
                on=timezone.localdate(at),
                source=_("配信停止の取り消し"),
                channel=Channel.EMAIL,
                at=at,
                by=SYSTEM,
            )
            one.unsubscribed_at = None
            one.save(update_fields=["unsubscribed_at"])


def may_undo(delivery: Delivery, *, at: datetime) -> bool:
    """Whether this link stopped the newsletter within the last hour."""
    return delivery.unsubscribed_at is not None and at - delivery.unsubscribed_at <= UNDO_WITHIN


def is_stopped(delivery: Delivery) -> bool:
    """Whether nobody behind this link gets the newsletter any more."""
    return not any(_is_reached(one.supporter) for one in _readers_of(delivery))


def _stop(delivery: Delivery, *, source: str, at: datetime, by: str) -> bool:
    today = timezone.localdate(at)
    with transaction.atomic():
        stopped = [one for one in _readers_of(delivery) if _is_reached(one.supporter)]
        for one in stopped:
            withdraw_consent(supporter=one.supporter, on=today, source=source, at=at, by=by)
            one.unsubscribed_at = at
            one.save(update_fields=["unsubscribed_at"])
        for one in stopped:
            suppress_pending(one.supporter_id, at=at)
    return bool(stopped)


def _readers_of(delivery: Delivery) -> Sequence[Delivery]:
    """The delivery itself and those who share its mailbox, with their supporters."""
    shared = Delivery.objects.filter(covered_by=delivery, reason=SuppressReason.SAME_ADDRESS)
    return list((Delivery.objects.filter(pk=delivery.pk) | shared).select_related("supporter").order_by("pk"))


def _stopped_together(delivery: Delivery) -> Sequence[Delivery]:
    return [one for one in _readers_of(delivery) if one.unsubscribed_at == delivery.unsubscribed_at]


def _is_reached(supporter: Supporter) -> bool:
    return supporter.channel != Channel.NONE or Consent.objects.filter(supporter=supporter, withdrawn_on=None).exists()
