"""What lies on the desk: every row that waits for a decision, sorted into three piles, and the rows of one page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from donations.error_budget import Budget, Estimate, budget
from donations.matching.suggestions import Evidence, Pile
from donations.models import Transaction
from donations.suggestions import RowSuggestions, Suggester, suggest, suggest_all
from donations.withdrawals import Withdrawal, withdrawals_to_ask

ROWS_ON_A_PAGE = 25
LOOK_AGAIN = Evidence("look_again", "画面を開いたあとで内容が変わりました。もう一度確かめてください。", speaks_for=False)
OVER_LIMIT = Evidence("over_limit", "誤りの見込みの上限をこえるので、まとめて確定するものから外しました。", speaks_for=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row on the desk, as much of it as sorting needs. `is_withdrawal`: money out that may be a 組戻."""

    transaction_id: int
    yen: int
    expected_error: float = 0.0
    digest: str = ""
    asks: tuple[Evidence, ...] = ()
    is_withdrawal: bool = False


@dataclass(slots=True)
class Desk:
    """Three piles. CERTAIN has the least certain first; the others go by day, money out before money in.

    `budget` says how many wrong confirmations to expect of CERTAIN, and which rows a limit moved from there to LIKELY.
    `suggester` has read the register already: it answers for the rows of a
    page without reading it again.
    """

    suggester: Suggester = field(default_factory=Suggester, repr=False)
    piles: dict[Pile, list[Waiting]] = field(default_factory=lambda: {pile: [] for pile in Pile})
    budget: Budget[Waiting] = field(default_factory=lambda: budget((), limit_errors=None, estimate=Estimate("test_data", 1.0)))

    @property
    def left_out(self) -> int:
        """How many rows the limit moved from CERTAIN to LIKELY."""
        return len(self.budget.left_out)

    @property
    def highest_errors(self) -> float:
        """How many wrong confirmations to expect with those rows."""
        return self.budget.highest_errors

    @property
    def expected_errors(self) -> float:
        """How many wrong confirmations to expect, were the whole CERTAIN pile confirmed."""
        return self.budget.expected_errors

    @property
    def withdrawals(self) -> int:
        """Rows of money out that may be a 組戻, among those of ASK."""
        return sum(row.is_withdrawal for row in self.piles[Pile.ASK])

    @property
    def waiting_rows(self) -> int:
        """Incoming rows without a decision."""
        return sum(not row.is_withdrawal for pile in self.piles.values() for row in pile)

    @property
    def waiting_yen(self) -> int:
        return sum(row.yen for pile in self.piles.values() for row in pile if not row.is_withdrawal)

    def pile_of(self, transaction_id: int) -> Pile | None:
        """The pile that holds this row; None where it does not wait."""
        for pile, rows in self.piles.items():
            if any(row.transaction_id == transaction_id for row in rows):
                return pile
        return None


def desk(
    look_again: Collection[int] = (), *, one_by_one: int | None = None, limit_errors: float | None = None
) -> Desk:
    """Sort everything that waits. Rows in `look_again` changed under somebody's eyes: they are not CERTAIN.

    `one_by_one`: a row that a person has in hand; it lies on LIKELY instead of CERTAIN, to be decided by itself.
    `limit_errors`: so many wrong confirmations may be expected of CERTAIN; the least certain rows go to LIKELY until
    no more are. None: no limit.
    """
    found = Desk()
    for one in withdrawals_to_ask():
        row = Waiting(one.transaction.pk, one.transaction.paid_out_yen, is_withdrawal=True)
        found.piles[Pile.ASK].append(row)
    for answer in suggest_all(suggester=found.suggester):
        pile, asks = answer.pile, answer.asks
        if answer.transaction.pk in look_again:
            pile, asks = Pile.LIKELY if pile is Pile.CERTAIN else pile, (LOOK_AGAIN, *asks)
        if answer.transaction.pk == one_by_one and pile is Pile.CERTAIN:
            pile = Pile.LIKELY
        found.piles[pile].append(
            Waiting(answer.transaction.pk, answer.open_yen, answer.expected_error, answer.digest, asks)
        )
    _keep_to(limit_errors, found)
    return found


def _keep_to(limit_errors: float | None, found: Desk) -> None:
    """Put CERTAIN in its order, and what is over the limit at the head of LIKELY."""
    found.budget = budget(found.piles[Pile.CERTAIN], limit_errors=limit_errors)
    found.piles[Pile.CERTAIN] = list(found.budget.kept)
    over = [replace(row, asks=(OVER_LIMIT, *row.asks)) for row in found.budget.left_out]
    found.piles[Pile.LIKELY][:0] = over


def rows_to_show(
    waiting: Sequence[Waiting], suggester: Suggester | None = None
) -> list[RowSuggestions | Withdrawal]:
    """The rows of one page with all that a person needs to decide, in the order of `waiting`."""
    out = [row.transaction_id for row in waiting if row.is_withdrawal]
    shown: dict[int, RowSuggestions | Withdrawal] = {}
    if out:
        rows = withdrawals_to_ask(Transaction.objects.filter(pk__in=out))
        shown.update((one.transaction.pk, one) for one in rows)
    asks = {row.transaction_id: row.asks for row in waiting if not row.is_withdrawal}
    incoming = Transaction.objects.unreconciled().filter(pk__in=asks).select_related("account")
    shown.update((row.transaction.pk, replace(row, asks=asks[row.transaction.pk])) for row in suggest(incoming, suggester))
    return [shown[row.transaction_id] for row in waiting if row.transaction_id in shown]
