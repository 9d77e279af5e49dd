"""Note how sure the program was of each decided row, and what became of it. Nothing here names anybody."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from donations.models import Allocation, Outcome, Prediction
from members.in_parts import in_parts
from privacy.inserting import insert_rows

Payers = frozenset[int | None]


@dataclass(frozen=True, slots=True)
class Predicted:
    """The best answer for a row when it was decided: whose it is, how probably (0 to 1), and on which pile it lay."""

    payers: Payers
    probability: float
    was_certain: bool


def note_decisions(*, decided: Sequence[tuple[int, Payers, Predicted | None]], at: datetime) -> None:
    """Note (row, who got it, what was predicted) of rows that were just confirmed, inside the caller's transaction.

    A row decided anew keeps its first prediction: one that was taken back and went to the same payers again was right
    after all, to others it was wrong. Two queries for 500 rows, as many more where rows were decided before.
    """
    for part in in_parts(decided):
        known = {
            row: Prediction(pk=pk, transaction_id=row, outcome=outcome)
            for pk, row, outcome in Prediction.objects.filter(transaction__in=[row for row, *_rest in part]).values_list(
                "pk", "transaction_id", "outcome"
            )
        }
        fresh = [(row, payers, one) for row, payers, one in part if one is not None and row not in known]
        if fresh:
            insert_rows(like=Prediction(decided_at=at), columns=_columns(fresh))
        taken_back = [row for row, one in known.items() if one.outcome == Outcome.UNDONE]
        if taken_back:
            _settle(taken_back, {row: payers for row, payers, _predicted in part}, at=at)


def _columns(fresh: Sequence[tuple[int, Payers, Predicted]]) -> dict[str, list[Hashable]]:
    """The predictions as columns of their table."""
    return {
        "transaction_id": [row for row, _payers, _predicted in fresh],
        "probability": [predicted.probability for _row, _payers, predicted in fresh],
        "was_certain": [predicted.was_certain for _row, _payers, predicted in fresh],
        "outcome": [
            Outcome.AS_SUGGESTED if payers == predicted.payers else Outcome.CHANGED for _row, payers, predicted in fresh
        ],
    }


def note_undone(*, rows: Iterable[int]) -> None:
    """What was confirmed as suggested was taken back, inside the caller's transaction."""
    for part in in_parts(rows):
        Prediction.objects.filter(transaction__in=part, outcome=Outcome.AS_SUGGESTED).update(outcome=Outcome.UNDONE)


def _settle(rows: Sequence[int], payers: Mapping[int, Payers], *, at: datetime) -> None:
    """Rows taken back are decided again: say whether the suggestion was right after all."""
    before: dict[int, dict[object, set[int | None]]] = {}
    earlier = Allocation.objects.filter(transaction__in=rows, undone_at__isnull=False, undone_at__lte=at)
    for row, batch, supporter in earlier.order_by("undone_at", "pk").values_list("transaction_id", "batch_id", "supporter_id"):
        before.setdefault(row, {}).setdefault(batch, set()).add(supporter)
    for right in (True, False):
        found = [row for row in rows if (frozenset(_last(before.get(row))) == payers[row]) is right]
        outcome = Outcome.AS_SUGGESTED if right else Outcome.CHANGED
        Prediction.objects.filter(transaction__in=found).update(outcome=outcome)


def _last(by_batch: Mapping[object, set[int | None]] | None) -> set[int | None]:
    return list(by_batch.values())[-1] if by_batch else set()
