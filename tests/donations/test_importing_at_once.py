"""Two people import at the same moment: real threads, as in an installation."""

import pytest

from donations.importing import import_statement
from donations.models import BankStatement, Transaction
from donations.totals import balance
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.donations.bank_file import bank_file, year
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = year()


@pytest.fixture
def database_file(tmp_path):
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    with database_for_threads(tmp_path):
        yield


def import_at_once(files, now):
    """Import each file in a thread of its own, all let go together; then count in the same database."""
    added = []

    def importing(data):
        return lambda: added.append(import_statement(data=data, at=now, by="choubo").new)

    def look():
        return Transaction.objects.count(), BankStatement.objects.count(), balance().bank_difference_yen

    at_once(*(importing(data) for data in files))
    return sorted(added), *in_a_thread(look)


def test_the_same_file_twice_at_once_is_one_copy(database_file, now):
    """One of four adds the twelve rows, the others find them there; one statement is kept."""
    assert import_at_once([bank_file(YEAR)] * 4, now) == ([0, 0, 0, 12], 12, 1, 0)


def test_overlapping_files_at_once_hold_every_row_once(database_file, now):
    """Whoever comes first: together they add each row once."""
    added, rows, files, difference = import_at_once([bank_file(YEAR), bank_file(YEAR[:8])], now)
    assert (sum(added), rows, files, difference) == (12, 12, 2, 0)
