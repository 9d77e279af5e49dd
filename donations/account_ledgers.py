"""Every account with its files, its tie with the bank, the days its files show and its closed months; for the pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from donations.calendar_months import days_words
from donations.models import BankStatement, MonthClosing
from donations.month_chain import Days
from donations.months import closed_now
from donations.time_line import Span, TimeLine, draw
from donations.told_days import Holes, holes, told
from donations.totals import AccountTie, account_ties
from members.models import AccountKind

FILES_SHOWN = 24
FILES_LISTED = 5


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """`statements` are all files, newest days first; the `picture` shows the latest of them.

    `holes` are days missing between the files of the picture, `closed` the closed months, oldest first.
    """

    tie: AccountTie
    statements: Sequence[BankStatement]
    picture: TimeLine | None
    holes: Holes
    closed: Sequence[MonthClosing]

    @property
    def latest(self) -> Sequence[BankStatement]:
        return self.statements[:FILES_LISTED]

    @property
    def count(self) -> int:
        return len(self.statements)

    @property
    def drawn(self) -> int:
        """How many files the picture shows."""
        return min(self.count, FILES_SHOWN)

    @property
    def has_files(self) -> bool:
        return bool(self.statements)

    @property
    def is_cash(self) -> bool:
        return self.tie.account.kind == AccountKind.CASH

    @property
    def shows_gap(self) -> bool:
        """Whether a bar stands for a file that was accepted with a difference which is still there."""
        return self.picture is not None and any(bar.span.kind == "gap" for bar in self.picture.bars)

    @property
    def unseen_words(self) -> str:
        """10月3日〜10月9日; '' for none."""
        return days_words(self.holes.unseen, with_year=True)

    @property
    def in_part_words(self) -> str:
        return days_words(self.holes.in_part, with_year=True)

    @property
    def last_closed(self) -> MonthClosing | None:
        return self.closed[-1] if self.closed else None


def account_ledgers() -> list[AccountLedger]:
    """All accounts in the order they were made, in three queries."""
    return _ledgers(account_ties(), _newest_first(BankStatement.objects.all()), closed_now())


def account_ledger(account_id: int) -> AccountLedger | None:
    """One account; None where there is none of this id."""
    ties = [tie for tie in account_ties() if tie.account.pk == account_id]
    files = _newest_first(BankStatement.objects.filter(account=account_id))
    return next(iter(_ledgers(ties, files, closed_now().filter(account=account_id))), None)


def _newest_first(statements: QuerySet[BankStatement]) -> QuerySet[BankStatement]:
    return statements.order_by(Coalesce("last_on", "period_to", "imported_at__date").desc(), "-pk")


def _ledgers(
    ties: Sequence[AccountTie], statements: QuerySet[BankStatement], closings: QuerySet[MonthClosing]
) -> list[AccountLedger]:
    files: dict[int, list[BankStatement]] = defaultdict(list)
    for statement in statements:
        files[statement.account_id].append(statement)
    closed: dict[int, list[MonthClosing]] = defaultdict(list)
    for closing in closings:
        closed[closing.account_id].append(closing)
    return [_ledger(tie, files[tie.account.pk], closed[tie.account.pk]) for tie in ties]


def _ledger(tie: AccountTie, statements: list[BankStatement], closed: list[MonthClosing]) -> AccountLedger:
    shown = statements[:FILES_SHOWN]
    spans = [span for statement in shown if (span := _span(statement, ties=not tie.difference_yen))]
    missing = holes(shown)
    return AccountLedger(tie, statements, draw(spans, [_hole(days) for days in missing.unseen]), missing, closed)


def _span(statement: BankStatement, *, ties: bool) -> Span | None:
    days = told(statement)
    if days is None:
        return None
    kind = "gap" if statement.gap_yen is not None and not ties else "file"
    return Span(*days, kind, f"{days[0]:%Y-%m-%d}〜{days[1]:%Y-%m-%d} {statement.row_count}行")


def _hole(days: Days) -> Span:
    return Span(*days, "hole", f"{days_words([days], with_year=True)}の明細がありません")
