"""Which kind of file makes the ledger of an account: one kind at a time (docs/decisions/0006)."""

from enum import StrEnum

from django.db.models import Max
from django.utils.translation import gettext as _

from donations.bankfiles import READERS, mapped_csv
from donations.bankfiles.statement import Statement
from donations.ledger_alignment import Proof
from donations.mappings import as_columns, same_form
from donations.models import BankStatement, SavedMapping
from donations.statement_plan import StatementPlan
from members.models import BankAccount

BY_BALANCE = frozenset({Proof.OVERLAP, Proof.BALANCE})


class Source(StrEnum):
    """`SAME`: the kind of file that makes the ledger. `GOES_ON`: another kind, which takes up the ledger where it ends,
    proved by the balances. `OTHER`: another kind for days the ledger has, or without proof: compared, never added.
    """

    SAME = "same"
    GOES_ON = "goes_on"
    OTHER = "other"


def source_of(statement: Statement, account: BankAccount, plan: StatementPlan) -> Source:
    """How a file stands to the ledger of its account, `plan` being what an import of it would do.

    Of one kind: the same format; of a taught CSV the same columns, whatever they are called now. Where a ledger has
    files of two kinds, only balances tell which rows are new: two kinds word the same row differently.
    """
    known: set[tuple[str, int | None]] = set(account.statements.values_list("format", "mapping"))
    if not known:
        return Source.SAME
    if _is_known(statement, known):
        return Source.SAME if len(known) == 1 or plan.proof is not Proof.COUNT else Source.OTHER
    return Source.GOES_ON if _goes_on(plan, account) else Source.OTHER


def _is_known(statement: Statement, known: set[tuple[str, int | None]]) -> bool:
    if (statement.format, statement.mapping or None) in known:
        return True
    mappings = {mapping for form, mapping in known if form == statement.format and mapping}
    if not statement.mapping or not mappings:
        return False
    saved = SavedMapping.objects.prefetch_related("columns").in_bulk([*mappings, statement.mapping])
    ours = as_columns(saved.pop(statement.mapping))
    return any(same_form(as_columns(other), ours) for other in saved.values())


def _goes_on(plan: StatementPlan, account: BankAccount) -> bool:
    """Every new row lies on a day that no file has shown whole, at or after the last row; nothing speaks against it."""
    if plan.problem is not None or plan.proof not in BY_BALANCE or not plan.new_rows:
        return False
    last = account.transactions.aggregate(day=Max("booked_on"))["day"]
    shown = account.statements.aggregate(day=Max("complete_to"))["day"]
    begins = min(line.booked_on for line in plan.new_lines)
    return last is not None and begins >= last and (begins > shown if shown else begins > last)


def kinds_of(account: BankAccount) -> str:
    """The kinds of files that the account has, as people call them."""
    return "、".join(dict.fromkeys(kind_of(one) for one in account.statements.select_related("mapping").order_by("pk")))


def kind_of(statement: BankStatement) -> str:
    """What people call the kind of an imported file."""
    return _name(statement.format, statement.mapping.name if statement.mapping else "")


def kind_of_file(statement: Statement) -> str:
    """The same for a file that was only read."""
    saved = SavedMapping.objects.filter(pk=statement.mapping).first() if statement.mapping else None
    return _name(statement.format, saved.name if saved else "")


def _name(form: str, mapping: str) -> str:
    if form == mapped_csv.FORMAT:
        return _("列を教えたCSV「%s」") % mapping
    return next((reader.NAME for reader in READERS if form == reader.FORMAT), form)
