"""Somebody issues receipts while somebody else does: real threads, as in an installation."""

import pytest

from donations.allocating import undo
from donations.models import Allocation
from receipts.issuing import issue_due
from receipts.models import Receipt, ReceiptLine
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def allocations(tmp_path):
    AssociationFactory()
    made = [AllocationFactory() for _ in range(5)]
    with database_for_threads(tmp_path):
        yield made


@pytest.fixture
def issue(now, today):
    return lambda: issue_due(until=today, today=today, at=now, by="insatsu")


def test_three_who_issue_at_once_leave_no_gap_and_no_second_paper(allocations, issue) -> None:
    """One issues all five, the others find nothing due."""
    at_once(issue, issue, issue)
    serials = in_a_thread(lambda: list(Receipt.objects.order_by("serial").values_list("serial", flat=True)))
    assert serials == [1, 2, 3, 4, 5]


def test_a_payment_is_receipted_or_undone(allocations, issue, now) -> None:
    """Never both: the undo comes first and the receipt is not made, or it is refused in words."""

    def take_back():
        undo(transaction_id=allocations[3].transaction_id, at=now, by="choubo")

    outcomes = at_once(issue, take_back)
    live, lines = in_a_thread(lambda: (Allocation.objects.live().count(), ReceiptLine.objects.count()))
    assert (outcomes, live, lines) in ((["done", "done"], 4, 4), (["done", "receipted"], 5, 5))
