"""Take a whole import back, by mark: its rows count no more, and what it moved besides goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from donations.import_traces import Trace, traces
from donations.models import BankStatement, Transaction
from members.models import BankAccount
from members.setting_up import forget_account_alias
from privacy.errors import Refused
from privacy.recording import record


class ImportInUse(Refused):
    """Something hangs on the import; nothing was undone. `traces` say what, and what to do first."""

    code = "import_in_use"

    def __init__(self, found: Sequence[Trace]) -> None:
        self.traces = tuple(found)
        reasons = "".join(f"{trace.words}{trace.next}" for trace in found)
        super().__init__(_("この取り込みは、まだ取り消せません。何も変えていません。%(reasons)s") % {"reasons": reasons})


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """`rows` count no more, with the yen they brought in and took out."""

    statement: BankStatement
    rows: int
    received_yen: int
    paid_out_yen: int

    def as_json(self) -> dict[str, Any]:
        return {
            "statement": self.statement.pk,
            "rows": self.rows,
            "received_yen": self.received_yen,
            "paid_out_yen": self.paid_out_yen,
        }


def undo_import(*, statement_id: int, at: datetime, by: str) -> UndoneImport:
    """Undo an import on which nothing hangs: the ledger is as if the file had never come.

    The account's opening balance goes back where the import moved it, unless a person has typed another since; the
    spelling of the account number that was confirmed with it is forgotten. The file may be imported again.
    Raises `BankStatement.DoesNotExist`; `Refused` "already_undone"; `ImportInUse`.
    """
    with transaction.atomic():
        account_id = BankStatement.with_undone.values_list("account_id", flat=True).get(pk=statement_id)
        account = BankAccount.objects.select_for_update().get(pk=account_id)
        statement = BankStatement.with_undone.select_related("learned_alias").get(pk=statement_id)
        if statement.undone_at is not None:
            raise Refused(_("この取り込みは、もう取り消してあります。"), code="already_undone")
        rows = list(Transaction.objects.select_for_update().filter(statement=statement).order_by("position"))
        found = traces(statement)
        if found:
            raise ImportInUse(found)
        Transaction.objects.filter(statement=statement).update(undone_at=at)
        if statement.moved_opening:
            _put_opening_back(account, statement, rows[0], at=at, by=by)
        statement.undone_at, statement.undone_by = at, by
        statement.save(update_fields=["undone_at", "undone_by"])
        record(action="donations.import_undone", at=at, by=by, subject=statement, count=len(rows))
        if statement.learned_alias is not None:
            forget_account_alias(alias=statement.learned_alias, at=at, by=by)
    return UndoneImport(
        statement, len(rows), sum(row.received_yen for row in rows), sum(row.paid_out_yen for row in rows)
    )


def _put_opening_back(
    account: BankAccount, statement: BankStatement, first: Transaction, *, at: datetime, by: str
) -> None:
    """`first` is the row to which the import moved the opening."""
    if first.balance_yen is None:
        return
    moved_to = (first.balance_yen - first.amount_yen, first.booked_on)
    if (account.opening_balance_yen, account.opening_on) != moved_to:
        return
    account.opening_balance_yen, account.opening_on = statement.opening_before_yen, statement.opening_before_on
    account.save(update_fields=["opening_balance_yen", "opening_on"])
    changed = ["opening_balance_yen", "opening_on"]
    record(action="donations.opening_restored", at=at, by=by, subject=account, changed=changed)
