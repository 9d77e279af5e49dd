"""`undo_import`, `close_month` and `reopen_month` as a person or a script calls them."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.roles import Role
from donations.importing import import_statement
from donations.models import BankStatement, MonthClosing, Transaction
from donations.setting_aside import set_aside
from tests.conftest import make_user
from tests.donations.bank_file import whole_days, year
from tests.factories.donations import AllocationFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()
NUMBER = "00100-2-729745"


@pytest.fixture
def made(now):
    """April to September, with April decided."""
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    statement = import_statement(data=whole_days(YEAR, date(2026, 4, 1), date(2026, 9, 30)), at=now, by="choubo").statement
    for row in statement.transactions.filter(booked_on__month=4):
        set_aside(transaction_id=row.pk, reason="not_a_gift", at=now, by="choubo")
    return statement


def say(*words):
    """(exit code, what was printed, what was complained)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*words, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def answer(*words):
    """The JSON that the command prints."""
    return json.loads(say(*words, "--json")[1])


def refusal(*words):
    """(exit code, the code of the refusal)."""
    code, out, _err = say(*words, "--json")
    return code, json.loads(out)["error"]["code"]


def test_an_import_is_undone(made):
    """The rows and the yen it took back."""
    made.transactions.first().set_asides.model.objects.update(undone_at=made.imported_at)
    assert answer("undo_import", str(made.pk)) == {"statement": made.pk, "rows": 12, "received_yen": 22_000, "paid_out_yen": 330}


def test_an_undo_is_said_in_words(made):
    """As a sentence with the figures."""
    made.transactions.first().set_asides.model.objects.update(undone_at=made.imported_at)
    assert say("undo_import", str(made.pk))[1] == "取り込みを取り消しました。12行(入金22,000円、出金330円)は、もう数えません。\n"


def test_what_hangs_on_it_is_said(made):
    """Counted, with what to do first; exit 1 and nothing changed."""
    AllocationFactory(transaction=made.transactions.get(booked_on=YEAR[8].booked_on))
    code, _out, err = say("undo_import", str(made.pk))
    assert (code, "確定した行が1件あります" in err, "保留・対象外にした行が3件あります" in err, Transaction.objects.count()) == (1, True, True, 12)


def test_what_hangs_on_it_has_a_code(made):
    """For scripts."""
    assert refusal("undo_import", str(made.pk)) == (1, "import_in_use")


def test_an_unknown_import_is_refused(made):
    """Exit 1."""
    assert (refusal("undo_import", "999"), BankStatement.objects.count()) == ((1, "unknown_import"), 1)


def test_a_month_is_closed(made):
    """Its figures, and the bank's balance at its end."""
    assert answer("close_month", NUMBER, "2026-04") == {
        "account": NUMBER, "month": "2026-04", "rows": 3, "received_yen": 5_000, "paid_out_yen": 0,
        "closing_yen": 15_000, "said_whole": False,
    }  # fmt: skip


def test_a_closing_is_said_in_words(made):
    """As a sentence."""
    assert say("close_month", NUMBER, "2026-4")[1] == "2026年4月を締めました。3行、入金 5,000円、出金 0円。開くまで変えられません。\n"


def test_a_month_with_open_rows_is_refused(made):
    """The sentence says what is missing."""
    code, _out, err = say("close_month", NUMBER, "2026-05")
    assert (code, "だれの入金か決まっていない行が2件あります" in err) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((NUMBER, "2026-05"), "month_not_ready"),
        ((NUMBER, "2026-10"), "days_not_shown"),
        ((NUMBER, "2026-13"), "bad_month"),
        ((NUMBER, "10月"), "bad_month"),
        (("99999-9-999999", "2026-04"), "unknown_account"),
    ],
)
def test_a_month_that_cannot_be_closed(made, words, code):
    """Exit 1 with a code; nothing is closed."""
    assert (refusal("close_month", *words), MonthClosing.objects.count()) == ((1, code), 0)


def test_cash_is_named_by_its_name(made):
    """It has no number; a person answers for it."""
    BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)
    found = answer("close_month", "現金", "2026-04", "--said-whole")
    assert (found["account"], found["closing_yen"], found["said_whole"]) == ("現金", None, True)


def test_a_treasurer_opens_a_month(made):
    """With a reason that stays on record."""
    make_user("choubo", Role.TREASURER)
    say("close_month", NUMBER, "2026-04")
    found = answer("reopen_month", NUMBER, "2026-04", "--reason", "金額の見直し", "--as", "choubo")
    closing = MonthClosing.objects.get()
    assert (found, closing.reopened_by, closing.reopen_reason) == ({"account": NUMBER, "month": "2026-04"}, "choubo", "金額の見直し")


@pytest.mark.parametrize("who", [[], ["--as", "kansa"]])
def test_nobody_else_opens_a_month(made, who):
    """Neither a nameless command nor the auditor."""
    make_user("kansa", Role.AUDITOR)
    say("close_month", NUMBER, "2026-04")
    refused = refusal("reopen_month", NUMBER, "2026-04", "--reason", "見直し", *who)
    assert (refused, MonthClosing.objects.get().reopened_at) == ((1, "treasurer_only"), None)


def test_an_open_month_is_not_opened(made):
    """There is nothing to open."""
    make_user("choubo", Role.TREASURER)
    assert refusal("reopen_month", NUMBER, "2026-04", "--reason", "見直し", "--as", "choubo") == (1, "not_closed")
