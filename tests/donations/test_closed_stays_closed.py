"""Whatever is tried on a closed month: what was decided about its rows stays as it was until it is opened."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.closing import close_month, reopen_month
from donations.models import Allocation, MonthClosing, Reversal, SetAside, Transaction
from privacy.errors import Refused
from tests.donations.test_ledger_invariant import World, steps

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)
decide = st.tuples(*(st.sampled_from([("link", place), ("set_aside", place)]) for place in (0, 1)))
anything = st.lists(st.one_of(steps, steps, st.sampled_from([("close",), ("open",)])), min_size=2, max_size=8)
actions = st.builds(lambda decisions, more: [*decisions, ("close",), *more], decide, anything)


class ClosingWorld(World):
    """The same rows, all of April, and somebody who closes and opens that month."""

    def close(self):
        account = self.rows[0].account_id
        close_month(account_id=account, month=APRIL, said_whole=True, **self.who)

    def open(self):
        reopen_month(account_id=self.rows[0].account_id, month=APRIL, reason="見直し", **self.who)


@pytest.fixture
def world():
    return ClosingWorld()


def decided():
    """Every decision that stands, and every row."""
    return (
        list(Allocation.objects.live().order_by("pk").values_list("pk", "amount_yen", "supporter")),
        list(SetAside.objects.filter(undone_at=None).order_by("pk").values_list("pk", "amount_yen")),
        list(Reversal.objects.filter(undone_at=None).order_by("pk").values_list("pk", "original")),
        list(Transaction.objects.order_by("pk").values_list("pk", "position", "undone_at")),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=actions)
def test_a_closed_month_stays_as_it_was_closed(world, actions):
    """After each action: nothing changed while it is closed, and it was closed only with every yen decided."""
    with transaction.atomic():
        at_closing = None
        for action in actions:
            with suppress(Refused):
                world.do(*action)
            closed = MonthClosing.objects.filter(reopened_at=None).exists()
            at_closing = (at_closing or decided()) if closed else None
            assert not closed or (decided() == at_closing and not Transaction.objects.unreconciled().exists())
        transaction.set_rollback(True)


def test_it_can_be_closed_at_all(world):
    """The actions above do begin with a closing: both rows given back."""
    for place in (0, 1):
        world.do("link", place)
    world.do("close")
    assert MonthClosing.objects.get().row_count == 4
