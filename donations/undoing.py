"""Take confirmations back, by mark: the row is open again, its term cancelled, its learned name weakened."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Allocation, ReconcileBatch, SetAside, Transaction
from donations.predicting import note_undone
from donations.remembered_payers import remembered_payers
from donations.row_state import lock_row, lock_rows
from members.in_parts import in_parts
from members.learning import weaken_payer_names
from members.renewing import cancel_terms
from privacy.errors import Refused
from privacy.recording import record


def undo(*, transaction_id: int, at: datetime, by: str) -> list[Allocation]:
    """Undo all live allocations of a row; a rest that was put aside is open again too. Gives what was undone.

    The payer name is weakened and never used automatically again until a person confirms it anew.
    Raises `Transaction.DoesNotExist`; `Refused`: "nothing_to_undo", "receipted" (void the receipt first).
    """
    with transaction.atomic():
        row = lock_row(transaction_id)
        live = _live(row)
        if not live:
            raise Refused(_("この入金は、もう取り消してあります。"), code="nothing_to_undo")
        refuse_receipted(live)
        mark_undone(live, at=at, by=by)
        note_undone(rows=[row.pk])
        _reopen([row], at=at, by=by)
        _weaken(live, {row.pk: row}, at=at, by=by)
        record(action="donations.undone", at=at, by=by, subject=row, changed=("allocations",), count=len(live))
    return live


def undo_batch(*, batch_id: int, at: datetime, by: str) -> list[Allocation]:
    """Undo what is still live of one batch, all or none. Gives what was undone.

    Raises `ReconcileBatch.DoesNotExist`; `Refused`: "nothing_to_undo", "receipted" (the sentence counts them).
    """
    with transaction.atomic():
        batch = ReconcileBatch.objects.select_for_update().get(pk=batch_id)
        rows = lock_rows(batch.allocations.values_list("transaction_id", flat=True))
        live = list(batch.allocations.live().select_related("supporter", "term").order_by("pk"))
        if not live:
            raise Refused(_("このまとまりは、もう取り消してあります。"), code="nothing_to_undo")
        refuse_receipted(live)
        mark_undone(live, at=at, by=by)
        batch.undone_at, batch.undone_by = at, by
        batch.save(update_fields=["undone_at", "undone_by"])
        touched = {allocation.transaction_id for allocation in live}
        note_undone(rows=sorted(touched))
        _reopen([rows[pk] for pk in sorted(touched)], at=at, by=by)
        _weaken(live, rows, at=at, by=by)
        record(action="donations.batch_undone", at=at, by=by, subject=batch, count=len(live))
    return live


def refuse_receipted(allocations: Iterable[Allocation]) -> None:
    """Raise `Refused` "receipted" where receipts name any of these allocations; the sentence counts the rows."""
    count = len({allocation.transaction_id for allocation in allocations if allocation.receipted_at is not None})
    if count:
        raise Refused(
            _(
                "領収書を出した入金が%(count)d件あるので、取り消していません。"
                "先に「領収書」のページでその領収書を無効にしてから、もう一度取り消してください。"
            )
            % {"count": count},
            code="receipted",
        )


def mark_undone(allocations: Sequence[Allocation], *, at: datetime, by: str) -> None:
    """Mark these locked, live, unreceipted allocations undone and cancel the terms they bought."""
    for allocation in allocations:
        allocation.undone_at, allocation.undone_by = at, by
    for part in in_parts(allocations):
        Allocation.objects.filter(pk__in=[one.pk for one in part]).update(undone_at=at, undone_by=by)
    cancel_terms(terms=[one.term for one in allocations if one.term is not None], at=at, by=by)


def _live(row: Transaction) -> list[Allocation]:
    return list(row.allocations.live().select_related("supporter", "term").order_by("pk"))


def _reopen(rows: Iterable[Transaction], *, at: datetime, by: str) -> None:
    """A rest put aside was the rest of what is undone now: the whole row waits for a decision again."""
    for part in in_parts(row.pk for row in rows if row.is_set_aside):
        SetAside.objects.filter(transaction__in=part, undone_at=None).update(undone_at=at, undone_by=by)


def _weaken(allocations: Sequence[Allocation], rows: dict[int, Transaction], *, at: datetime, by: str) -> None:
    people = {one.supporter.pk: one.supporter for one in allocations if one.supporter is not None}
    yen: dict[int, Counter[int | None]] = {}
    for allocation in allocations:
        yen.setdefault(allocation.transaction_id, Counter())[allocation.supporter_id] += allocation.amount_yen
    taught = remembered_payers([(rows[pk], payers) for pk, payers in yen.items()])
    weaken_payer_names(weakened=[(one.text, [people[pk] for pk in one.supporter_ids]) for one in taught], at=at, by=by)
