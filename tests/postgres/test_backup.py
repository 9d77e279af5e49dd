"""A backup of PostgreSQL comes back row for row, also in an installation with another past."""

import pyrage
import pytest

from tests.postgres.conftest import TODAY
from tests.postgres.installation import Installation, said, told

MADE_ANEW = {"django_migrations", "django_content_type", "django_session", "auth_permission"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@pytest.fixture
def rows_of(server):
    """All rows of all tables that a backup holds, sorted by their text."""

    def reading(installation: Installation) -> dict[str, list[str]]:
        with server.connect(installation.database) as connection:
            tables = [name for (name,) in connection.execute(TABLES) if name not in MADE_ANEW]
            return {
                table: sorted(text for (text,) in connection.execute(f'SELECT "{table}"::text FROM "{table}"'))
                for table in tables
            }

    return reading


@pytest.fixture
def key(tmp_path) -> tuple[str, str]:
    """(public key, file of the secret key)."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(str(identity))
    return str(identity.to_public()), str(file)


@pytest.fixture
def other(server, copy_of, empty_database) -> Installation:
    """Another installation, with data and with content types that were numbered otherwise."""
    installation = copy_of(empty_database)
    with server.connect(installation.database) as connection:
        connection.execute("DELETE FROM auth_permission")
        connection.execute("DELETE FROM django_content_type")
        connection.execute("INSERT INTO members_household (code) VALUES ('前の世帯')")
    said(installation.start_command("create_user", "mae", "--role", "admin", "--json"))
    return installation


def test_a_backup_comes_back_row_for_row(filled, other, rows_of, files, key, tmp_path) -> None:
    """Counts, sums and every row, the audit trail too; what was there before is gone; new rows find free numbers."""
    told(filled.start_command("issue_receipts", "--until", TODAY.isoformat(), "--json"))
    before = rows_of(filled)
    file = str(tmp_path / "hikae.zip")
    made = told(filled.start_command("backup", file, "--key", key[0], "--json"))

    assert told(other.start_command("restore", file, "--key-file", key[1], "--json"), code=1)["error"]["code"] == "would_overwrite"
    brought, balance_there = other.tell([["restore", file, "--replace", "--key-file", key[1]], ["balance"]])
    facts = ("supporters", "transactions", "received_yen", "receipts", "audit_events")
    assert [brought[name] for name in facts] == [made[name] for name in facts] == [
        120, len(before["donations_transaction"]), balance_there["received_yen"],
        len(before["receipts_receipt"]), len(before["privacy_auditevent"]),
    ]  # fmt: skip
    after = rows_of(other)
    (restored,) = set(after["privacy_auditevent"]) - set(before["privacy_auditevent"])
    after["privacy_auditevent"].remove(restored)
    assert ("office.restored" in restored, after) == (True, before)

    second, balance_here = filled.tell([["import_statement", files["second"]], ["balance"]])
    assert other.tell([["import_statement", files["second"]], ["balance"]]) == [second, balance_here]


def test_a_backup_of_sqlite_is_refused(filled, on_sqlite, rows_of, key, tmp_path) -> None:
    """The other kind of database: nothing changes."""
    file = str(tmp_path / "hikae.zip")
    told(on_sqlite.start_command("backup", file, "--key", key[0], "--json"))
    before = rows_of(filled)
    assert told(filled.start_command("restore", file, "--replace", "--key-file", key[1], "--json"), code=1)["error"]["code"] == "other_database"
    assert rows_of(filled) == before
