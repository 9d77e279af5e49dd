"""The commands of the room: what they print and how they end."""

import json

import pytest
from django.core.management import CommandError, call_command

from members.models import Association, BankAccount, Supporter
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.members.files import HANAKO, MIDORI, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run a command; give (exit code, what it printed, what it said on stderr)."""

    def run(*arguments):
        code = 0
        try:
            call_command(*arguments)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


@pytest.fixture
def meibo(tmp_path):
    path = tmp_path / "meibo.csv"
    path.write_bytes(csv_file(HANAKO, MIDORI))
    return str(path)


SET_UP = ("setup_association", "--name", "みずうみの会", "--account", "00100-2-729745")


def test_the_group_is_set_up(run):
    """One line of JSON."""
    code, out, _err = run(*SET_UP, "--fiscal-year-start", "1", "--opening-balance", "500", "--opening-on", "2026-04-01", "--json")
    assert (code, json.loads(out)) == (
        0,
        {"name": "みずうみの会", "account": "00100-2-729745", "fiscal_year_start": 1, "created": True},
    )
    assert BankAccount.objects.get(number="00100-2-729745").opening_balance_yen == 500


def test_setting_up_again_says_that_nothing_changed(run):
    """The same values: exit 0, created false."""
    run(*SET_UP)
    code, out, _err = run(*SET_UP, "--json")
    assert (code, json.loads(out)["created"]) == (0, False)
    assert "何も変えませんでした" in run(*SET_UP)[1]


def test_setting_up_another_group_is_refused(run):
    """Exit 1, with the code and what differs."""
    run(*SET_UP)
    code, out, _err = run("setup_association", "--name", "別の会", "--account", "00100-2-729745", "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"], "会の名前" in error["message"]) == (1, "already_set_up", True)
    assert Association.get().name == "みずうみの会"


def test_a_wrong_account_is_refused(run):
    """The check digit of the 記号."""
    code, out, _err = run("setup_association", "--name", "みずうみの会", "--account", "00100-2-729746", "--json")
    assert (code, json.loads(out)["error"]["code"], Association.objects.count()) == (1, "bad_account_number", 0)


def test_a_wrong_date_is_wrong_usage():
    """A mistake in the call, not in the data."""
    with pytest.raises(CommandError, match="2026-04-01"):
        call_command(*SET_UP, "--opening-on", "R8.4.1")


def test_a_list_is_imported(run, meibo):
    """Four numbers on one line."""
    AssociationFactory()
    code, out, _err = run("import_supporters", meibo, "--json")
    assert (code, json.loads(out)) == (0, {"rows": 2, "new": 2, "changed": 0, "unchanged": 0})
    assert json.loads(run("import_supporters", meibo, "--json")[1])["unchanged"] == 2


def test_a_dry_run_writes_nothing(run, meibo):
    """It counts and says that it only looked."""
    AssociationFactory()
    code, out, _err = run("import_supporters", meibo, "--dry-run", "--json")
    assert (code, json.loads(out)) == (0, {"rows": 2, "new": 2, "changed": 0, "unchanged": 0, "dry_run": True})
    assert Supporter.objects.count() == 0


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_refused_rows_are_all_named(run, tmp_path, more):
    """Line, column and reason of each, and of the first on top."""
    AssociationFactory()
    path = tmp_path / "meibo.csv"
    path.write_bytes(csv_file({**HANAKO, "電話": "1", "メール": "x"}, MIDORI))
    code, out, _err = run("import_supporters", str(path), *more, "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"], error["line"], error["column"]) == (1, "rows_refused", 2, "電話")
    assert [(row["line"], row["column"]) for row in error["rows"]] == [(2, "電話"), (2, "メール")]


def test_refused_rows_are_told_in_words(run, tmp_path):
    """Without --json, one line each on stderr."""
    AssociationFactory()
    path = tmp_path / "meibo.csv"
    path.write_bytes(csv_file({**HANAKO, "電話": "1", "メール": "x"}))
    code, _out, err = run("import_supporters", str(path))
    assert (code, [line[:7] for line in err.splitlines()[1:]]) == (1, ["2行目 電話:", "2行目 メール"])


def test_a_missing_file_is_refused(run, tmp_path):
    """With the path in the sentence."""
    code, out, _err = run("import_supporters", str(tmp_path / "none.csv"), "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "file_not_readable")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_the_list_is_exported(run, tmp_path, name):
    """As many rows as supporters; the file imports as unchanged."""
    AssociationFactory()
    SupporterFactory.create_batch(3)
    path = tmp_path / name
    code, out, _err = run("export_supporters", "--output", str(path), "--json")
    assert (code, json.loads(out)) == (0, {"rows": 3, "output": str(path)})
    assert json.loads(run("import_supporters", str(path), "--json")[1])["unchanged"] == 3


def test_another_form_is_refused(run, tmp_path):
    """Only CSV and XLSX are written."""
    code, out, _err = run("export_supporters", "--output", str(tmp_path / "a.ods"), "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "unknown_form")


def test_what_cp932_lacks_names_the_rows(run, tmp_path):
    """And no file is left behind."""
    SupporterFactory(name="𠮷田　花子")
    path = tmp_path / "a.csv"
    code, out, _err = run("export_supporters", "--output", str(path), "--encoding", "cp932", "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"], error["rows"][0]["line"], path.exists()) == (1, "not_in_cp932", 2, False)
