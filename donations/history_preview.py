"""What a ledger of earlier years would teach, for a person to read before it is imported."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from donations.history_file import HistoryRow, HistoryTable
from donations.history_payers import find_payers
from donations.matching.lines import Line
from donations.matching.parse import parse
from donations.models import PastPayment, Transaction
from donations.remembered_payers import remembered_text
from members.errors import RowProblem
from members.in_parts import BATCH, in_parts
from members.models import PayerName
from members.payer_names import payer_key

Progress = Callable[[int, int], None]
_Payment = tuple[date, int, str]


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment that is not known yet: `text` is the payer's name without numbers and words of purpose, "" for none."""

    row: HistoryRow
    text: str
    supporter_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HistoryPreview:
    """What importing the ledger would teach. `rows` = new + known + passed_over (bank fees, 組戻) + rows of `problems`."""

    table: HistoryTable
    new: tuple[NewPayment, ...]
    known: int
    passed_over: int
    problems: tuple[RowProblem, ...]

    @property
    def rows(self) -> int:
        return len(self.table.rows)

    @property
    def strangers(self) -> int:
        """New payments of people who are no supporters."""
        return sum(not one.supporter_ids for one in self.new)

    @property
    def joint(self) -> int:
        """New payments of several supporters together."""
        return sum(len(one.supporter_ids) > 1 for one in self.new)

    @property
    def supporters(self) -> int:
        """How many supporters paid in the new rows."""
        return len({one for payment in self.new for one in payment.supporter_ids})


def preview_history(table: HistoryTable, on_progress: Progress | None = None) -> HistoryPreview:
    """Say what importing the table would teach; nothing is written."""
    payers = find_payers(table.rows)
    known = _known_payments(table.rows)
    new: list[NewPayment] = []
    known_rows = passed_over = 0
    for place, (row, ids) in enumerate(zip(table.rows, payers.ids, strict=True), start=1):
        line = Line(row.line, row.booked_on, row.amount_yen, 0, row.payer, row.message, row.channel)
        parsed = parse(line)
        text = remembered_text(line)
        payment = (row.booked_on, row.amount_yen, _key_and_payers(payer_key(text), ids))
        if parsed.is_bank_own or parsed.is_reversal:
            passed_over += 1
        elif known.in_ledger[row.booked_on, row.amount_yen, payer_key(text)] > 0:
            known.in_ledger[row.booked_on, row.amount_yen, payer_key(text)] -= 1
            known_rows += 1
        elif known.earlier[payment] > 0:
            known.earlier[payment] -= 1
            known_rows += 1
        else:
            new.append(NewPayment(row, text, ids))
        if on_progress and (place % BATCH == 0 or place == len(table.rows)):
            on_progress(place, len(table.rows))
    problems = sorted((*table.problems, *payers.problems), key=lambda problem: problem.line)
    return HistoryPreview(table, tuple(new), known_rows, passed_over, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Known:
    """How often each payment is known: from ledgers imported before, and from our own (by day, yen, name)."""

    earlier: Counter[_Payment]
    in_ledger: Counter[_Payment]


def _known_payments(rows: Sequence[HistoryRow]) -> _Known:
    days = [row.booked_on for row in rows] or [date.max]
    span = (min(days), max(days))
    earlier: Counter[_Payment] = Counter()
    groups = _joint_groups()
    stored = PastPayment.objects.filter(booked_on__range=span).values_list(
        "booked_on", "amount_yen", "name__key", "name__supporter_id", "name__joint_group", "supporter_id"
    )
    for day, yen, key, named, group, nameless in stored.iterator():
        payer = named if named is not None else nameless
        ids = groups[key, group] if group else () if payer is None else (payer,)
        earlier[day, yen, _key_and_payers(key or "", ids)] += 1
    in_ledger: Counter[_Payment] = Counter()
    ours = Transaction.objects.incoming().filter(booked_on__range=span)
    for row in ours.iterator(chunk_size=BATCH):
        line = Line(row.pk, row.booked_on, row.received_yen, 0, row.detail_2, row.message, row.detail_1)
        in_ledger[row.booked_on, row.received_yen, payer_key(remembered_text(line))] += 1
    return _Known(earlier, in_ledger)


def _joint_groups() -> dict[tuple[str, int], tuple[int, ...]]:
    found: dict[tuple[str, int], tuple[int, ...]] = {}
    names = PastPayment.objects.filter(name__joint_group__gt=0).values_list("name__key", "name__joint_group").distinct()
    if not names:
        return found
    for part in in_parts(sorted({key for key, _group in names})):
        for key, group, supporter in PayerName.objects.filter(key__in=part, joint_group__gt=0).values_list(
            "key", "joint_group", "supporter_id"
        ):
            found[key, group] = (*found.get((key, group), ()), supporter or 0)
    return found


def _key_and_payers(key: str, ids: Sequence[int]) -> str:
    return f"{key}|{','.join(map(str, sorted(ids)))}"
