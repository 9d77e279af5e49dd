"""Receipts as `issue_due` makes them."""

from datetime import UTC, date, datetime

from members.models import Supporter
from receipts.issuing import issue_due
from receipts.models import Receipt
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory

ISSUED_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def make_receipt(supporter: Supporter | None = None, **allocation: object) -> Receipt:
    """One issued receipt for one gift of ¥1,000 (or what `allocation` says)."""
    AssociationFactory()
    row = AllocationFactory(supporter=supporter or SupporterFactory(), **allocation)
    made = issue_due(
        until=date(2026, 11, 20), supporter=row.supporter, today=date(2026, 11, 20), at=ISSUED_AT, by="insatsu"
    )
    return made[0]
