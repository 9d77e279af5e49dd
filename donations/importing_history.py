"""Learn from the ledger of earlier years who pays under which name: whole or not at all. No money is booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.history_file import HistoryTable, read_history
from donations.history_preview import NewPayment, Progress, preview_history
from donations.models import PastPayment
from members.errors import RowsRefused
from members.in_parts import BATCH, in_parts
from members.learning import Learned, learn_rows
from members.models import Association, Supporter
from privacy.errors import Refused
from privacy.recording import record


@dataclass(frozen=True, slots=True)
class HistoryResult:
    """What an import taught; `names` are payments whose payer name was learned."""

    rows: int
    new: int
    known: int
    passed_over: int
    names: int
    strangers: int
    blanked: int

    def as_json(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "new": self.new,
            "already_known": self.known,
            "passed_over": self.passed_over,
            "names": self.names,
            "strangers": self.strangers,
            "numbers_blanked": self.blanked,
        }


def import_history(
    *,
    data: bytes,
    file_name: str,
    blank_numbers: bool = False,
    at: datetime,
    by: str,
    on_progress: Progress | None = None,
) -> HistoryResult:
    """Import a CSV or XLSX ledger: all rows or none; the same rows again teach nothing.

    Raises `RowsRefused` (every refused cell), "not_set_up", and what `read_history` raises.
    """
    table = read_history(data, file_name, blank_numbers=blank_numbers)
    return import_table(table=table, at=at, by=by, on_progress=on_progress)


def import_table(
    *, table: HistoryTable, at: datetime, by: str, on_progress: Progress | None = None
) -> HistoryResult:
    """Import a table that was read before; see `import_history`."""
    with transaction.atomic():
        if Association.objects.select_for_update().first() is None:
            raise Refused(
                _("会の設定がまだありません。先に「会の設定」で、会の名前と口座を登録してください。"), code="not_set_up"
            )
        preview = preview_history(table, on_progress)
        if preview.problems:
            raise RowsRefused(preview.problems)
        names = _store(preview.new, at=at, by=by)
        if preview.new:
            record(action="donations.history_imported", at=at, by=by, count=len(preview.new))
    return HistoryResult(
        rows=preview.rows,
        new=len(preview.new),
        known=preview.known,
        passed_over=preview.passed_over,
        names=names,
        strangers=preview.strangers,
        blanked=table.blanked,
    )


def _store(new: Sequence[NewPayment], *, at: datetime, by: str) -> int:
    wanted = sorted({one for payment in new for one in payment.supporter_ids})
    people = {pk: one for part in in_parts(wanted) for pk, one in Supporter.objects.in_bulk(part).items()}
    learned = [
        Learned(one.text, [people[pk] for pk in one.supporter_ids], one.row.booked_on, one.row.payer) for one in new
    ]
    names = dict(learn_rows(learned=learned, at=at, by=by))
    PastPayment.objects.bulk_create(
        (
            PastPayment(
                booked_on=one.row.booked_on,
                amount_yen=one.row.amount_yen,
                name=names.get(place),
                supporter_id=one.supporter_ids[0] if place not in names and one.supporter_ids else None,
            )
            for place, one in enumerate(new)
        ),
        batch_size=BATCH,
    )
    return len(names)
