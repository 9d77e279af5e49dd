"""Keep the payer names that follow from what is registered (`LEARNED` names: `members.learning`)."""

from collections.abc import Collection
from datetime import datetime

from members.in_parts import BATCH, in_parts
from members.models import PayerName, Supporter
from members.payer_names import REGISTERED, registered_names
from privacy.recording import record_many


def follow_payer_names(supporters: Collection[Supporter]) -> None:
    """Make READING, NAME, CONTACT and PROPOSED_READING names those of today, inside the caller's transaction.

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


def verify_readings(*, proposed: Collection[PayerName], at: datetime, by: str) -> None:
    """Make these guessed readings the フリガナ of their supporters, inside the caller's transaction.

    The other guesses for them go. A supporter who has a フリガナ by now keeps it.
    """
    if not proposed:
        return
    guessed = {row.supporter_id: row.as_written for row in proposed}
    supporters: list[Supporter] = []
    for part in in_parts(sorted(pk for pk in guessed if pk is not None)):
        supporters.extend(Supporter.objects.select_for_update().filter(pk__in=part, reading=""))
    for supporter in supporters:
        supporter.reading = guessed[supporter.pk]
        supporter.save(update_fields=["reading"])
    follow_payer_names(supporters)
    record_many(
        action="members.reading_verified", at=at, by=by, changes=[(supporter, ["reading"]) for supporter in supporters]
    )
