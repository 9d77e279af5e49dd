"""The races of the other rooms, run once more on PostgreSQL by threads that nobody holds back."""

from tests.postgres.installation import ROOT, said

RACES = sorted(str(path.relative_to(ROOT)) for name in ("test_races.py", "test_importing_at_once.py")
               for path in ROOT.glob(f"tests/*/{name}") if path.parent.name != "postgres")  # fmt: skip


def test_the_races_end_on_postgresql_as_on_sqlite(server, copy_of, empty_database, tmp_path) -> None:
    """Confirming, undoing, importing, registering, issuing: none is skipped."""
    copied = copy_of(empty_database)
    server.copy(empty_database, f"test_{copied.database}")
    try:
        out, _err = said(copied.start("-m", "pytest", "--reuse-db", "-q", "-p", "no:cacheprovider", *RACES))
    finally:
        server.drop(f"test_{copied.database}")
    assert ("passed" in out.splitlines()[-1], "skipped" in out, len(RACES) >= 4) == (True, False, True)
