"""What an import would do: which rows of a file are new to an account, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from donations.bankfiles.statement import Statement, StatementLine
from donations.ledger_alignment import (
    Alignment,
    Days,
    Gap,
    HistoryChanged,
    LedgerRow,
    Proof,
    align,
    align_by_count,
)
from donations.models import Transaction
from members.models import BankAccount

ROW_COLUMNS = (
    "booked_on", "received_yen", "paid_out_yen", "detail_1", "detail_2", "balance_yen", "external_id", "text_was_erased",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpeningDiffers:
    """The account was set up with another balance than the one this file starts with.

    The balance typed for day `before` and the balance of the file on day `after` differ by `yen` (file − typed).
    """

    yen: int
    before: date
    after: date


Problem = Gap | HistoryChanged | OpeningDiffers


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """`new_rows` are indexes into `statement.lines`, in order; `insert_before` the index of the stored row each goes before.

    `positions` are those of the stored rows. With a `problem` nothing may be written until a person accepts it;
    `if_accepted` is what would be done then, None where nothing of the file could be added. `accepted` is the
    problem that was accepted. `reworded`: (index in the file, index of the stored row) of rows the bank now words
    otherwise; the stored words stay.
    """

    statement: Statement
    new_rows: tuple[int, ...]
    insert_before: tuple[int, ...]
    positions: tuple[int, ...]
    proof: Proof | None
    reworded: tuple[tuple[int, int], ...] = ()
    problem: Problem | None = None
    accepted: Problem | None = None
    if_accepted: "StatementPlan | None" = None

    @property
    def already_known(self) -> int:
        return len(self.statement.lines) - len(self.new_rows)

    @property
    def new_lines(self) -> list[StatementLine]:
        return [self.statement.lines[index] for index in self.new_rows]

    @property
    def goes_in_front(self) -> bool:
        """Whether the first new row becomes the first of the ledger."""
        return bool(self.insert_before) and self.insert_before[0] == 0


def plan_import(*, statement: Statement, account: BankAccount) -> StatementPlan:
    """Compare a file with the stored ledger of `account`. Reads all its rows: call it under the account's lock to act."""
    stored, positions = stored_rows(account)
    new = ledger_rows(statement.lines)
    if not statement.has_balances or any(row.balance_yen is None for row in stored):
        return _counted(statement, stored, new, positions)
    compare = partial(
        align, stored, new, stored_days=complete_days(account), new_days=statement.complete_days
    )
    found = compare()
    plan = _plan(statement, found, positions)
    if isinstance(found.problem, Gap):
        return _with_problem(plan, found.problem, _plan(statement, compare(accept_gap=True), positions))
    if isinstance(found.problem, HistoryChanged):
        return _with_problem(plan, found.problem, _later_days_only(statement, stored, positions))
    differs = opening_difference(plan.new_lines, account) if plan.goes_in_front else None
    return _with_problem(plan, differs, plan) if differs else plan


def stored_rows(account: BankAccount) -> tuple[list[LedgerRow], tuple[int, ...]]:
    """The ledger of an account in the bank's order, and the positions of its rows."""
    rows = Transaction.objects.filter(account=account).order_by("position")
    stored: list[LedgerRow] = []
    positions: list[int] = []
    for position, *cells in rows.values_list("position", *ROW_COLUMNS).iterator(chunk_size=5000):
        positions.append(position)
        stored.append(LedgerRow(*cells))
    return stored, tuple(positions)


def ledger_rows(lines: Iterable[StatementLine | Transaction]) -> list[LedgerRow]:
    """The rows of a file, or of the ledger, as the alignment compares them."""
    return [
        LedgerRow(
            line.booked_on, line.received_yen, line.paid_out_yen, line.detail_1, line.detail_2, line.balance_yen, line.external_id
        )
        for line in lines
    ]


def opening_difference(lines: Sequence[StatementLine], account: BankAccount) -> OpeningDiffers | None:
    """Whether the balance typed for the account contradicts a file whose rows now begin its ledger."""
    typed_yen, typed_on = _typed_opening(account)
    if typed_yen is None or not lines:
        return None
    since = typed_on or lines[0].booked_on
    first = next((line for line in lines if line.booked_on >= since), None)
    if first is None or first.balance_yen is None:
        return None
    found = first.balance_yen - first.received_yen + first.paid_out_yen
    yen = found - typed_yen
    return OpeningDiffers(yen, since, first.booked_on) if yen else None


def _typed_opening(account: BankAccount) -> tuple[int | None, date | None]:
    """The opening that a person typed: an import that moved it noted it; (None, None) where a person let a file overrule it."""
    moved = account.statements.filter(moved_opening=True).order_by("pk")
    facts = moved.values_list("opening_before_yen", "opening_before_on", "gap_yen").first()
    if facts is None:
        return account.opening_balance_yen, account.opening_on
    yen, day, accepted_yen = facts
    return (yen, day) if accepted_yen is None else (None, None)


def _plan(statement: Statement, found: Alignment, positions: tuple[int, ...]) -> StatementPlan:
    return StatementPlan(
        statement=statement,
        new_rows=found.new_rows,
        insert_before=found.insert_before,
        positions=positions,
        proof=found.proof,
        reworded=found.wording_changed,
    )


def _counted(
    statement: Statement, stored: Sequence[LedgerRow], new: Sequence[LedgerRow], positions: tuple[int, ...]
) -> StatementPlan:
    """The plan for a file without balances: identical rows are counted."""
    found = align_by_count(stored, new, new_period=statement.complete_days)
    plan = _plan(statement, found, positions)
    if found.problem is None:
        return plan
    accepted = align_by_count(stored, new, accept_changes=True, new_period=statement.complete_days)
    return _with_problem(plan, found.problem, _plan(statement, accepted, positions))


def _with_problem(plan: StatementPlan, problem: Problem, accepted: StatementPlan | None) -> StatementPlan:
    if_accepted = replace(accepted, accepted=problem) if accepted and accepted.new_rows else None
    return replace(plan, problem=problem, if_accepted=if_accepted)


def _later_days_only(
    statement: Statement, stored: Sequence[LedgerRow], positions: tuple[int, ...]
) -> StatementPlan | None:
    """The past stays as it is stored; only the days after it are added. None when the file has no later day."""
    last = max(row.booked_on for row in stored)
    begins = next((i for i in range(len(statement.lines), 0, -1) if statement.lines[i - 1].booked_on <= last), 0)
    tail = ledger_rows(statement.lines[begins:])
    if not tail:
        return None
    found = align(stored, tail, accept_gap=True)
    if found.problem:
        return None
    plan = _plan(statement, found, positions)
    return replace(plan, new_rows=tuple(begins + index for index in found.new_rows))


def complete_days(account: BankAccount) -> list[Days]:
    """The days that each imported file shows whole."""
    days = account.statements.values_list("complete_from", "complete_to")
    return [(first, last) for first, last in days if first and last]
