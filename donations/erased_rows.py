"""Rows whose words were erased, known by what is left of them: account, day, yen and balance."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from donations.bankfiles.statement import StatementLine
from donations.models import ErasedRow, Transaction

COLUMNS = ("account_id", "booked_on", "received_yen", "paid_out_yen", "balance_yen")


class RowKey(NamedTuple):
    """One row without its words; `balance_yen` is None where the bank gives none."""

    account_id: int
    booked_on: date
    received_yen: int
    paid_out_yen: int
    balance_yen: int | None


def erased_rows() -> frozenset[RowKey]:
    """All rows that are known to be erased."""
    return frozenset(RowKey(*row) for row in ErasedRow.objects.values_list(*COLUMNS))


def words_to_leave_out(account_id: int, lines: Sequence[StatementLine]) -> frozenset[int]:
    """Which of the lines about to be added are rows whose words were erased: their indexes. Two queries where any is.

    Without balances rows of equal yen on a day cannot be told apart: then the words of all of them are left out.
    """
    days = {line.booked_on for line in lines}
    mine = ErasedRow.objects.filter(account=account_id)
    if not days or not mine.exists():
        return frozenset()
    within = {"booked_on__gte": min(days), "booked_on__lte": max(days)}
    erased = Counter(RowKey(*row) for row in mine.filter(**within).values_list(*COLUMNS))
    stored = Transaction.objects.filter(account=account_id, undone_at=None, text_was_erased=True, **within)
    missing = erased - Counter(RowKey(*row) for row in stored.values_list(*COLUMNS))
    return frozenset(
        index
        for index, line in enumerate(lines)
        if RowKey(account_id, line.booked_on, line.received_yen, line.paid_out_yen, line.balance_yen) in missing
    )
