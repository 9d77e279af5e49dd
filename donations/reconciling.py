"""Confirm what is certain, as one batch that can be undone as one."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum

from donations.allocating import Decision, confirm_many
from donations.models import Transaction
from donations.row_state import RowsChanged
from donations.suggestions import RowSuggestions, suggest_all

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AutoResult:
    """What was confirmed and what is left for a person.

    `batch` is None where nothing was certain; `expected_errors` is the sum of the probabilities of being wrong.
    `changed` are rows that changed while the program looked at them, or since a person saw them: not confirmed.
    `only_row` is the confirmed row where it was just one.
    """

    confirmed: int
    confirmed_yen: int
    batch: int | None
    expected_errors: float
    left: int
    left_yen: int
    changed: tuple[int, ...] = ()
    only_row: int | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "confirmed": self.confirmed,
            "confirmed_yen": self.confirmed_yen,
            "batch": self.batch,
            "expected_errors": round(self.expected_errors, 3),
            "left": self.left,
            "left_yen": self.left_yen,
            "changed": len(self.changed),
        }


@dataclass(frozen=True, slots=True)
class _Certain:
    decision: Decision
    expected_error: float


def reconcile_certain(
    *, today: date, at: datetime, by: str, on_progress: Progress | None = None
) -> AutoResult:
    """Confirm every unreconciled row booked until `today` that only one supporter can have paid.

    Certain means: exactly one supporter has this payer name (own or learned), nobody shares it, and the amount is
    whole units of that supporter or the same as last time. All rows are judged before the first is confirmed,
    so that their order plays no part; `on_progress(done, total)` is called as rows are judged.
    """
    rows = Transaction.objects.unreconciled().filter(booked_on__lte=today)
    total = rows.count() if on_progress else 0
    certain: list[_Certain] = []
    for done, row in enumerate(suggest_all(rows), start=1):
        if row.is_certain:
            certain.append(_certain(row))
        if on_progress and (done % 500 == 0 or done == total):
            on_progress(done, total)
    return _confirm(certain, changed=(), automatic=True, at=at, by=by)


def confirm_shown(*, shown: dict[int, str], at: datetime, by: str) -> AutoResult:
    """Confirm the rows of which a person was shown the suggestion with this digest, as one batch of that person.

    A row that is not certain any more, or whose suggestion is another by now, is not confirmed: `changed` names it.
    A row that is decided already (the button was pressed twice) is neither confirmed again nor named.
    """
    rows = Transaction.objects.unreconciled().filter(pk__in=shown) if shown else Transaction.objects.none()
    same: list[_Certain] = []
    changed: list[int] = []
    for row in suggest_all(rows):
        if row.is_certain and shown[row.transaction.pk] == row.digest:
            same.append(_certain(row))
        else:
            changed.append(row.transaction.pk)
    return _confirm(same, changed=changed, automatic=False, at=at, by=by)


def _certain(row: RowSuggestions) -> _Certain:
    return _Certain(Decision(row.transaction.pk, row.shares, row.open_yen), row.expected_error)


def _confirm(
    certain: list[_Certain], *, changed: Collection[int], automatic: bool, at: datetime, by: str
) -> AutoResult:
    """Write the batch; rows that somebody else decides at the same moment are left out and named."""
    overtaken: list[int] = []
    batch = None
    while certain:
        try:
            decisions = [one.decision for one in certain]
            batch = confirm_many(decisions=decisions, automatic=automatic, at=at, by=by).pk
            break
        except RowsChanged as error:
            overtaken.extend(error.transaction_ids)
            certain = [one for one in certain if one.decision.transaction_id not in error.transaction_ids]
    left = Transaction.objects.unreconciled().aggregate(count=Count("pk"), yen=Sum("open_yen", default=0))
    return AutoResult(
        confirmed=len(certain),
        confirmed_yen=sum(one.decision.expected_open_yen for one in certain),
        batch=batch,
        expected_errors=sum(one.expected_error for one in certain),
        left=left["count"],
        left_yen=left["yen"],
        changed=(*changed, *overtaken),
        only_row=certain[0].decision.transaction_id if len(certain) == 1 else None,
    )
