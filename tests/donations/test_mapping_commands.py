"""`import_statement --mapping` and `compare_statement` as a script calls them."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from donations.bankfiles.mapping_roles import Role
from donations.importing import import_statement
from donations.mapping_columns import save_mapping
from donations.models import Transaction
from tests.donations import other_bank
from tests.donations.bank_file import bank_file, year
from tests.donations.zengin_file import movements
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()


@pytest.fixture
def call(tmp_path):
    """Call a command on these bytes; give (exit code, JSON or text)."""

    def call(command, data, *arguments):
        path = tmp_path / "meisai.csv"
        path.write_bytes(data)
        out = StringIO()
        try:
            call_command(command, str(path), *arguments, stdout=out, stderr=StringIO())
        except SystemExit as end:
            return end.code, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue()) if "--json" in arguments else out.getvalue()

    return call


def learn(account, now, name):
    return save_mapping(account=account, name=name, titles=other_bank.TITLES, roles=[Role(role) for role in other_bank.ROLES], at=now, by="choubo")


def test_the_named_form_reads_the_file(call, now):
    """Of two accounts with files of one form, the name decides."""
    learn(other_bank.other_bank(), now, "一つ目")
    second = other_bank.other_bank(name="二つ目", number="0000002")
    learn(second, now, "二つ目の形")
    code, said = call("import_statement", other_bank.CSV.encode(), "--mapping", "二つ目の形", "--json")
    assert (code, said["new"], set(Transaction.objects.values_list("account", flat=True))) == (0, 3, {second.pk})


def test_without_the_name_both_are_named(call, now):
    """Two forms fit: nothing is imported."""
    learn(other_bank.other_bank(), now, "一つ目")
    learn(other_bank.other_bank(name="二つ目", number="0000002"), now, "二つ目の形")
    code, said = call("import_statement", other_bank.CSV.encode(), "--json")
    assert (code, said["error"]["code"], Transaction.objects.count()) == (1, "ambiguous_format", 0)
    assert all(name in said["error"]["message"] for name in ("「一つ目」", "「二つ目の形」"))


def test_the_account_decides_too(call, now):
    """Saying the account asks only the form of that account."""
    learn(other_bank.other_bank(), now, "一つ目")
    second = other_bank.other_bank(name="二つ目", number="0000002")
    learn(second, now, "二つ目の形")
    call("import_statement", other_bank.CSV.encode(), "--account", "0000002", "--json")
    assert set(Transaction.objects.values_list("account", flat=True)) == {second.pk}


@pytest.mark.parametrize(("name", "code"), [("知らない形", "unknown_mapping"), ("一つ目", "other_reader")])
def test_a_form_that_does_not_read_the_file_is_refused(call, now, name, code):
    """No such name; a file that is known without."""
    learn(other_bank.other_bank(), now, "一つ目")
    BankAccountFactory()
    exit_code, said = call("import_statement", bank_file(YEAR), "--mapping", name, "--json")
    assert (exit_code, said["error"]["code"], Transaction.objects.count()) == (1, code, 0)


@pytest.fixture
def books(now):
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    import_statement(data=bank_file(YEAR), at=now, by="choubo")


def test_the_comparison_as_json(call, books):
    """The keys that scripts rely on."""
    code, said = call("compare_statement", movements(YEAR[:8]), "--json")
    assert (code, list(said)) == (0, ["account", "format", "from", "to", "same", "only_ledger", "only_file", "other_days", "daily_sums", "ledger", "file", "difference_yen", "meaning"])
    assert (said["account"], said["format"], said["same"], said["difference_yen"]) == ("00100-2-729745", "zengin_03", 8, 0)


def test_the_comparison_in_sentences(call, books):
    """A person reads what it means, and that nothing was added."""
    code, said = call("compare_statement", movements(YEAR[1:8]))
    assert (code, said.splitlines()[-1], "帳簿だけにある行:\n  2026-04-03 1,000円" in said) == (0, "帳簿には何も足していません。", True)
