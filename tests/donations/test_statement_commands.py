"""`import_statement` and `balance` as a person or a script calls them."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from donations.models import BankStatement, Transaction
from members.models import AccountAlias
from privacy.models import Refusal
from tests.donations.bank_file import bank_file, year
from tests.donations.zengin_file import movements
from tests.factories.donations import AllocationFactory, SetAsideFactory, TransactionFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()
NUMBERED = tuple(replace(row, detail_2="マイナンバー 123456789018") if row is YEAR[2] else row for row in YEAR)


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


@pytest.fixture
def call(tmp_path):
    """Call `import_statement` on these bytes; give (exit code, what was printed, what was complained)."""

    def call(data, *arguments):
        path = tmp_path / "202611221736_01.csv"
        path.write_bytes(data)
        out, err = StringIO(), StringIO()
        try:
            call_command("import_statement", str(path), *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return call


def test_the_json_has_exactly_nine_keys_on_one_line(call, ours):
    """The shape that scripts rely on."""
    code, said, _ = call(bank_file(YEAR), "--json")
    assert (code, said.count("\n")) == (0, 1)
    assert json.loads(said) == {
        "format": "yucho_direct_csv", "account": "00100-2-729745", "rows": 12, "new": 12, "already_known": 0,
        "received_yen": 22000, "paid_out_yen": 330, "opening_yen": 10000, "closing_yen": 31670,
    }  # fmt: skip


def test_the_same_file_again_adds_nothing(call, ours):
    """The figures of the file stay, new is 0."""
    call(bank_file(YEAR))
    code, said, _ = call(bank_file(YEAR), "--json")
    assert (code, json.loads(said)["new"], json.loads(said)["already_known"]) == (0, 0, 12)


def test_a_person_reads_sentences(call, ours):
    """Without --json the result is said in plain Japanese."""
    _, said, _ = call(bank_file(YEAR))
    assert "12行の明細のうち、新しい12行を取り込みました。" in said


def test_a_gap_exits_1_with_line_and_message(call, ours):
    """The refusal is one JSON object: code, line, column, message with the answer to give."""
    call(bank_file(YEAR[:4]))
    code, said, _ = call(bank_file(YEAR[7:]), "--json")
    error = json.loads(said)["error"]
    assert (code, sorted(error), error["code"], error["line"], error["column"]) == (
        1, ["code", "column", "line", "message"], "gap", 8, None,
    )  # fmt: skip
    assert ("7,000円" in error["message"], "--accept-gap" in error["message"]) == (True, True)


def test_a_gap_can_be_accepted(call, ours):
    """--accept-gap imports it and says what was accepted."""
    call(bank_file(YEAR[:4]))
    code, said, _ = call(bank_file(YEAR[7:]), "--accept-gap")
    assert (code, "7,000円" in said, BankStatement.objects.latest("pk").gap_accepted_by) == (0, True, "system")


def test_a_number_exits_1_naming_line_and_column(call, ours):
    """The number is not repeated; --blank-numbers is the answer."""
    code, said, _ = call(bank_file(NUMBERED), "--json")
    error = json.loads(said)["error"]
    assert (code, error["line"], error["column"], "--blank-numbers" in error["message"]) == (1, 10, "詳細２", True)
    assert ("123456789018" in said, Transaction.objects.count()) == (False, 0)


def test_a_number_can_be_blanked(call, ours):
    """--blank-numbers imports the money, and the register knows of the number."""
    code, said, _ = call(bank_file(NUMBERED), "--blank-numbers")
    assert (code, "1行から" in said, Transaction.objects.count(), Refusal.objects.count()) == (0, True, 12, 1)


def test_an_unknown_spelling_is_answered_by_the_account(call, ours):
    """Refused without --account, imported and remembered with it."""
    data = bank_file(YEAR, account="00100-*-***745")
    codes = [call(data)[0], call(data, "--account", "00100-2-729745")[0]]
    assert (codes, AccountAlias.objects.count()) == ([1, 0], 1)


@pytest.mark.parametrize(
    ("data", "arguments", "code"),
    [
        (b"%PDF-1.4", [], "unknown_format"),
        (bank_file(YEAR).replace(b",15000,", b",15001,"), [], "broken_chain"),
        (bank_file(YEAR).replace("明細件数：12".encode("cp932"), "明細件数：13".encode("cp932")), [], "wrong_count"),
        (bank_file(YEAR), ["--account", "00180-2-687915"], "unknown_account"),
        (bank_file(YEAR), ["--as", "nobody"], "unknown_user"),
    ],
)
def test_refusals_exit_1_with_their_code(call, ours, data, arguments, code):
    """Nothing is stored, the code says why."""
    status, said, _ = call(data, "--json", *arguments)
    assert (status, json.loads(said)["error"]["code"], Transaction.objects.count()) == (1, code, 0)


def test_a_file_that_is_not_there_is_refused(ours, tmp_path, capsys):
    """A wrong path is a sentence, not a trace."""
    with pytest.raises(SystemExit) as end:
        call_command("import_statement", str(tmp_path / "nothing.csv"), "--json")
    assert (end.value.code, json.loads(capsys.readouterr().out)["error"]["code"]) == (1, "file_not_readable")


def test_without_a_file_the_usage_is_wrong():
    """The file has to be named."""
    with pytest.raises(CommandError):
        call_command("import_statement")


def balance(*arguments):
    out = StringIO()
    call_command("balance", *arguments, stdout=out)
    return out.getvalue()


def test_the_balance_has_exactly_six_keys():
    """Received = allocated + set aside + open, to the yen."""
    AllocationFactory(transaction__received_yen=3000, amount_yen=1000)
    SetAsideFactory(transaction__received_yen=500)
    TransactionFactory(withdrawal=True)
    assert json.loads(balance("--json")) == {
        "received_yen": 3500, "allocated_yen": 1000, "set_aside_yen": 500, "open_yen": 2000, "paid_out_yen": 165,
        "bank_difference_yen": 0,
    }  # fmt: skip


def test_a_person_reads_that_the_bank_agrees(call, ours):
    """The green sentence at the terminal."""
    call(bank_file(YEAR))
    assert ("残高は銀行と一致しています。" in balance(), "22,000円" in balance()) == (True, True)


def test_a_person_reads_by_how_much_the_bank_differs(call, ours):
    """After an accepted gap the yen are said."""
    call(bank_file(YEAR[:4]))
    call(bank_file(YEAR[7:]), "--accept-gap")
    assert "銀行の残高と 7,000円 ちがいます。" in balance()


def test_an_account_without_balances_is_never_said_to_agree(call, ours):
    """A file that carries no balance proves nothing about the bank."""
    call(movements(YEAR, balances=False))
    told = balance()
    assert ("一致しています" in told, f"「{ours.name}」は、銀行の残高が分かりません。" in told) == (False, True)
