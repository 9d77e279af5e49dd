import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from donations.models import Allocation
from members.models import SupporterKind
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def row(account, hanako):
    return TransactionFactory(account=account, received_yen=2_000)


@pytest.fixture
def stranger(account):
    return TransactionFactory(account=account, received_yen=3_000, detail_2="ﾐｼﾗﾇ ﾋﾄ")


def answer(*arguments):
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def said(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments):
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command(*arguments, "--json", stdout=out)
    return stop.value.code, json.loads(out.getvalue())["error"]["code"]


def test_suggestions_have_the_promised_shape(row, hanako):
    """One row with its pile, the supporter's number and name, a confidence and Japanese reasons."""
    (found,) = answer("suggest_matches")["rows"]
    suggestion = found["suggestions"][0]
    reasons = suggestion.pop("reasons")
    assert (found | {"suggestions": [suggestion | {"confidence": suggestion["confidence"] > 0.9}]}, reasons[0]) == (
        {
            "transaction": row.pk,
            "date": "2026-04-10",
            "amount_yen": 2_000,
            "payer": "ﾄｸﾓﾄ ﾊﾅｺ",
            "pile": "certain",
            "suggestions": [{"supporter": hanako.number, "name": "徳本　花子", "confidence": True}],
            "asks": [],
        },
        "登録の読み「トクモト ハナコ」と同じです。",
    )


def test_a_stranger_is_asked_about_in_words(stranger):
    """No suggestion, and the two readings of ¥3,000."""
    (found,) = answer("suggest_matches")["rows"]
    assert (found["pile"], found["suggestions"], "個人の3口とも、団体の1口とも" in found["asks"][-1]) == ("ask", [], True)


def test_suggesting_writes_nothing(row):
    """It may be run at any time."""
    answer("suggest_matches")
    assert Allocation.objects.count() == 0


def test_suggestions_are_said_in_words(row, stranger):
    """A person at a terminal reads the piles first."""
    assert "そのまま確定できます 1件、確認してください 0件、心当たりなし 1件" in said("suggest_matches")


def test_no_rows_are_said_in_words(account):
    """Nothing waits."""
    assert said("suggest_matches") == "照合を待っている入金はありません。\n"


def test_reconcile_confirms_the_certain_rows(row, stranger):
    """One row, ¥2,000; one row of ¥3,000 is left."""
    batch = answer("reconcile", "--auto")
    expected_errors = batch.pop("expected_errors")
    assert (batch, 0 <= expected_errors < 0.1) == (
        {
            "confirmed": 1,
            "confirmed_yen": 2_000,
            "batch": Allocation.objects.get().batch_id,
            "source": "test_data",
            "left_out": 0,
            "left": 1,
            "left_yen": 3_000,
            "changed": 0,
        },
        True,
    )


def test_reconcile_without_auto_is_wrong_usage(row):
    """Nothing is confirmed by accident."""
    with pytest.raises(CommandError):
        call_command("reconcile")


def test_reconcile_says_what_is_left(row, stranger):
    """And how to take it back."""
    text = said("reconcile", "--auto")
    assert ("undo_batch" in text, "あと1件(3,000円)" in text) == (True, True)


def test_nothing_certain_is_said_in_words(stranger):
    """A run without effect says so."""
    assert said("reconcile", "--auto").startswith("そのまま確定できる入金はありませんでした。")


def test_undo_batch_takes_it_back(row):
    """The whole batch, counted in rows and yen."""
    batch = answer("reconcile", "--auto")["batch"]
    assert answer("undo_batch", str(batch)) == {"batch": batch, "undone": 1, "undone_yen": 2_000}


def test_an_unknown_batch_is_refused(account):
    """Exit 1 and a code; nothing changed."""
    assert refusal("undo_batch", "77") == (1, "unknown_batch")


def test_export_writes_the_file(row, tmp_path):
    """The file has a header and one line."""
    answer("reconcile", "--auto")
    path = tmp_path / "消込.csv"
    result = answer("export_allocations", "--output", str(path))
    assert (result, len(path.read_text("utf-8-sig").splitlines())) == ({"output": str(path), "rows": 1}, 2)


def test_the_file_is_its_owners_only(row, tmp_path):
    """It holds names: nobody else on the machine may read it."""
    path = tmp_path / "消込.csv"
    answer("export_allocations", "--output", str(path))
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_is_refused(row, tmp_path):
    """Exit 1; nothing is left behind."""
    path = tmp_path / "ない" / "消込.csv"
    assert (refusal("export_allocations", "--output", str(path)), list(tmp_path.iterdir())) == ((1, "cannot_write"), [])


def test_export_without_a_file_is_wrong_usage(account):
    """The file is named by the person."""
    with pytest.raises(CommandError):
        call_command("export_allocations")


def test_an_organisation_is_suggested_by_its_kana(account):
    """ﾄｸﾋ) of the bank is 特定非営利活動法人 of the register."""
    group = SupporterFactory(organisation=True, name="特定非営利活動法人みどりの風", reading="ミドリノカゼ")
    TransactionFactory(account=account, received_yen=3_000, detail_2="ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｾﾞ")
    (found,) = answer("suggest_matches")["rows"]
    assert (group.kind, found["suggestions"][0]["supporter"]) == (SupporterKind.ORGANISATION, group.number)


def test_before_it_confirms_it_says_how_many_errors_to_expect(row, capsys):
    """On the other stream, so that the answer stays one line."""
    said("reconcile", "--auto")
    assert capsys.readouterr().err == "1件を自動で照合します。誤りの見込みは0.01件未満です（試験データによる見積り）。\n"


def test_a_limit_of_errors_keeps_the_least_certain_rows_back(row):
    """Of no error at all no row is sure enough."""
    result = answer("reconcile", "--auto", "--limit-errors", "0")
    assert (result["confirmed"], result["left_out"], Allocation.objects.count()) == (0, 1, 0)


def test_a_higher_tau_confirms_less(account):
    """A name that many people have is not 99.99 % sure."""
    SupporterFactory(name="佐藤　清", reading="サトウ キヨシ")
    TransactionFactory(account=account, received_yen=1_250, detail_2="ｻﾄｳ ｷﾖｼ")
    assert answer("reconcile", "--auto", "--tau", "0.9999")["confirmed"] == 0
    assert answer("reconcile", "--auto", "--tau", "0.9")["confirmed"] == 1


@pytest.mark.parametrize("words", [("--tau", "1"), ("--tau", "viel"), ("--limit-errors", "-1"), ("--limit-errors", "inf")])
def test_a_limit_that_is_none_is_wrong_usage(row, words):
    """Nothing is confirmed."""
    with pytest.raises(CommandError):
        call_command("reconcile", "--auto", *words)
    assert Allocation.objects.count() == 0


def test_the_calibration_lists_what_was_predicted_and_seen(row):
    """One certain row, confirmed; this month."""
    answer("reconcile", "--auto")
    found = answer("calibration")
    (month,) = found["months"]
    assert (month["decided"], month["seen_errors"], len(month["bins"]), found["own_record"]["decided"]) == (1, 0, 1, 1)


def test_the_calibration_is_said_in_words(row):
    """By confidence."""
    assert said("calibration").startswith("まだ記録がありません。")
    answer("reconcile", "--auto")
    assert "以上と言った1件のうち、まちがいは0件" in said("calibration")
