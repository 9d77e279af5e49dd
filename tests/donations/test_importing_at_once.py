"""Two people import at the same moment: real threads on a database file, as in an installation."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from django.db import connection, connections

from donations.importing import import_statement
from donations.models import BankStatement, Transaction
from donations.totals import balance
from tests.donations.bank_file import bank_file, year
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = year()


@pytest.fixture
def database_file(tmp_path):
    """The test database copied to a file that new threads open; their writes never reach the test database."""
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    path = tmp_path / "race.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(path)
    yield path
    settings["NAME"] = before


def import_at_once(files, now):
    """Import each file in a thread of its own, all let go together; then count on the same file."""
    barrier = Barrier(len(files))

    def work(data):
        try:
            connection.ensure_connection()
            barrier.wait()
            return import_statement(data=data, at=now, by="choubo").new
        finally:
            connections.close_all()

    def look():
        try:
            return Transaction.objects.count(), BankStatement.objects.count(), balance().bank_difference_yen
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(files)) as pool:
        added = sorted(pool.map(work, files))
    with ThreadPoolExecutor(1) as pool:
        return added, *pool.submit(look).result()


def test_the_same_file_twice_at_once_is_one_copy(database_file, now):
    """One of four adds the twelve rows, the others find them there; one statement is kept."""
    assert import_at_once([bank_file(YEAR)] * 4, now) == ([0, 0, 0, 12], 12, 1, 0)


def test_overlapping_files_at_once_hold_every_row_once(database_file, now):
    """Whoever comes first: together they add each row once."""
    added, rows, files, difference = import_at_once([bank_file(YEAR), bank_file(YEAR[:8])], now)
    assert (sum(added), rows, files, difference) == (12, 12, 2, 0)
