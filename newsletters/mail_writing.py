"""Write the mails that are due to files, where no mail server is configured. Nothing is sent by this."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Supporter
from newsletters.audience import Reader, read, route
from newsletters.claiming import look_again, refuse_address
from newsletters.handing_over import Outcome
from newsletters.mail_address import UnsendableAddress, on_the_wire
from newsletters.mail_files import folder_of, put
from newsletters.merge_values import values_of
from newsletters.models import Delivery, DeliveryState, Newsletter
from newsletters.skeleton import Skeleton
from privacy.errors import Refused

BATCH = 100


def write_out(
    newsletter: Newsletter,
    *,
    clock: Callable[[], datetime],
    limit: int | None,
    on_progress: Callable[[int, int], None] | None,
    should_stop: Callable[[], bool],
) -> Outcome:
    """One file for each mail that is due, named by supporter number; the rows become WRITTEN.

    Raises `Refused` with code "cannot_write"; what was written before stays written and marked.
    """
    mails = Delivery.objects.filter(newsletter=newsletter)
    due, handled = mails.due(clock()).count(), 0
    skeleton = Skeleton.from_bytes(bytes(newsletter.skeleton))
    while not should_stop():
        size = BATCH if limit is None else min(BATCH, limit - handled)
        batch = list(mails.due(clock())[:size]) if size > 0 else []
        if not batch:
            break
        done = _write_batch(newsletter, skeleton, batch, clock())
        handled += done
        if on_progress:
            on_progress(min(handled, due), due)
    return Outcome(handled)


def _write_batch(newsletter: Newsletter, skeleton: Skeleton, batch: list[Delivery], now: datetime) -> int:
    people = [delivery.supporter_id for delivery in batch]
    values = values_of(people, fiscal_year=newsletter.fiscal_year or 0)
    by_person = {one.supporter_id: one for one in read(Supporter.objects.filter(pk__in=people), on=timezone.localdate(now))}
    written = []
    for delivery in batch:
        recipient = _recipient(delivery, by_person[delivery.supporter_id], now)
        if not recipient:
            continue
        message = skeleton.fill(
            to=recipient,
            message_id=delivery.message_id,
            token=delivery.token,
            date=timezone.localtime(now),
            values=values[delivery.supporter_id],
        )
        try:
            put(folder_of(newsletter), values[delivery.supporter_id]["支援者番号"], message)
        except OSError as error:
            raise Refused(
                _("メールのファイルを書けませんでした(%(why)s)。データのフォルダーの空きと書きこみの許可を確かめてください。")
                % {"why": error.strerror or type(error).__name__},
                code="cannot_write",
            ) from error
        written.append(delivery.pk)
    Delivery.objects.filter(pk__in=written, state__in=[DeliveryState.QUEUED, DeliveryState.DEFERRED]).update(
        state=DeliveryState.WRITTEN, settled_at=now
    )
    return len(written)


def _recipient(delivery: Delivery, reader: Reader, now: datetime) -> str:
    """The address on the wire; '' after the row was given another way or refused."""
    way = route(reader)
    if not way.email or way.email != delivery.email:
        look_again(delivery, at=now)
        return ""
    try:
        return on_the_wire(way.email)
    except UnsendableAddress as error:
        refuse_address(delivery, why=error.message, at=now)
        return ""
