"""Confirm what is certain, as one batch that can be undone as one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Sum

from donations.allocating import Decision, confirm_many
from donations.error_budget import Budget, Estimate, budget, current_estimate
from donations.matching.match import without_garbage_collection
from donations.models import Transaction
from donations.row_state import RowsChanged
from donations.suggestions import RowSuggestions, Suggester, suggest_all
from members.models import Association

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AutoResult:
    """What was confirmed and what is left for a person.

    `batch` is None where nothing was certain; `expected_errors` is how many of the confirmed rows to expect wrong by
    `estimate`. `left_out` counts the certain rows that a limit kept back.
    `changed` are rows that changed while the program looked at them, or since a person saw them: not confirmed.
    `only_row` is the confirmed row where it was just one.
    """

    confirmed: int
    confirmed_yen: int
    batch: int | None
    expected_errors: float
    left: int
    left_yen: int
    estimate: Estimate
    left_out: int = 0
    changed: tuple[int, ...] = ()
    only_row: int | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "confirmed": self.confirmed,
            "confirmed_yen": self.confirmed_yen,
            "batch": self.batch,
            "expected_errors": round(self.expected_errors, 3),
            "source": self.estimate.source,
            "left_out": self.left_out,
            "left": self.left,
            "left_yen": self.left_yen,
            "changed": len(self.changed),
        }


@dataclass(frozen=True, slots=True)
class _Certain:
    decision: Decision
    expected_error: float

    @property
    def transaction_id(self) -> int:
        return self.decision.transaction_id

    @property
    def yen(self) -> int:
        return self.decision.expected_open_yen


@without_garbage_collection()
def reconcile_certain(
    *,
    confidence: float | None = None,
    limit_errors: float | None = None,
    at: datetime,
    by: str,
    on_progress: Progress | None = None,
    on_budget: Callable[[Budget["_Certain"]], None] | None = None,
) -> AutoResult:
    """Confirm every unreconciled row of which the program is certain (`donations.matching.gate`).

    `confidence`: the least probability (0 to 1), None: that of 会の設定, else the usual one. `limit_errors`: so many
    wrong confirmations may be expected, the least certain rows wait; None: the limit of 会の設定. All rows are judged
    before the first is confirmed, so that their order plays no part. `on_progress(done, total)` is called as rows are
    judged, `on_budget` before the first is confirmed.
    """
    if limit_errors is None:
        association = Association.objects.current()
        limit_errors = association.auto_error_limit if association else None
    rows = Transaction.objects.unreconciled()
    total = rows.count() if on_progress else 0
    certain: list[_Certain] = []
    for done, row in enumerate(suggest_all(rows, Suggester(confidence)), start=1):
        if row.is_certain:
            certain.append(_certain(row))
        if on_progress and (done % 500 == 0 or done == total):
            on_progress(done, total)
    allowed = budget(certain, limit_errors=limit_errors)
    if on_budget:
        on_budget(allowed)
    result = _confirm(allowed.kept, estimate=allowed.estimate, changed=(), automatic=True, at=at, by=by)
    return replace(result, left_out=len(allowed.left_out))


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
    return _confirm(same, estimate=current_estimate(), changed=changed, automatic=False, at=at, by=by)


def _certain(row: RowSuggestions) -> _Certain:
    return _Certain(Decision(row.transaction.pk, row.shares, row.open_yen, row.predicted), row.expected_error)


def _confirm(
    certain: Sequence[_Certain],
    *,
    estimate: Estimate,
    changed: Collection[int],
    automatic: bool,
    at: datetime,
    by: str,
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
        expected_errors=sum(one.expected_error for one in certain) * estimate.factor,
        left=left["count"],
        left_yen=left["yen"],
        estimate=estimate,
        changed=(*changed, *overtaken),
        only_row=certain[0].decision.transaction_id if len(certain) == 1 else None,
    )
