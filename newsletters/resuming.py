"""「送らないで」 was pressed for the wrong person: everything as it was before."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Channel, Supporter
from newsletters.models import Delivery, DeliveryState, NewsletterState, SuppressReason
from newsletters.rerouting import reroute
from newsletters.unsubscribing import BY_TELEPHONE, UNDO_WITHIN, Stopped
from privacy.errors import Refused
from privacy.recording import record


def take_back_stop(*, supporter: Supporter, stopped: Stopped, stopped_at: datetime, at: datetime, by: str) -> None:
    """Open the consent again that `stop_by_telephone` ended at `stopped_at`, with the channel of before.

    Letters that the stop took off their lists go back on them, unless the newsletter was called off or its mail is
    over. A row of a withdrawal without any consent before it is removed. Raises `Refused`: "too_late" (more than an
    hour), "changed_since" (somebody wrote another wish or consent meanwhile, or took the stop back already).
    """
    if at - stopped_at > UNDO_WITHIN:
        raise Refused(
            _("押してから1時間がすぎたので、ここでは元に戻せません。支援者のページで、同意を書きなおしてください。"), code="too_late"
        )
    with transaction.atomic():
        found = Supporter.objects.select_for_update().get(pk=supporter.pk)
        ended = found.consents.filter(pk=stopped.consent_id, withdrawn_source=BY_TELEPHONE).first()
        if found.channel != Channel.NONE or ended is None or found.consents.filter(withdrawn_on=None).exists():
            raise Refused(
                _("そのあとで同意か送りかたが変わったので、元に戻しませんでした。支援者のページで確かめてください。"), code="changed_since"
            )
        if stopped.was_live:
            ended.withdrawn_on, ended.withdrawn_source = None, ""
            ended.save(update_fields=["withdrawn_on", "withdrawn_source"])
        else:
            ended.delete()
        found.channel = stopped.channel
        found.save(update_fields=["channel"])
        record(action="members.consent_given", at=at, by=by, subject=found, changed=["consent", "channel"])
        _back_on_lists(found, stopped_at, at)


def _back_on_lists(supporter: Supporter, stopped_at: datetime, at: datetime) -> None:
    over = [NewsletterState.CANCELLED]
    if supporter.channel == Channel.EMAIL:
        over.append(NewsletterState.CLOSED)
    taken_off = Delivery.objects.filter(
        supporter=supporter,
        state=DeliveryState.SUPPRESSED,
        reason=SuppressReason.OPTED_OUT,
        settled_at=stopped_at,
    ).exclude(newsletter__state__in=over)
    for delivery in taken_off.order_by("pk"):
        reroute(delivery, at=at)
