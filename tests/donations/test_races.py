"""Two people press at the same moment: real threads on a database file, as in an installation (or on PostgreSQL)."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from donations.allocating import Decision, RowsChanged, confirm, confirm_many, set_aside, undo
from donations.models import Allocation, SetAsideReason, Transaction
from donations.shares import DONATION, Share
from members.models import MembershipTerm
from privacy.errors import Refused
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    AssociationFactory()
    return TransactionFactory(account=BankAccountFactory(), received_yen=1_000)


@pytest.fixture
def hanako():
    return SupporterFactory()


@pytest.fixture
def database_file(tmp_path, row, hanako):
    """The test database, copied to a file that new threads open; their writes never reach the test database.

    PostgreSQL needs no copy: there the threads open the test database itself.
    """
    if connection.vendor != "sqlite":
        yield None
        return
    path = tmp_path / "race.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(path)
    yield path
    settings["NAME"] = before


def outcome(action: Callable[[], object]) -> str:
    try:
        action()
    except Refused as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "done"


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Run the actions in threads that start together; give their outcomes, sorted."""
    barrier = Barrier(len(actions))

    def start(action: Callable[[], object]) -> str:
        barrier.wait()
        return outcome(action)

    with ThreadPoolExecutor(len(actions)) as threads:
        return sorted(threads.map(start, actions))


def in_file(read: Callable[[], object]) -> object:
    """Read the file database in a thread of its own."""

    def reading() -> object:
        try:
            return read()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(reading).result()


def giving(row, supporter, now, by):
    shares = [Share(supporter.pk, DONATION, 1_000, 2026)]
    return lambda: confirm(transaction_id=row.pk, shares=shares, at=now, by=by)


def test_one_of_two_confirmations_wins(database_file, row, hanako, now):
    """The other is refused in words, and the row is allocated once."""
    outcomes = at_once(giving(row, hanako, now, "choubo"), giving(row, hanako, now, "kaikei2"))
    assert (outcomes, in_file(lambda: Allocation.objects.live().count())) == (["already_decided", "done"], 1)


def test_eight_presses_allocate_once(database_file, row, hanako, now):
    """However many press."""
    outcomes = at_once(*(giving(row, hanako, now, f"kaikei{n}") for n in range(8)))
    assert (outcomes.count("done"), in_file(lambda: Allocation.objects.live().count())) == (1, 1)


def test_a_row_is_confirmed_or_put_aside(database_file, row, hanako, now):
    """Never both: the slower one is refused."""

    def put_aside():
        set_aside(transaction_id=row.pk, reason=SetAsideReason.ASKING, note="確認中", at=now, by="kaikei2")

    outcomes = at_once(giving(row, hanako, now, "choubo"), put_aside)
    assert outcomes in (["already_decided", "done"], ["done", "set_aside"])


def test_a_batch_and_a_single_confirmation(database_file, row, hanako, now):
    """The batch is refused as a whole, or the single one is: the row is allocated once."""
    decision = Decision(row.pk, (Share(hanako.pk, DONATION, 1_000, 2026),), 1_000)

    def batch():
        confirm_many(decisions=[decision], automatic=True, at=now, by="system")

    outcomes = at_once(giving(row, hanako, now, "choubo"), batch)
    assert outcomes in (["already_decided", "done"], ["done", RowsChanged.code])


def test_two_undos_undo_once(database_file, row, hanako, now):
    """The second finds nothing to undo."""
    in_file(giving(row, hanako, now, "choubo"))

    def take_back():
        undo(transaction_id=row.pk, at=now, by="choubo")

    assert at_once(take_back, take_back) == ["done", "nothing_to_undo"]


def test_the_loser_leaves_no_term(database_file, row, hanako, now):
    """A refused confirmation of dues renews nothing."""
    shares = [Share(hanako.pk, "dues", 1_000, 2026, 1)]

    def paying():
        confirm(transaction_id=row.pk, shares=shares, at=now, by="choubo")

    at_once(paying, paying, paying)
    assert in_file(MembershipTerm.objects.count) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is copied")
def test_the_test_database_is_not_touched(database_file, row, hanako, now):
    """The threads wrote to the file only."""
    at_once(giving(row, hanako, now, "choubo"))
    assert (Transaction.objects.count(), Allocation.objects.count()) == (1, 0)
