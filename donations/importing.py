"""Import a bank's file: every row once, all or nothing."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.account_choice import choose_account, formatted_number
from donations.attaching_slips import attach_waiting
from donations.bankfiles.statement import Statement
from donations.erased_rows import words_to_leave_out
from donations.guarded_file import FoundNumber, GuardedFile, NumberInStatement, read_guarded, without_doubts
from donations.ledger_alignment import Gap, HistoryChanged
from donations.mappings import mappings_for, usual_account
from donations.models import BankStatement, Transaction
from donations.months import refuse_closed
from donations.sources import Source, source_of
from donations.statement_plan import OpeningDiffers, Problem, StatementPlan, plan_import
from donations.statement_words import NotProved, already_typed, other_format, other_reader, seen_otherwise
from members.models import AccountAlias, BankAccount
from members.setting_up import remember_account_alias
from privacy.inserting import insert_rows
from privacy.recording import record, record_refusal

BANK_COLUMNS = (
    "booked_on", "received_yen", "paid_out_yen", "detail_1", "detail_2", "message", "balance_yen", "external_id",
)  # fmt: skip
FAR_AWAY = 1 << 50
"""Positions are moved past this and back, so that no two rows meet on the way."""
ACCEPTED_ACTIONS = {
    Gap: "donations.gap_accepted",
    HistoryChanged: "donations.changed_history_accepted",
    OpeningDiffers: "donations.opening_difference_accepted",
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `is_repeat`: this very file was imported before, nothing was written.

    `slips_attached`: typed slips that waited for these rows and hang on them now.
    `rows`, `received_yen`, `paid_out_yen`, `opening_yen` and `closing_yen` are those of the whole file, so that
    opening + received − paid out = closing; `new` + `already_known` = `rows`.
    """

    statement: BankStatement
    file: Statement
    new: int
    accepted: Problem | None = None
    reworded: int = 0
    is_repeat: bool = False
    slips_attached: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "format": self.file.format,
            "account": formatted_number(self.statement.account),
            "rows": len(self.file.lines),
            "new": self.new,
            "already_known": len(self.file.lines) - self.new,
            "received_yen": self.file.received_yen,
            "paid_out_yen": self.file.paid_out_yen,
            "opening_yen": self.file.opening_yen,
            "closing_yen": self.file.closing_yen,
        }


def import_statement(
    *,
    data: bytes,
    file_name: str = "",
    account: BankAccount | None = None,
    mapping: str = "",
    accept_gap: bool = False,
    blank_numbers: bool = False,
    at: datetime,
    by: str,
) -> ImportResult:
    """Read a bank's file and add the rows that the ledger of its account does not have yet.

    `mapping`: the name of the form in which a CSV is read; where empty, every known form is asked.
    `account`: said by a person; it also answers for a spelling of the account number nobody has confirmed yet.
    `accept_gap`, `blank_numbers`: see `import_guarded`.
    Raises `donations.bankfiles.errors.BankFileError` (cannot be read), `Refused` "unknown_mapping", "other_reader" and
    what `import_guarded` raises.
    """
    mappings = mappings_for(data, account=account, named=mapping)
    file = read_guarded(data=data, file_name=file_name, today=timezone.localdate(at), mappings=mappings)
    if mapping and not file.statement.mapping:
        raise other_reader(mapping)
    return import_guarded(
        file=file,
        account=account,
        confirm_account=account is not None,
        accept_gap=accept_gap,
        blank_numbers=blank_numbers,
        at=at,
        by=by,
    )


def import_guarded(
    *,
    file: GuardedFile,
    account: BankAccount | None = None,
    confirm_account: bool = False,
    accept_gap: bool = False,
    shown: str | None = None,
    blank_numbers: bool = False,
    at: datetime,
    by: str,
) -> ImportResult:
    """Add the new rows of a guarded file; the same file again adds nothing.

    `confirm_account`: a person said that a file which writes the account number in an unknown form is of `account`;
    remembered. `accept_gap`: a person accepted missing rows or a changed past; recorded. `shown` is the
    `statement_words.signature` of what that person saw ('' for no difference); anything else now is refused.
    `blank_numbers`: new rows that held a number of a person are imported without it, doubtful numbers too.

    Raises `Refused` ("account_to_confirm" and those of `choose_account`, "account_is_typed", "other_format",
    "gap", "history_changed", "opening_differs", "changed_since_shown", "month_closed"), `NumberInStatement`.
    """
    choice = choose_account(
        as_written=file.statement.account_as_written, chosen=account, usual=usual_account(file.statement.mapping)
    )
    if not choice.is_known and not confirm_account:
        raise NotProved.account(choice.account)
    if blank_numbers:
        file = without_doubts(file)
    with transaction.atomic():
        owner = BankAccount.objects.select_for_update().get(pk=choice.account.pk)
        known = BankStatement.objects.filter(account=owner, sha256=file.sha256).first()
        if known is not None:
            return ImportResult(known, file.statement, new=0, is_repeat=True)
        alias = None
        if not choice.is_known:
            alias = remember_account_alias(account=owner, as_written=file.statement.account_as_written, at=at, by=by)
        if owner.transactions.filter(statement=None).exists():
            raise already_typed(owner)
        planned = plan_import(statement=file.statement, account=owner)
        source = source_of(file.statement, owner, planned)
        if source is Source.OTHER:
            raise other_format(owner)
        plan = _settled(planned, accept_gap=accept_gap, shown=shown)
        refuse_closed((owner.pk, line.booked_on) for line in plan.new_lines)
        numbers = file.numbers_in(plan.new_rows)
        if numbers and not blank_numbers:
            raise NumberInStatement(numbers)
        if source is Source.GOES_ON:
            record(action="donations.source_changed", at=at, by=by, subject=owner)
        return _store(file, owner, plan, learned_alias=alias, at=at, by=by)


def _settled(plan: StatementPlan, *, accept_gap: bool, shown: str | None) -> StatementPlan:
    """The plan to carry out: itself when nothing speaks against it, else the one that was accepted."""
    if shown is not None and seen_otherwise(plan.problem, shown):
        raise NotProved.since_shown(plan.problem)
    if plan.problem is None:
        return plan
    if plan.if_accepted is None or not accept_gap:
        raise NotProved.problem(plan)
    return plan.if_accepted


def _store(
    file: GuardedFile, account: BankAccount, plan: StatementPlan, *, learned_alias: AccountAlias | None, at: datetime, by: str
) -> ImportResult:
    numbers = file.numbers_in(plan.new_rows)
    blanked = frozenset(number.index for number in numbers)
    stored = _statement(file, account, plan, blanked=len(blanked), at=at, by=by)
    stored.learned_alias = learned_alias
    if plan.goes_in_front:
        _move_opening(account, stored, plan, at=at, by=by)
    stored.save()
    positions = _free_positions(account, plan)
    left_out = words_to_leave_out(account.pk, plan.new_lines)
    insert_rows(
        like=Transaction(account=account, statement=stored, recorded_by=by),
        columns=_columns(plan, positions, blanked, left_out),
    )
    record(action="donations.statement_imported", at=at, by=by, subject=stored, count=len(plan.new_rows))
    if plan.accepted is not None:
        record(action=ACCEPTED_ACTIONS[type(plan.accepted)], at=at, by=by, subject=stored)
    if blanked:
        record(action="donations.numbers_blanked", at=at, by=by, subject=stored, count=len(blanked))
    for column, rules in _rules_by_column(numbers).items():
        record_refusal(place=_("銀行の明細の%(column)s") % {"column": column}, rules=rules.elements(), at=at, by=by)
    slips = attach_waiting(account=account, at=at, by=by)
    return ImportResult(stored, file.statement, len(plan.new_rows), plan.accepted, len(plan.reworded), slips_attached=slips)


def _statement(
    file: GuardedFile, account: BankAccount, plan: StatementPlan, *, blanked: int, at: datetime, by: str
) -> BankStatement:
    source = file.statement
    days = [line.booked_on for line in source.lines]
    made_at = source.produced_at
    complete_from, complete_to = source.complete_days or (None, None)
    return BankStatement(
        account=account,
        format=source.format,
        mapping_id=source.mapping or None,
        sha256=file.sha256,
        row_count=len(source.lines),
        new_row_count=len(plan.new_rows),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        period_from=source.period_from,
        period_to=source.period_to,
        complete_from=complete_from,
        complete_to=complete_to,
        opening_yen=source.opening_yen,
        closing_yen=source.closing_yen,
        produced_at=timezone.make_aware(made_at) if made_at else None,
        blanked_count=blanked,
        gap_yen=plan.accepted.yen if plan.accepted else None,
        gap_accepted_by=by if plan.accepted else "",
        imported_at=at,
        imported_by=by,
    )


def _columns(
    plan: StatementPlan, positions: Sequence[int], blanked: frozenset[int], left_out: frozenset[int]
) -> dict[str, Sequence[Hashable]]:
    """What differs from row to row, as the columns of the table; `left_out` are new lines without the payer's words."""
    lines = [
        replace(line, detail_2="", message="") if place in left_out else line for place, line in enumerate(plan.new_lines)
    ]
    return {
        "position": positions,
        "number_was_blanked": [index in blanked for index in plan.new_rows],
        "text_was_erased": [place in left_out for place in range(len(lines))],
        **{name: list(map(attrgetter(name), lines)) for name in BANK_COLUMNS},
    }


def _free_positions(account: BankAccount, plan: StatementPlan) -> list[int]:
    """A position for each new row; where rows go between two others, the later ones move up to make room."""
    taken = list(plan.positions)
    free: list[int] = []
    for before, group in groupby(plan.insert_before):
        count = len(list(group))
        if not taken:
            first = 1
        elif before == 0:
            first = taken[0] - count
        else:
            first = taken[before - 1] + 1
            if before < len(taken) and taken[before] - first < count:
                _move_up(account, taken[before], count)
                taken[before:] = [position + count for position in taken[before:]]
        free += range(first, first + count)
    return free


def _move_up(account: BankAccount, since: int, by_places: int) -> None:
    later = Transaction.objects.filter(account=account, position__gte=since)
    later.update(position=F("position") + FAR_AWAY)
    moved = Transaction.objects.filter(account=account, position__gte=since + FAR_AWAY)
    moved.update(position=F("position") - FAR_AWAY + by_places)


def _move_opening(account: BankAccount, stored: BankStatement, plan: StatementPlan, *, at: datetime, by: str) -> None:
    """The ledger begins with a row of this file: so does its opening balance, unless a day before it is on record.

    What it was before is noted on the import, for an undo.
    """
    first = plan.new_lines[0]
    if first.balance_yen is None:
        return
    typed_before = account.opening_on is not None and account.opening_on <= first.booked_on
    if account.opening_balance_yen is not None and typed_before and plan.accepted is None:
        return
    stored.moved_opening = True
    stored.opening_before_yen, stored.opening_before_on = account.opening_balance_yen, account.opening_on
    account.opening_balance_yen = first.balance_yen - first.received_yen + first.paid_out_yen
    account.opening_on = first.booked_on
    account.save(update_fields=["opening_balance_yen", "opening_on"])
    changed = ["opening_balance_yen", "opening_on"]
    record(action="donations.opening_moved", at=at, by=by, subject=account, changed=changed)


def _rules_by_column(numbers: Iterable[FoundNumber]) -> dict[str, Counter[str]]:
    """For each column the rules by which numbers were blanked, with how often."""
    found: dict[str, Counter[str]] = {}
    for number in numbers:
        found.setdefault(number.column, Counter()).update(number.rules)
    return found
