"""What a month of an account comes to, and what still keeps it from being closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from donations.calendar_months import days_words, first_of, last_of, month_words, months_between
from donations.models import MonthClosing, Transaction
from donations.month_chain import Break, ChainRow, Days, breaks, in_doubt, uncovered
from donations.months import closed_now
from donations.statement_plan import complete_days
from donations.withdrawals import withdrawals_to_ask
from members.models import BankAccount


@dataclass(frozen=True, slots=True)
class Missing:
    """One reason why a month stays open. `kind`: "not_over", "open_rows", "withdrawals", "difference" or "days".

    "days" is a doubt only: no file shows these days whole, so a person may answer for them.
    `row` is the first row in question.
    """

    kind: str
    words: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class MonthState:
    """The rows of a month (yen) and what is `missing` to close it; `closing` is there when it is closed.

    `closing_yen` is the bank's balance after its last row (or the last one before), None where there is none.
    """

    month: date
    row_count: int
    received_yen: int
    paid_out_yen: int
    closing_yen: int | None
    missing: Sequence[Missing]
    closing: MonthClosing | None

    @property
    def words(self) -> str:
        return month_words(self.month)

    @property
    def is_over(self) -> bool:
        return all(one.kind != "not_over" for one in self.missing)

    @property
    def in_the_way(self) -> list[Missing]:
        """What no person's word can replace."""
        return [one for one in self.missing if one.kind != "days"]

    @property
    def needs_word(self) -> bool:
        """Whether a person has to say that nothing is missing."""
        return any(one.kind == "days" for one in self.missing)

    @property
    def may_close(self) -> bool:
        return self.closing is None and not self.in_the_way


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the yen nobody has decided about."""

    pk: int
    booked_on: date
    received_yen: int
    paid_out_yen: int
    balance_yen: int | None
    open_yen: int

    @property
    def chained(self) -> ChainRow:
        return ChainRow(self.booked_on, self.received_yen - self.paid_out_yen, self.balance_yen)


def months_of(account: BankAccount, *, today: date) -> list[date]:
    """The months from the first row or file of the account to this one or its last row, newest first; [] before both."""
    rows = Transaction.objects.filter(account=account).aggregate(first=Min("booked_on"), last=Max("booked_on"))
    days = [day for day in (rows["first"], *(first for first, last in complete_days(account) if first <= last)) if day]
    if not days:
        return []
    last = max(today, rows["last"] or today)
    return sorted(months_between(min(days), last), reverse=True)


def month_states(account: BankAccount, months: Sequence[date], *, today: date) -> list[MonthState]:
    """The states of these months, in their order, in at most eight queries."""
    if not months:
        return []
    first, last = min(months), last_of(max(months))
    rows = _rows(account, first)
    before = _row_before(account, first)
    covered = complete_days(account)
    asking = withdrawals_to_ask(
        Transaction.objects.filter(account=account, booked_on__gte=first, booked_on__lte=last, paid_out_yen__gt=0)
    )
    closings = {one.month: one for one in closed_now().filter(account=account, month__gte=first, month__lte=last)}
    found = breaks((row.chained for row in rows), opening=before or _opening(account, rows))
    state = partial(
        _state,
        account,
        rows=rows,
        before=before,
        covered=covered,
        asked=[(one.transaction.pk, one.transaction.booked_on) for one in asking],
        found=found,
        today=today,
    )
    return [state(month, closing=closings.get(month)) for month in months]


def _rows(account: BankAccount, since: date) -> list[_Row]:
    rows = Transaction.objects.filter(account=account, booked_on__gte=since).with_open_yen().order_by("position")
    columns = ("pk", "booked_on", "received_yen", "paid_out_yen", "balance_yen", "open_yen")
    return [_Row(*cells) for cells in rows.values_list(*columns)]


def _row_before(account: BankAccount, day: date) -> tuple[date, int] | None:
    """The day and the balance of the last row before `day`."""
    rows = Transaction.objects.filter(account=account, booked_on__lt=day, balance_yen__isnull=False)
    last = rows.order_by("-position").values_list("booked_on", "balance_yen").first()
    return (last[0], last[1]) if last and last[1] is not None else None


def _opening(account: BankAccount, rows: Sequence[_Row]) -> tuple[date, int] | None:
    """The balance with which the account begins, where it belongs before the first row."""
    if account.opening_balance_yen is None or not rows:
        return None
    day = account.opening_on or rows[0].booked_on
    return (day, account.opening_balance_yen) if day <= rows[0].booked_on else None


def _state(
    account: BankAccount,
    month: date,
    *,
    rows: Sequence[_Row],
    before: tuple[date, int] | None,
    covered: Sequence[Days],
    asked: Sequence[tuple[int, date]],
    found: Sequence[Break],
    today: date,
    closing: MonthClosing | None,
) -> MonthState:
    end = last_of(month)
    inside = [row for row in rows if first_of(row.booked_on) == month]
    until = [row.balance_yen for row in rows if row.booked_on <= end]
    missing: list[Missing] = []
    if closing is None:
        checks: list[Callable[[], Missing | None]] = [
            lambda: _open_rows(inside),
            lambda: _withdrawals([pk for pk, day in asked if first_of(day) == month]),
            lambda: _difference(month, found, covered),
            lambda: _days(account, month, covered),
        ]
        if today <= end:
            checks = [lambda: Missing("not_over", _("まだ終わっていない月です。"))]
        missing = [answer for check in checks if (answer := check())]
    return MonthState(
        month=month,
        row_count=len(inside),
        received_yen=sum(row.received_yen for row in inside),
        paid_out_yen=sum(row.paid_out_yen for row in inside),
        closing_yen=until[-1] if until else before[1] if before else None,
        missing=missing,
        closing=closing,
    )


def _open_rows(rows: Sequence[_Row]) -> Missing | None:
    waiting = [row for row in rows if row.open_yen > 0]
    if not waiting:
        return None
    return Missing(
        "open_rows", _("だれの入金か決まっていない行が%(count)d件あります。") % {"count": len(waiting)}, waiting[0].pk
    )


def _withdrawals(ids: Sequence[int]) -> Missing | None:
    if not ids:
        return None
    return Missing("withdrawals", _("組戻かどうか決まっていない出金が%(count)d件あります。") % {"count": len(ids)}, ids[0])


def _difference(month: date, found: Sequence[Break], covered: Sequence[Days]) -> Missing | None:
    """The chain of balances is broken on a day of this month, or on one that may be of it."""
    end = last_of(month)
    touching = [
        one for one in found if any(first <= end and last >= month for first, last in in_doubt(one, covered))
    ]
    if not touching:
        return None
    yen = sum(one.yen for one in touching)
    return Missing(
        "difference",
        _("%(after)s〜%(before)sの間で、銀行の残高と%(yen)s円合いません。足りないファイルを取り込んでください。")
        % {"after": touching[0].after.isoformat(), "before": touching[-1].before.isoformat(), "yen": f"{yen:,}"},
    )


def _days(account: BankAccount, month: date, covered: Sequence[Days]) -> Missing | None:
    first = max(month, account.opening_on) if account.opening_on else month
    holes = uncovered((first, last_of(month)), covered)
    if not holes:
        return None
    if not covered:
        return Missing("days", _("銀行のファイルからは、この月の入金と出金が全部そろっているか分かりません。"))
    return Missing("days", _("%(days)sの明細が全部そろっているか、ファイルからは分かりません。") % {"days": days_words(holes)})

