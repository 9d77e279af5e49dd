"""Decide anew for people whose letter has not gone out: consent, address or wish changed after the list was frozen."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from members.models import Channel, Supporter
from newsletters.audience import Reader, Route, read, route
from newsletters.models import Delivery, DeliveryChannel, DeliveryState, SuppressReason

PENDING = (DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.TO_PRINT, DeliveryState.WRITTEN)
"""States in which nothing has gone out yet and something will."""

CHANGED_FIELDS = ("channel", "state", "reason", "covered_by", "email", "retry_at", "claimed_at", "settled_at", "left_at")
_MAIL_UNDER_WAY = (
    DeliveryState.QUEUED,
    DeliveryState.DEFERRED,
    DeliveryState.HANDING_OVER,
    DeliveryState.ACCEPTED,
    DeliveryState.UNKNOWN,
    DeliveryState.WRITTEN,
)
_PAPER_UNDER_WAY = (DeliveryState.TO_PRINT, DeliveryState.PRINTED)


def reader_of(supporter_id: int, *, at: datetime) -> Reader:
    """Read what decides about one supporter, as it is now."""
    (reader,) = read(Supporter.objects.filter(pk=supporter_id), on=timezone.localdate(at))
    return reader


def reroute(delivery: Delivery, *, on_paper: bool = False, at: datetime) -> Delivery:
    """Give this person the way that fits them now, and everybody who shared their letter as well.

    `on_paper`: mail failed, so the letter goes by post where the address is known. To be called inside a transaction;
    the caller knows that nothing has gone out, or that a person ordered it.
    """
    reader = reader_of(delivery.supporter_id, at=at)
    if on_paper and reader.channel == Channel.EMAIL:
        reader = replace(reader, channel=Channel.POST)
    way = _beside_others(route(reader), reader, delivery)
    delivery.channel, delivery.state, delivery.reason = way.channel, way.state, way.reason
    delivery.covered_by_id = way.covered_by
    delivery.email = way.email or delivery.email
    delivery.retry_at = delivery.claimed_at = delivery.left_at = None
    delivery.settled_at = at if way.state == DeliveryState.SUPPRESSED else None
    delivery.save(update_fields=CHANGED_FIELDS)
    for shared in Delivery.objects.filter(covered_by=delivery).order_by("pk"):
        reroute(shared, on_paper=on_paper, at=at)
    return delivery


def suppress_pending(supporter_id: int, *, at: datetime) -> int:
    """After a withdrawal: take the supporter's letters that have not gone out off their lists. Gives how many."""
    waiting = Delivery.objects.filter(supporter_id=supporter_id, state__in=PENDING).order_by("pk")
    for delivery in waiting:
        reroute(delivery, at=at)
    return len(waiting)


def _beside_others(way: Route, reader: Reader, delivery: Delivery) -> Route:
    """Look whether another letter of this newsletter already goes to the same mailbox or household."""
    others = Delivery.objects.filter(newsletter_id=delivery.newsletter_id).exclude(pk=delivery.pk).order_by("pk")
    if way.channel == DeliveryChannel.EMAIL:
        head = others.filter(email__iexact=way.email, state__in=_MAIL_UNDER_WAY).first()
        reason = SuppressReason.SAME_ADDRESS
    elif way.channel == DeliveryChannel.PRINT and reader.household_id is not None:
        head = others.filter(supporter__household_id=reader.household_id, state__in=_PAPER_UNDER_WAY).first()
        reason = SuppressReason.SAME_HOUSEHOLD
    else:
        return way
    if head is None:
        return way
    return replace(way, state=DeliveryState.SUPPRESSED, reason=reason, covered_by=head.pk)
