"""A mistake found after the receipt was written: void the receipt and undo the allocation, in one step."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.allocating import undo
from donations.models import Allocation, Transaction
from privacy.errors import Refused
from privacy.recording import record
from receipts.issuing import void
from receipts.models import Receipt


def receipts_of(row: Transaction) -> list[Receipt]:
    """The valid receipts that name a live allocation of `row`, by number."""
    live = Allocation.objects.live().filter(transaction=row)
    valid = Receipt.objects.valid().filter(lines__allocation__in=live, lines__voided=False)
    return list(valid.distinct().order_by("fiscal_year", "serial"))


def correct(*, row: Transaction, reason: str, at: datetime, by: str) -> list[Receipt]:
    """Void the receipts of `row`, then undo its allocations: the row is open again. Gives the void receipts.

    All or nothing. A yearly receipt takes its other payments along: they are due for a new one. Raises `Refused`
    "nothing_to_correct" when no receipt names the row, else as `receipts.issuing.void` and `undo`.
    """
    with transaction.atomic():
        named = receipts_of(row)
        if not named:
            raise Refused(
                _("この入金の領収書は出していません。「入金の照合」の「今日の確定」か、この行の記録から取り消してください。"),
                code="nothing_to_correct",
            )
        voided = [void(receipt=receipt, reason=reason, at=at, by=by) for receipt in named]
        undo(transaction_id=row.pk, at=at, by=by)
        record(action="office.corrected", at=at, by=by, subject=row, count=len(voided))
    return voided
