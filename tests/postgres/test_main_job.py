"""The main job by the daily commands gives on PostgreSQL what it gives on SQLite, to the last word."""

import pytest

from tests.postgres.conftest import TODAY
from tests.postgres.installation import Installation, said, told

BROKEN = "氏名,郵便番号\n山田 花子,123\n" + "あ" * 121 + ",166-0004\n"


@pytest.fixture
def job(set_up, files, tmp_path) -> list[list[str]]:
    broken = tmp_path / "broken.csv"
    broken.write_text(BROKEN, encoding="utf-8")
    return [
        set_up,
        ["import_supporters", files["list"]],
        ["import_supporters", files["list"]],
        ["import_statement", files["first"]],
        ["import_statement", files["first"]],
        ["import_statement", files["second"]],
        ["suggest_matches"],
        ["reconcile", "--auto"],
        ["suggest_matches"],
        ["issue_receipts", "--until", TODAY.isoformat()],
        ["balance"],
        ["import_supporters", str(broken)],
    ]


def exported(installation: Installation) -> bytes:
    path = installation.data_dir / "allocations.csv"
    said(installation.start_command("export_allocations", "--output", str(path)))
    return path.read_bytes()


def test_the_owner_s_migrations_are_all_applied(empty) -> None:
    """Nothing is left to do, for a role that may do nothing but own its database."""
    said(empty.start_command("migrate", "--check"))


def test_both_databases_tell_the_same(empty, on_sqlite, job) -> None:
    """Every answer of every command, a refusal too, and the list of allocations byte for byte."""
    here, there = (told(process) for process in (empty.start_commands(job), on_sqlite.start_commands(job)))
    assert here == there
    assert exported(empty) == exported(on_sqlite)
    numbers = [(here[n]["new"], here[n]["rows"]) for n in (1, 3)]
    assert [new == rows > 0 for new, rows in numbers] == [True, True]
    assert [here[n]["new"] for n in (2, 4)] == [0, 0]
    *_job, receipts, books, refused = here
    assert books["received_yen"] == books["allocated_yen"] + books["set_aside_yen"] + books["open_yen"] > 0
    assert (books["bank_difference_yen"], receipts["issued"] > 50) == (0, True)
    assert len(refused["error"]["rows"]) == 2
