"""Two processes act at the same moment: both stand at the door of their transaction, and the door is opened."""

import time

import pytest

from config.postgres.base import TURN
from tests.postgres.conftest import TODAY
from tests.postgres.installation import Installation, told

WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


@pytest.fixture
def books(server, filled):
    """Ask the installation's database, past the program."""
    with server.connect(filled.database) as connection:
        yield lambda question: connection.execute(question).fetchall()


@pytest.fixture
def at_once(server, filled: Installation, books):
    """Run the same command in two processes that begin to write at the same moment; what they told, sorted."""

    def run(key: str, *words: str) -> list[int]:
        with server.connect(filled.database) as door:
            door.execute(f"SELECT pg_advisory_lock({TURN})")
            processes = [filled.start_command(*words, "--json") for _person in range(2)]
            until = time.monotonic() + 60
            while books(WAITING)[0][0] < 2 and time.monotonic() < until:
                time.sleep(0.02)
            assert books(WAITING)[0][0] == 2, [process.poll() for process in processes]
        return sorted(told(process)[key] for process in processes)

    return run


def test_one_file_imported_twice_at_once_is_one_copy(at_once, books, files) -> None:
    """One process adds the new rows of the overlapping file, the other finds them there."""
    before = books("SELECT count(*) FROM donations_transaction")[0][0]
    none, new = at_once("new", "import_statement", files["second"])
    rows, places = books("SELECT count(*), count(DISTINCT position) FROM donations_transaction")[0]
    assert (none, new > 0, rows, places) == (0, True, before + new, before + new)
    assert books("SELECT count(*) FROM donations_bankstatement") == [(2,)]


def test_receipts_issued_twice_at_once_have_no_gap_and_no_double(at_once, books) -> None:
    """One process issues all, the other finds nothing due; every confirmed row stands on one receipt."""
    due = books("SELECT count(DISTINCT transaction_id) FROM donations_allocation WHERE undone_at IS NULL")[0][0]
    assert at_once("issued", "issue_receipts", "--until", TODAY.isoformat()) == [0, due]
    assert books("SELECT serial FROM receipts_receipt ORDER BY serial") == [(n,) for n in range(1, due + 1)]
    assert books("SELECT count(*), count(DISTINCT allocation_id) FROM receipts_receiptline") == books(
        "SELECT count(*), count(*) FROM donations_allocation"
    )
