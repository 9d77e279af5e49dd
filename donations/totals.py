"""Sums over the ledger: what came in, what it became, and whether it ties with the bank."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from donations.models import Allocation, SetAside, Transaction
from members.models import BankAccount


@dataclass(frozen=True, slots=True)
class Balance:
    """Yen of all accounts, or of one. Each figure is summed from its own rows, none is a remainder.

    received = allocated + set aside + open holds when every yen has one place (`is_whole`).
    `bank_difference_yen`: (closing − opening balance of the bank) − (received − paid out), over the accounts
    whose rows carry the bank's balance; 0 when the ledger ties with the bank, else the yen of the missing rows.
    """

    received_yen: int
    allocated_yen: int
    set_aside_yen: int
    open_yen: int
    paid_out_yen: int
    bank_difference_yen: int

    @property
    def is_whole(self) -> bool:
        return self.received_yen == self.allocated_yen + self.set_aside_yen + self.open_yen

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AccountTie:
    """One account's ledger beside the bank's balances; `opening_yen` and `closing_yen` are None for cash."""

    account: BankAccount
    received_yen: int
    paid_out_yen: int
    opening_yen: int | None
    closing_yen: int | None

    @property
    def difference_yen(self) -> int | None:
        """Yen by which the bank moved more than our rows; None where the bank gives no balance."""
        if self.opening_yen is None or self.closing_yen is None:
            return None
        return self.closing_yen - self.opening_yen - (self.received_yen - self.paid_out_yen)


def balance(account: BankAccount | None = None) -> Balance:
    """The figures of the home page and of `manage.py balance`, in five queries."""
    rows = Transaction.objects.all()
    allocations = Allocation.objects.live()
    set_asides = SetAside.objects.filter(undone_at=None)
    if account is not None:
        rows = rows.filter(account=account)
        allocations = allocations.filter(transaction__account=account)
        set_asides = set_asides.filter(transaction__account=account)
    moved = rows.aggregate(received=_total("received_yen"), paid_out=_total("paid_out_yen"))
    ties = account_ties() if account is None else [tie for tie in account_ties() if tie.account == account]
    return Balance(
        received_yen=moved["received"],
        allocated_yen=allocations.aggregate(yen=_total("amount_yen"))["yen"],
        set_aside_yen=set_asides.aggregate(yen=_total("amount_yen"))["yen"],
        open_yen=rows.unreconciled().aggregate(yen=_total("open_yen"))["yen"],
        paid_out_yen=moved["paid_out"],
        bank_difference_yen=sum(tie.difference_yen or 0 for tie in ties),
    )


def account_ties() -> Sequence[AccountTie]:
    """Every account in the order it was made, in one query.

    The opening balance is the account's own; where it has none, the balance before its first row.
    """
    return [
        AccountTie(
            account=account,
            received_yen=account.received_yen,
            paid_out_yen=account.paid_out_yen,
            opening_yen=account.opening_balance_yen if account.opening_balance_yen is not None else account.before_yen,
            closing_yen=account.closing_yen,
        )
        for account in _accounts_with_sums()
    ]


def _accounts_with_sums() -> QuerySet[Any]:
    with_balance = Transaction.objects.filter(account=OuterRef("pk"), balance_yen__isnull=False)
    counting = Q(transactions__undone_at=None)
    before = F("balance_yen") - F("received_yen") + F("paid_out_yen")
    return BankAccount.objects.annotate(
        received_yen=_total("transactions__received_yen", counting),
        paid_out_yen=_total("transactions__paid_out_yen", counting),
        before_yen=Subquery(with_balance.annotate(before=before).order_by("position").values("before")[:1]),
        closing_yen=Subquery(with_balance.order_by("-position").values("balance_yen")[:1]),
    ).order_by("pk")


def _total(column: str, counting: Q | None = None) -> Coalesce:
    return Coalesce(Sum(column, filter=counting), 0)
