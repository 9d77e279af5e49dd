"""Every account with its files, its tie with the bank, and the days its files cover; for the page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from donations.models import BankStatement
from donations.time_line import Span, TimeLine, draw
from donations.totals import AccountTie, account_ties
from members.models import AccountKind

FILES_SHOWN = 24


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """`statements` are the latest files by the days they tell of, newest first; `count` is how many there are."""

    tie: AccountTie
    statements: Sequence[BankStatement]
    count: int
    picture: TimeLine | None

    @property
    def has_files(self) -> bool:
        return self.count > 0

    @property
    def is_cash(self) -> bool:
        return self.tie.account.kind == AccountKind.CASH

    @property
    def shows_gap(self) -> bool:
        """Whether a bar stands for a file that was accepted with a difference which is still there."""
        return self.picture is not None and any(bar.span.kind == "gap" for bar in self.picture.bars)


def account_ledgers() -> list[AccountLedger]:
    """All accounts in the order they were made, in two queries."""
    files: dict[int, list[BankStatement]] = defaultdict(list)
    newest_first = BankStatement.objects.order_by(Coalesce("last_on", "period_to", "imported_at__date").desc(), "-pk")
    for statement in newest_first:
        files[statement.account_id].append(statement)
    return [_ledger(tie, files[tie.account.pk]) for tie in account_ties()]


def _ledger(tie: AccountTie, statements: list[BankStatement]) -> AccountLedger:
    shown = statements[:FILES_SHOWN]
    spans = [span for statement in shown if (span := _span(statement, ties=not tie.difference_yen))]
    return AccountLedger(tie, shown, len(statements), draw(spans))


def _span(statement: BankStatement, *, ties: bool) -> Span | None:
    if statement.first_on is None or statement.last_on is None:
        return None
    days = f"{statement.first_on:%Y-%m-%d}〜{statement.last_on:%Y-%m-%d}"
    kind = "gap" if statement.gap_yen is not None and not ties else "file"
    return Span(statement.first_on, statement.last_on, kind, f"{days} {statement.row_count}行")
