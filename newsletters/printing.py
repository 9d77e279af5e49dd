"""Note that the paper letters are printed: only a person can see what came out of the printer."""

from datetime import datetime

from django.db import transaction

from members.in_parts import in_parts
from newsletters.models import Delivery, DeliveryState, Newsletter
from newsletters.print_edition import paper_letters, refuse_unprepared
from newsletters.rerouting import reroute
from privacy.recording import record


def mark_printed(*, newsletter: Newsletter, at: datetime, by: str) -> int:
    """印刷できました: the letters that `paper_letters` lists are out. Gives how many letters; 0 changes nothing.

    A person who stopped the newsletter meanwhile is taken off first, and a housemate takes the letter over. Raises
    `Refused` with code "not_prepared" or "cancelled".
    """
    refuse_unprepared(newsletter)
    with transaction.atomic():
        found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        _settle_heads(found, at)
        letters = [letter.delivery_id for letter in paper_letters(found, at=at)]
        for some in in_parts(letters):
            Delivery.objects.filter(pk__in=some).update(state=DeliveryState.PRINTED, settled_at=at)
        if letters:
            found.printed_at = at
            found.save(update_fields=["printed_at"])
            record(action="newsletters.printed", at=at, by=by, subject=found, count=len(letters))
    return len(letters)


def unmark_printed(*, newsletter: Newsletter, at: datetime, by: str) -> int:
    """「印刷できました」 was pressed by mistake: the letters marked last are to be printed again. Gives how many."""
    with transaction.atomic():
        found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if found.printed_at is None:
            return 0
        rows = Delivery.objects.filter(newsletter=found, state=DeliveryState.PRINTED, settled_at=found.printed_at)
        count = rows.update(state=DeliveryState.TO_PRINT, settled_at=None)
        found.printed_at = None
        found.save(update_fields=["printed_at"])
        record(action="newsletters.print_undone", at=at, by=by, subject=found, count=count)
    return count


def _settle_heads(newsletter: Newsletter, at: datetime) -> None:
    """Reroute heads of letters that their own addressee may not get any more."""
    willing = {pk for letter in paper_letters(newsletter, at=at) for pk in letter.supporter_ids}
    for head in Delivery.objects.filter(newsletter=newsletter, state=DeliveryState.TO_PRINT).order_by("pk"):
        if head.supporter_id not in willing:
            reroute(head, on_paper=True, at=at)
