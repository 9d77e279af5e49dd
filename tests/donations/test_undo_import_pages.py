"""取り込みの取り消し on the screen: look, then press; or read what hangs on it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donations.closing import close_month
from donations.importing import import_statement
from donations.models import BankStatement, Transaction
from donations.setting_aside import set_aside
from donations.undoing_import import undo_import
from tests.donations.bank_file import bank_file, year
from tests.factories.donations import AllocationFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()


@pytest.fixture
def made(now):
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    return import_statement(data=bank_file(YEAR), at=now, by="choubo").statement


def address(statement):
    return reverse("donations:undo_import", args=[statement.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_statements_page_leads_there(treasurer, made):
    """The button stands under the rows."""
    assert address(made) in treasurer.get(reverse("donations:statement", args=[made.pk])).content.decode()


def test_the_auditor_has_no_button(auditor, made):
    """Who may only read sees none."""
    assert address(made) not in auditor.get(reverse("donations:statement", args=[made.pk])).content.decode()


def test_looking_says_what_would_happen(treasurer, made):
    """Twelve rows and the opening balance; nothing is changed yet."""
    shown = text(treasurer.get(address(made)))
    kept = BankStatement.objects.count()
    assert ("足した12行は" in shown, "始めの残高も、取り込む前に戻ります" in shown, kept) == (True, True, 1)


def test_pressing_undoes_it(treasurer, made):
    """Back to the account, with the number of rows."""
    response = treasurer.post(address(made), follow=True)
    done = BankStatement.with_undone.get()
    assert (response.redirect_chain[0][0], Transaction.objects.count(), done.undone_by, "12行は、もう数えません" in text(response)) == (
        reverse("donations:account", args=[made.account_id]), 0, "choubo", True,
    )  # fmt: skip


def test_pressing_twice_is_told(treasurer, made, now):
    """Its page says who undid it."""
    undo_import(statement_id=made.pk, at=now, by="kaikei2")
    response = treasurer.post(address(made), follow=True)
    assert "kaikei2 が取り消しました" in text(response)


def test_what_hangs_on_it_is_shown_with_links(treasurer, made):
    """The row is named, and there is no button."""
    row = made.transactions.filter(received_yen__gt=0).order_by("position").first()
    AllocationFactory(transaction=row)
    response = treasurer.get(address(made))
    page = response.content.decode()
    assert ("確定した行が1件あります" in page, reverse("donations:transaction", args=[row.pk]) in page, '<form method="post" action="/donations/statements' in page) == (True, True, False)


def test_pressing_where_something_hangs_is_refused(treasurer, made):
    """422 and the same list; nothing undone."""
    AllocationFactory(transaction=made.transactions.filter(received_yen__gt=0).first())
    response = treasurer.post(address(made))
    assert (response.status_code, "まだ取り消せません" in text(response), BankStatement.objects.count()) == (422, True, 1)


def test_later_files_are_linked(treasurer, made, now):
    """To the page where they are undone first."""
    first = import_statement(data=bank_file(YEAR, account=BankAccountFactory(savings=True, opening_balance_yen=None, opening_on=None).number), at=now, by="choubo").statement
    second = import_statement(data=bank_file(YEAR[2:], account=first.account.number), at=now, by="choubo").statement
    assert address(second) in treasurer.get(address(first)).content.decode()


def test_closed_months_are_linked(treasurer, made, now):
    """To the page where the month is opened."""
    for row in made.transactions.filter(booked_on__month=4):
        set_aside(transaction_id=row.pk, reason="not_a_gift", at=now, by="choubo")
    close_month(account_id=made.account_id, month=YEAR[0].booked_on, said_whole=True, at=now, by="choubo")
    month = reverse("donations:month", args=[made.account_id, 2026, 4])
    assert month in treasurer.get(address(made)).content.decode()


def test_an_undone_file_and_its_rows_can_be_read(treasurer, made, now):
    """As a record that counts nowhere."""
    row = made.transactions.first()
    undo_import(statement_id=made.pk, at=now, by="choubo")
    file = text(treasurer.get(reverse("donations:statement", args=[made.pk])))
    line = text(treasurer.get(reverse("donations:transaction", args=[row.pk])))
    assert (file.count("取り消しずみ"), "どこにも数えていません" in file, "どこにも数えていません" in line) == (12, True, True)


def test_an_undone_file_is_listed_with_its_account(treasurer, made, now):
    """Among the undone ones, with who and when."""
    undo_import(statement_id=made.pk, at=now, by="kaikei2")
    shown = text(treasurer.get(reverse("donations:account", args=[made.account_id])))
    assert ("取り消した取り込み" in shown, "2026-11-23 10:30 kaikei2" in shown) == (True, True)


def test_the_same_file_is_shown_as_new_after_an_undo(treasurer, made, now):
    """The preview offers its rows again."""
    undo_import(statement_id=made.pk, at=now, by="choubo")
    response = treasurer.post(
        reverse("donations:statement_preview"), {"file": SimpleUploadedFile("a.csv", bank_file(YEAR))}
    )
    assert "新しい行は 12行" in text(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_any_rows(treasurer, now, rows, django_assert_num_queries):
    """However many rows the file has."""
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    made = import_statement(data=bank_file(YEAR[:rows]), at=now, by="choubo").statement
    with django_assert_num_queries(12):
        treasurer.get(address(made))


# who may


def test_an_outsider_is_sent_to_the_sign_in(outsider):
    """Nobody sees it without signing in."""
    assert outsider.get(reverse("donations:undo_import", args=[1])).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, made, role):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(address(made)).status_code == 403


def test_the_auditor_looks_and_does_not_press(auditor, made):
    """Reading is not writing."""
    assert (auditor.get(address(made)).status_code, auditor.post(address(made)).status_code) == (200, 403)


def test_other_methods_are_not_taken(treasurer, made):
    """Only looking and pressing."""
    assert treasurer.put(address(made)).status_code == 405


def test_an_unknown_file_is_not_found(treasurer):
    """No such import."""
    assert treasurer.get(reverse("donations:undo_import", args=[999])).status_code == 404
