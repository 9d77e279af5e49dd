"""Whatever is done to the rows in whatever order: allocated + set aside + open = received, to the yen."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.allocating import (
    Decision,
    confirm,
    confirm_many,
    link_reversal,
    mark_receipted,
    set_aside,
    undo,
    undo_batch,
    undo_set_aside,
    unlink_reversal,
    unmark_receipted,
)
from donations.models import Allocation, ReconcileBatch, SetAsideReason, Transaction
from donations.shares import DONATION, DUES, OTHER, Share
from donations.totals import balance
from members.models import MembershipTerm
from privacy.errors import Refused
from tests.conftest import NOW
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db

ROWS = 2
PAYERS = 2


def share_of(payer, purpose, units, yen):
    if purpose == DUES:
        return lambda people: Share(people[payer or 0], DUES, units * 500, 2026, units)
    return lambda people: Share(None if payer is None else people[payer], purpose, yen, 2026)


places = st.integers(0, ROWS - 1)
shares = st.lists(
    st.builds(
        share_of,
        st.one_of(st.none(), st.integers(0, PAYERS - 1)),
        st.sampled_from([DUES, DONATION, OTHER]),
        st.integers(1, 4),
        st.sampled_from([1, 400, 999, 1_000, 1_500]),
    ),
    min_size=1,
    max_size=2,
)
steps = st.one_of(
    st.tuples(st.just("confirm"), places, shares),
    st.tuples(st.just("confirm_many"), st.lists(places, min_size=1, max_size=2, unique=True), shares),
    st.tuples(st.just("undo"), places),
    st.tuples(st.just("undo_batch"), st.integers(0, 3)),
    st.tuples(st.just("set_aside"), places),
    st.tuples(st.just("undo_set_aside"), places),
    st.tuples(st.just("link"), places),
    st.tuples(st.just("unlink"), places),
    st.tuples(st.just("receipt"), places),
    st.tuples(st.just("void"), places),
)


class World:
    """Two rows in (¥1,000 and ¥2,000), one withdrawal for each of them, two supporters."""

    def __init__(self):
        AssociationFactory()
        account = BankAccountFactory()
        self.rows = [
            TransactionFactory(account=account, received_yen=1_000 * (n + 1), booked_on=date(2026, 4, 10))
            for n in range(ROWS)
        ]
        self.backs = [
            TransactionFactory(
                account=account, received_yen=0, paid_out_yen=row.received_yen, booked_on=date(2026, 4, 20)
            )
            for row in self.rows
        ]
        self.people = [SupporterFactory().pk for _n in range(PAYERS)]
        self.who = {"at": NOW, "by": "choubo"}

    def do(self, name, *arguments):
        getattr(self, name)(*arguments)

    def confirm(self, place, made):
        wanted = [make(self.people) for make in made]
        confirm(transaction_id=self.rows[place].pk, shares=wanted, **self.who)

    def confirm_many(self, several, made):
        wanted = tuple(make(self.people) for make in made)
        decisions = [Decision(self.rows[place].pk, wanted, self.rows[place].received_yen) for place in several]
        confirm_many(decisions=decisions, automatic=True, **self.who)

    def undo(self, place):
        undo(transaction_id=self.rows[place].pk, **self.who)

    def undo_batch(self, place):
        batches = list(ReconcileBatch.objects.order_by("-pk").values_list("pk", flat=True))
        if batches:
            undo_batch(batch_id=batches[place % len(batches)], **self.who)

    def set_aside(self, place):
        set_aside(transaction_id=self.rows[place].pk, reason=SetAsideReason.ASKING, note="確認中", **self.who)

    def undo_set_aside(self, place):
        undo_set_aside(transaction_id=self.rows[place].pk, **self.who)

    def link(self, place):
        link_reversal(withdrawal_id=self.backs[place].pk, original_id=self.rows[place].pk, **self.who)

    def unlink(self, place):
        unlink_reversal(withdrawal_id=self.backs[place].pk, **self.who)

    def receipt(self, place):
        mark_receipted(allocation_ids=self._allocations(place), at=NOW)

    def void(self, place):
        unmark_receipted(allocation_ids=self._allocations(place))

    def _allocations(self, place):
        return list(Allocation.objects.live().filter(transaction=self.rows[place]).values_list("pk", flat=True))


@pytest.fixture
def world():
    return World()


def live_through(world, actions):
    """Do all the actions; what an action refuses, it has not done."""
    for action in actions:
        with suppress(Refused):
            world.do(*action)


def books():
    """(yen with a place, yen received, rows that gave too much, units of terms, units of dues)."""
    sums = balance()
    overdrawn = [row.pk for row in Transaction.objects.incoming().with_open_yen() if row.allocated_yen > row.received_yen]
    terms = MembershipTerm.objects.filter(cancelled_at=None).values_list("units", flat=True)
    dues = Allocation.objects.live().filter(purpose=DUES).values_list("units", flat=True)
    placed = sums.allocated_yen + sums.set_aside_yen + sums.open_yen
    return placed, sums.received_yen, overdrawn, sorted(terms), sorted(dues)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(steps, min_size=3, max_size=9))
def test_the_books_are_in_order_after_any_actions(world, actions):
    """Allocated + set aside + open = received = ¥3,000; no row gives too much; live terms are what live dues bought."""
    with transaction.atomic():
        live_through(world, actions)
        placed, received, overdrawn, terms, dues = books()
        transaction.set_rollback(True)
    assert (placed, received, overdrawn, terms) == (3_000, 3_000, [], dues)


@pytest.mark.parametrize(
    "actions",
    [
        [("confirm", 1, [share_of(0, DUES, 2, 0)]), ("set_aside", 1), ("undo", 1)],
        [("confirm", 1, [share_of(0, DUES, 2, 0)]), ("set_aside", 1), ("undo_batch", 0)],
        [("confirm", 1, [share_of(0, DUES, 2, 0)]), ("set_aside", 1), ("link", 1), ("unlink", 1)],
        [("link", 0), ("unlink", 0), ("confirm", 0, [share_of(1, DONATION, 0, 400)]), ("link", 0)],
    ],
)
def test_the_books_are_in_order_after_known_traps(world, actions):
    """A rest put aside, and a row given back, after which something is undone."""
    live_through(world, actions)
    placed, received, overdrawn, terms, dues = books()
    assert (placed, received, overdrawn, terms) == (3_000, 3_000, [], dues)
