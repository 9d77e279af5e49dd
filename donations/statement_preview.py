"""What the treasurer sees before anything is written."""

from dataclasses import dataclass
from datetime import date

from donations import statement_words
from donations.account_choice import AccountChoice, choose_account
from donations.bankfiles import zengin_01, zengin_03
from donations.bankfiles.statement import StatementLine
from donations.guarded_file import FoundNumber, GuardedFile, read_guarded
from donations.ledger_alignment import HistoryChanged, Proof
from donations.mappings import mappings_for, usual_account
from donations.models import BankStatement, Transaction
from donations.sources import Source, source_of
from donations.statement_plan import StatementPlan, plan_import
from members.models import BankAccount
from privacy.national_ids import redact

ROWS_SHOWN = 5
ROWS_OF_A_DAY = 20


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """`repeat_of` is the import of this very file, if there was one; `plan` is None then.

    `source`: whether the file is of the kind that makes the ledger. `stored_that_day`: where the past changed, the stored rows of the day on which it first differs.
    """

    file: GuardedFile
    choice: AccountChoice
    plan: StatementPlan | None
    repeat_of: BankStatement | None = None
    stored_that_day: tuple[Transaction, ...] = ()
    source: Source = Source.SAME

    @property
    def account(self) -> BankAccount:
        return self.choice.account

    @property
    def as_written(self) -> str:
        """The account number as the file prints it, safe to show."""
        return redact(self.file.statement.account_as_written)

    @property
    def difference(self) -> str:
        """What speaks against the import, as a sentence; '' for nothing."""
        return statement_words.difference(self.plan.problem) if self.plan and self.plan.problem else ""

    @property
    def file_that_day(self) -> list[StatementLine]:
        """Where the past changed, the file's rows of the day on which it first differs."""
        changed = self.plan.problem if self.plan else None
        if not isinstance(changed, HistoryChanged):
            return []
        return [line for line in self.file.statement.lines if line.booked_on == changed.after][:ROWS_OF_A_DAY]

    @property
    def next_step(self) -> str:
        return statement_words.next_step(self.plan) if self.plan and self.plan.problem else ""

    @property
    def signature(self) -> str:
        """Goes into the form, so that nobody accepts another difference than the one shown."""
        return statement_words.signature(self.plan.problem if self.plan else None)

    @property
    def rows_to_add(self) -> tuple[int, ...]:
        """Indexes of the rows that the button would add: after acceptance where there is a difference."""
        if self.plan is None:
            return ()
        return (self.plan.if_accepted or self.plan).new_rows

    @property
    def to_add(self) -> list[StatementLine]:
        return [self.file.statement.lines[index] for index in self.rows_to_add]

    @property
    def numbers(self) -> tuple[FoundNumber, ...]:
        """Numbers of persons in the rows to add: blanked, or nothing is imported."""
        return self.file.numbers_in(self.rows_to_add)

    @property
    def doubts(self) -> tuple[FoundNumber, ...]:
        """Twelve digits in the rows to add that may be such a number."""
        return self.file.doubts_in(self.rows_to_add)

    @property
    def first_rows(self) -> list[StatementLine]:
        return self.to_add[:ROWS_SHOWN]

    @property
    def last_rows(self) -> list[StatementLine]:
        """The last rows that are not among the first ones."""
        return self.to_add[max(ROWS_SHOWN, len(self.to_add) - ROWS_SHOWN):]

    @property
    def hidden_count(self) -> int:
        """Rows between the first and the last ones shown."""
        return len(self.to_add) - len(self.first_rows) - len(self.last_rows)

    @property
    def already_known(self) -> int:
        return len(self.file.statement.lines) - len(self.to_add)

    @property
    def received_yen(self) -> int:
        return sum(line.received_yen for line in self.to_add)

    @property
    def paid_out_yen(self) -> int:
        return sum(line.paid_out_yen for line in self.to_add)

    @property
    def counted_only(self) -> bool:
        """Whether nothing but counting identical rows speaks for completeness."""
        return self.plan is not None and not self.file.statement.has_balances and self.plan.proof is not None

    @property
    def has_totals(self) -> bool:
        """Whether the bank prints the number of rows and their sum, which the reader has checked."""
        return self.file.statement.format in {zengin_01.FORMAT, zengin_03.FORMAT}

    @property
    def is_first(self) -> bool:
        return self.plan is not None and self.plan.proof is Proof.FIRST

    @property
    def can_import(self) -> bool:
        """Whether there is anything that a person's yes would write."""
        if self.plan is None or self.source is Source.OTHER:
            return False
        return self.plan.problem is None or self.plan.if_accepted is not None


def preview_statement(
    *, data: bytes, file_name: str = "", account: BankAccount | None = None, today: date | None = None
) -> StatementPreview:
    """Read a file and compare it with the ledger; writes nothing.

    Raises `BankFileError` and the refusals of `choose_account`.
    """
    mappings = mappings_for(data, account=account)
    file = read_guarded(data=data, file_name=file_name, today=today, mappings=mappings)
    return preview_guarded(file, account=account)


def preview_guarded(file: GuardedFile, *, account: BankAccount | None = None) -> StatementPreview:
    """The same for a file that was read before. Raises the refusals of `choose_account`."""
    choice = choose_account(
        as_written=file.statement.account_as_written, chosen=account, usual=usual_account(file.statement.mapping)
    )
    repeat_of = BankStatement.objects.filter(account=choice.account, sha256=file.sha256).first()
    plan = None if repeat_of else plan_import(statement=file.statement, account=choice.account)
    source = source_of(file.statement, choice.account, plan) if plan else Source.SAME
    return StatementPreview(file, choice, plan, repeat_of, _stored_that_day(plan, choice.account), source)


def _stored_that_day(plan: StatementPlan | None, account: BankAccount) -> tuple[Transaction, ...]:
    if plan is None or not isinstance(plan.problem, HistoryChanged):
        return ()
    rows = Transaction.objects.filter(account=account, booked_on=plan.problem.before)
    return tuple(rows.order_by("position")[:ROWS_OF_A_DAY])
