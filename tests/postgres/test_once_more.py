"""What the other rooms test about people at the same moment, run once more on PostgreSQL."""

from tests.postgres.installation import ROOT, said

NAMES = ("test_races.py", "test_importing_at_once.py", "test_slips_at_once.py")
FILES = sorted(str(path.relative_to(ROOT)) for name in NAMES for path in ROOT.glob(f"tests/*/{name}"))

SLIPS = "tests/donations/test_typing_slips.py::test_the_database_refuses_more_slips_than_the_row"
BACKUP = "tests/office/test_backups.py::test_a_backup_is_made_while_another_connection_writes"


def test_races_end_on_postgresql_as_on_sqlite(server, copy_of, empty_database) -> None:
    """Confirming, undoing, importing, registering, issuing by threads that nobody holds back, and a backup meanwhile;
    nothing is skipped.
    """
    copied = copy_of(empty_database)
    server.copy(empty_database, f"test_{copied.database}")
    try:
        out, _err = said(copied.start("-m", "pytest", "--reuse-db", "-q", "-p", "no:cacheprovider", *FILES, SLIPS, BACKUP))
    finally:
        server.drop(f"test_{copied.database}")
    assert ("passed" in out.splitlines()[-1], "skipped" in out, len(FILES) >= 4) == (True, False, True)
