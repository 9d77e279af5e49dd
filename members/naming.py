"""Keep the payer names that follow from what is registered (`LEARNED` names: `members.learning`)."""

from collections.abc import Collection

from members.in_parts import BATCH, in_parts
from members.models import PayerName, Supporter
from members.payer_names import REGISTERED, registered_names


def follow_payer_names(supporters: Collection[Supporter]) -> None:
    """Make READING, NAME and CONTACT names those of today, inside the caller's transaction.

    A key that stays keeps its row, and with it the mark `blocked_for_auto`.
    """
    wanted = {
        (supporter.pk, *place): text
        for supporter in supporters
        for place, text in registered_names(supporter).items()
    }
    stale, rewritten = [], []
    for chunk in in_parts(sorted({supporter.pk for supporter in supporters})):
        for row in PayerName.objects.filter(supporter_id__in=chunk, origin__in=REGISTERED):
            text = wanted.pop((row.supporter_id or 0, row.key, row.origin), None)
            if text is None:
                stale.append(row.pk)
            elif text != row.as_written:
                row.as_written = text
                rewritten.append(row)
    for pks in in_parts(stale):
        PayerName.objects.filter(pk__in=pks).delete()
    PayerName.objects.bulk_update(rewritten, ["as_written"], batch_size=BATCH)
    PayerName.objects.bulk_create(
        (PayerName(supporter_id=pk, key=key, origin=origin, as_written=text) for (pk, key, origin), text in wanted.items()),
        batch_size=BATCH,
    )
