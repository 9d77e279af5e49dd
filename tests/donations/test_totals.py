from datetime import date

import pytest

from donations.totals import Balance, account_ties, balance
from tests.factories.donations import (
    AllocationFactory,
    SetAsideFactory,
    TransactionFactory,
)
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
EMPTY = Balance(0, 0, 0, 0, 0, 0)


def test_nothing_is_zero_everywhere():
    """Before the first row each figure is 0, and 0 is whole."""
    assert (balance(), balance().is_whole) == (EMPTY, True)


def test_every_received_yen_has_one_place():
    """A row partly allocated, one set aside and one untouched: the parts add up to what was received."""
    AllocationFactory(transaction__received_yen=3000, amount_yen=1000)
    SetAsideFactory(transaction__received_yen=500)
    TransactionFactory(received_yen=200)
    found = balance()
    assert (found.received_yen, found.allocated_yen, found.set_aside_yen, found.open_yen, found.is_whole) == (
        3700, 1000, 500, 2200, True,
    )  # fmt: skip


def test_an_undone_allocation_is_open_again(now):
    """What was undone counts for nobody."""
    AllocationFactory(undone_at=now, undone_by="choubo")
    found = balance()
    assert (found.allocated_yen, found.open_yen) == (0, 1000)


def test_an_undone_set_aside_is_open_again(now):
    """A set-aside that was taken back no longer holds its yen."""
    SetAsideFactory(undone_at=now, undone_by="choubo")
    found = balance()
    assert (found.set_aside_yen, found.open_yen) == (0, 1000)


def test_yen_allocated_twice_are_not_whole():
    """The figures are summed each from its own rows: too much allocated shows, it is not hidden in a remainder."""
    allocation = AllocationFactory()
    AllocationFactory(transaction=allocation.transaction)
    assert balance().is_whole is False


def test_withdrawals_are_summed_apart():
    """A fee is paid out, never a negative receipt."""
    TransactionFactory(withdrawal=True, paid_out_yen=165)
    found = balance()
    assert (found.received_yen, found.paid_out_yen) == (0, 165)


def test_a_ledger_that_ties_differs_by_nothing():
    """Opening 500, in 1,000, out 165, closing 1,335: no yen is missing."""
    account = BankAccountFactory(opening_balance_yen=500)
    TransactionFactory(account=account, position=1, balance_yen=1500)
    TransactionFactory(account=account, position=2, withdrawal=True, balance_yen=1335)
    assert balance().bank_difference_yen == 0


def test_missing_rows_show_as_the_yen_the_bank_moved_more():
    """The bank's balance rose by 3,000 where our rows know of 1,000: 2,000 are missing."""
    account = BankAccountFactory(opening_balance_yen=0)
    TransactionFactory(account=account, position=1, balance_yen=3000)
    assert balance().bank_difference_yen == 2000


def test_an_account_without_opening_balance_starts_before_its_first_row():
    """Where nobody typed an opening balance, the first row's own balance gives it."""
    account = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    TransactionFactory(account=account, position=1, balance_yen=8000)
    assert [tie.opening_yen for tie in account_ties()] == [7000]


def test_the_order_is_the_banks_not_the_day():
    """Position decides which balance is last, also where an earlier day was posted later."""
    account = BankAccountFactory(opening_balance_yen=0)
    TransactionFactory(account=account, position=1, booked_on=date(2026, 4, 9), balance_yen=1000)
    TransactionFactory(account=account, position=2, booked_on=date(2026, 4, 8), balance_yen=2000)
    assert [tie.closing_yen for tie in account_ties()] == [2000]


def test_cash_has_no_bank_to_differ_from():
    """Cash counts as received and never as a difference with the bank."""
    TransactionFactory(account=BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None))
    found = balance()
    assert (found.received_yen, found.bank_difference_yen) == (1000, 0)


def test_one_account_can_be_asked_for():
    """With an account given, only its rows count."""
    box = BankAccountFactory(cash=True)
    TransactionFactory(account=box, received_yen=300)
    TransactionFactory(received_yen=1000)
    assert balance(box).received_yen == 300


@pytest.mark.parametrize("rows", [1, 3])
def test_the_balance_takes_five_queries(django_assert_num_queries, rows):
    """However many rows, five queries."""
    AllocationFactory.create_batch(rows)
    with django_assert_num_queries(5):
        balance()
