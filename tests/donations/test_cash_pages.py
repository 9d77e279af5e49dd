"""現金の入金, and the page of one row."""

import re
from datetime import date

import pytest
from django.urls import reverse

from donations.cash_form import new_entry_key
from donations.models import Reversal, Transaction
from tests.factories.donations import (
    AllocationFactory,
    BankStatementFactory,
    ReversalFactory,
    SetAsideFactory,
    TransactionFactory,
)
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
CASH = reverse("donations:cash")


@pytest.fixture
def box():
    return BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)


def sheet(box, **facts):
    return {
        "account": box.pk, "booked_on": "2026-11-20", "received_yen": "1,000", "payer_name": "佐藤 花子",
        "message": "集会", "entry_key": new_entry_key(), **facts,
    }  # fmt: skip


def take_back_address(row):
    return reverse("donations:cash_take_back", args=[row.pk])


def row_address(row):
    return reverse("donations:transaction", args=[row.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# the sheet


def test_an_empty_sheet_waits_with_todays_date(treasurer, box):
    """Date and account are filled in, the amount is not."""
    page = treasurer.get(CASH).content.decode()
    assert ('type="date"' in page, 'name="received_yen"' in page, "まだ何も書いてありません" in page) == (True, True, True)


@pytest.mark.parametrize("typed", ["1000", "1,000", "１０００", "¥1,000", "1000円"])
def test_an_entry_is_kept_however_the_yen_are_typed(treasurer, box, typed):
    """Full width, commas and the yen sign are understood."""
    treasurer.post(CASH, sheet(box, received_yen=typed))
    row = Transaction.objects.get()
    assert (row.received_yen, row.detail_2, row.message, row.booked_on, row.recorded_by) == (
        1000, "佐藤 花子", "集会", date(2026, 11, 20), "choubo",
    )  # fmt: skip


def test_the_next_sheet_keeps_day_and_account(treasurer, box):
    """Typing a list of one evening, the day is typed once."""
    response = treasurer.post(CASH, sheet(box))
    assert 'value="2026-11-20"' in treasurer.get(response.url).content.decode()


def test_a_sheet_sent_twice_is_one_entry(treasurer, box):
    """The second press changes nothing."""
    filled = sheet(box)
    for _ in range(2):
        treasurer.post(CASH, filled)
    assert Transaction.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"received_yen": "0"}, "1円以上"),
        ({"received_yen": "10.5"}, "小数点"),
        ({"received_yen": "千円"}, "読めない文字"),
        ({"received_yen": ""}, "必須"),
        ({"booked_on": "2126-11-20"}, "今日より先"),
        ({"message": "マイナンバー 123456789018"}, "保存しませんでした"),
    ],
)
def test_a_wrong_sheet_comes_back_as_it_was_typed(treasurer, box, facts, words):
    """422, a sentence, the name still there, nothing stored."""
    response = treasurer.post(CASH, sheet(box, **facts))
    page = response.content.decode()
    assert (response.status_code, words in page, "佐藤 花子" in page, Transaction.objects.count()) == (422, True, True, 0)


def test_a_refused_number_is_not_shown_again(treasurer, box):
    """The field comes back empty."""
    page = treasurer.post(CASH, sheet(box, message="マイナンバー 123456789018")).content.decode()
    assert "123456789018" not in page


def test_the_postal_account_cannot_be_chosen(treasurer, box):
    """Money on the postal account comes from its file."""
    response = treasurer.post(CASH, sheet(BankAccountFactory()))
    assert (response.status_code, Transaction.objects.count()) == (422, 0)


def test_a_strange_address_still_shows_the_sheet(treasurer, box):
    """Nonsense behind the question mark is ignored."""
    assert treasurer.get(f"{CASH}?on=2026-13-99&account=x&page=-3").status_code == 200


def test_without_a_cash_account_the_page_says_so(treasurer):
    """There is nothing to type into yet."""
    assert "現金の口座がまだありません" in text(treasurer.get(CASH))


# taking back


def test_an_entry_is_taken_back_by_one_press(treasurer, box):
    """Both rows stay; the list says so."""
    treasurer.post(CASH, sheet(box))
    row = Transaction.objects.get()
    response = treasurer.post(take_back_address(row))
    assert (response.url, Reversal.objects.get().original, "取り消しずみ" in text(treasurer.get(CASH))) == (CASH, row, True)


def test_an_allocated_entry_is_refused_in_words(treasurer, box):
    """422 and what to do first."""
    row = AllocationFactory(transaction__account=box).transaction
    response = treasurer.post(take_back_address(row))
    assert (response.status_code, "先に照合のページで" in text(response)) == (422, True)


def test_a_row_that_does_not_exist_is_not_found(treasurer):
    """No such row to take back."""
    assert treasurer.post(reverse("donations:cash_take_back", args=[999])).status_code == 404


# one row


def test_a_rows_page_shows_the_banks_words(treasurer):
    """Payer, yen, day, and that nobody decided yet."""
    row = TransactionFactory(statement=BankStatementFactory(), balance_yen=1000, external_id="202604100000001")
    shown = text(treasurer.get(row_address(row)))
    assert all(part in shown for part in ("2026年4月10日の入金 1,000円", "ﾄｸﾓﾄ ﾊﾅｺ", "202604100000001", "まだ、だれのお金かを決めていません"))


def test_a_rows_page_shows_what_was_decided(treasurer, now):
    """Allocations, also undone ones, set-asides and reversals."""
    row = TransactionFactory(received_yen=3000)
    AllocationFactory(transaction=row, amount_yen=1000)
    AllocationFactory(transaction=row, amount_yen=500, undone_at=now, undone_by="choubo")
    SetAsideFactory(transaction=row, amount_yen=2000)
    ReversalFactory(original=row)
    shown = text(treasurer.get(row_address(row)))
    assert all(part in shown for part in ("1,000円", "取り消しずみ", "問い合わせ中 2,000円", "差し引いた行:"))


def test_a_withdrawal_without_original_has_a_page(treasurer):
    """A 組戻 whose first row lies before our ledger."""
    link = ReversalFactory(original=None, withdrawal=TransactionFactory(withdrawal=True))
    response = treasurer.get(row_address(link.withdrawal))
    assert (response.status_code, "もとの入金はありません" in text(response)) == (200, True)


def test_a_blanked_row_says_so(treasurer):
    """What is missing is explained."""
    assert "番号だけを消して" in text(treasurer.get(row_address(TransactionFactory(number_was_blanked=True))))


@pytest.mark.parametrize("decisions", [1, 3])
def test_a_rows_page_takes_eight_queries(treasurer, decisions, django_assert_num_queries):
    """Session, user, roles, row, allocations, set-asides, reversals, slips."""
    row = TransactionFactory(received_yen=9000)
    AllocationFactory.create_batch(decisions, transaction=row, amount_yen=1000)
    with django_assert_num_queries(8):
        treasurer.get(row_address(row))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_takes_eight_queries(treasurer, box, rows, django_assert_num_queries):
    """However many entries are listed."""
    TransactionFactory.create_batch(rows, account=box)
    with django_assert_num_queries(8):
        treasurer.get(CASH)


# who may


@pytest.mark.parametrize("address", [CASH, reverse("donations:transaction", args=[1])])
def test_an_outsider_is_sent_to_the_sign_in(outsider, treasurer, address):
    """Nobody sees the books without signing in."""
    assert outsider.get(address).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
@pytest.mark.parametrize("address", [CASH, reverse("donations:transaction", args=[1])])
def test_other_roles_are_refused(request, role, address):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(address).status_code == 403


def test_the_auditor_reads_without_a_form(auditor, box):
    """The list, no sheet, no button."""
    TransactionFactory(account=box)
    page = auditor.get(CASH)
    assert (page.status_code, 'name="received_yen"' in page.content.decode(), "照合待ち" in text(page)) == (200, False, True)


def test_the_auditor_may_not_write(auditor, box):
    """Neither an entry nor a taking back."""
    row = TransactionFactory(account=box)
    assert [auditor.post(CASH, sheet(box)).status_code, auditor.post(take_back_address(row)).status_code] == [403, 403]


def test_an_unknown_row_is_not_found(treasurer):
    """No such row."""
    assert treasurer.get(reverse("donations:transaction", args=[999])).status_code == 404


@pytest.mark.parametrize(
    ("method", "address"),
    [("put", CASH), ("get", reverse("donations:cash_take_back", args=[1])), ("post", reverse("donations:transaction", args=[1]))],
)
def test_other_methods_are_not_taken(treasurer, method, address):
    """Each page takes only its own methods."""
    assert getattr(treasurer, method)(address).status_code == 405
