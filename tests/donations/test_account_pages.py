"""The page of one account, and of one of its months."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donations.bankfiles.yucho_direct_csv_writer import ledger
from donations.closing import close_month, reopen_month
from donations.importing import import_statement
from donations.models import MonthClosing
from donations.setting_aside import set_aside
from tests.donations.bank_file import whole_days, year
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()
APRIL = date(2026, 4, 1)


@pytest.fixture
def ours(now):
    """April decided, May open."""
    account = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    made = import_statement(data=whole_days(YEAR, APRIL, date(2026, 9, 30)), at=now, by="choubo").statement
    for row in made.transactions.filter(booked_on__month=4):
        set_aside(transaction_id=row.pk, reason="not_a_gift", at=now, by="choubo")
    return account


@pytest.fixture
def closed(ours, now):
    return close_month(account_id=ours.pk, month=APRIL, at=now, by="kaikei2")


def account_page(account):
    return reverse("donations:account", args=[account.pk])


def month_page(account, month=4):
    return reverse("donations:month", args=[account.pk, 2026, month])


def step(name, account, month=4):
    return reverse(f"donations:{name}_month", args=[account.pk, 2026, month])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# the account


def test_the_account_shows_its_tie_and_its_files(treasurer, ours):
    """The green sentence, the balances, the days of the file."""
    shown = text(treasurer.get(account_page(ours)))
    assert all(part in shown for part in ("残高は銀行と一致しています", "31,670円", "2026-04-03 〜 2026-09-02"))


def test_each_month_says_what_is_missing(treasurer, ours):
    """April can be closed, May has three open rows."""
    shown = text(treasurer.get(account_page(ours)))
    assert ("締められます。" in shown, "だれの入金か決まっていない行が2件あります。" in shown) == (True, True)


def test_a_closed_month_says_who_closed_it(treasurer, ours, closed):
    """With the day."""
    assert "締めました 2026-11-23 kaikei2" in text(treasurer.get(account_page(ours)))


def test_missing_days_are_said(treasurer, now):
    """Between two files, with the difference in yen above."""
    account = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    for rows, first, last in ((YEAR[:6], APRIL, date(2026, 6, 2)), (YEAR[8:], date(2026, 6, 10), date(2026, 9, 30))):
        import_statement(data=whole_days(rows, first, last), accept_gap=True, at=now, by="choubo")
    shown = text(treasurer.get(account_page(account)))
    assert ("2026年6月3日〜6月9日の明細がありません。" in shown, "銀行の残高と 8,000円ちがいます" in shown) == (True, True)


def test_an_account_without_files_has_its_page(treasurer):
    """It says that there is nothing yet."""
    assert "まだ明細がありません" in text(treasurer.get(account_page(BankAccountFactory(cash=True))))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_account_takes_the_same_queries_for_any_rows(treasurer, now, rows, django_assert_num_queries):
    """However many rows and files."""
    account = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    for count in range(1, rows + 1):
        import_statement(data=whole_days(YEAR[:count], APRIL, YEAR[count - 1].booked_on), at=now, by="choubo")
    with django_assert_num_queries(14):
        treasurer.get(account_page(account))


# the month


def test_an_open_month_says_what_to_do_first(treasurer, ours):
    """With a link to the row on the desk, and no button."""
    page = treasurer.get(month_page(ours, 5)).content.decode()
    assert ("締める前にすること" in page, reverse("donations:reconcile") + "?row=" in page, step("close", ours, 5) in page) == (True, True, False)


def test_a_decided_month_is_closed_with_one_press(treasurer, ours):
    """And the account's page follows."""
    response = treasurer.post(step("close", ours), follow=True)
    made = MonthClosing.objects.get()
    assert (response.redirect_chain[0][0], made.closed_by, "2026年4月を締めました" in text(response)) == (account_page(ours), "choubo", True)


def test_a_month_with_open_rows_is_not_closed(treasurer, ours):
    """422 and the sentence."""
    response = treasurer.post(step("close", ours, 5))
    assert (response.status_code, "だれの入金か決まっていない行が2件" in text(response), MonthClosing.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(("ticks", "status", "closings"), [({}, 422, 0), ({"said_whole": "on"}, 302, 1)])
def test_days_no_file_shows_need_the_tick(treasurer, ours, ticks, status, closings):
    """October has no file: the tick answers for it."""
    response = treasurer.post(step("close", ours, 10), ticks)
    assert (response.status_code, MonthClosing.objects.count()) == (status, closings)


def test_pressing_twice_closes_once(treasurer, ours):
    """The second press is told and goes on."""
    treasurer.post(step("close", ours))
    response = treasurer.post(step("close", ours), follow=True)
    assert ("もう締めてあります" in text(response), MonthClosing.objects.count()) == (True, 1)


def test_a_closed_month_is_opened_with_a_reason(treasurer, ours, closed):
    """Kept with who opened it."""
    response = treasurer.post(step("reopen", ours), {"reason": "払込人のまちがい"}, follow=True)
    closed.refresh_from_db()
    assert (closed.reopened_by, closed.reopen_reason, "2026年4月を開きました" in text(response)) == ("choubo", "払込人のまちがい", True)


@pytest.mark.parametrize("reason", ["", "マイナンバー 123456789018"])
def test_without_a_proper_reason_it_stays_closed(treasurer, ours, closed, reason):
    """422; a number of a person is no reason."""
    response = treasurer.post(step("reopen", ours), {"reason": reason})
    closed.refresh_from_db()
    assert (response.status_code, closed.reopened_at, "123456789018" in response.content.decode()) == (422, None, False)


def test_earlier_openings_can_be_read(treasurer, ours, closed, now):
    """Who closed, who opened, why."""
    reopen_month(account_id=ours.pk, month=APRIL, reason="金額を見直す", at=now, by="kaikei3")
    assert "kaikei3 が開きました。理由: 金額を見直す" in text(treasurer.get(month_page(ours)))


def test_a_decision_in_a_closed_month_is_refused_on_the_desk(treasurer, ours, closed):
    """The page says who closed the month, and nothing changes."""
    row = ours.transactions.order_by("position").first()
    response = treasurer.post(reverse("donations:undo_row", args=[row.pk]))
    assert (response.status_code, "kaikei2さんが締めました" in text(response), row.set_asides.get().undone_at) == (422, True, None)


def test_cash_in_a_closed_month_is_refused_on_its_page(treasurer, now):
    """The sheet keeps what was typed."""
    box = BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)
    close_month(account_id=box.pk, month=APRIL, said_whole=True, at=now, by="kaikei2")
    facts = {"account": box.pk, "booked_on": "2026-04-05", "received_yen": "700", "payer_name": "", "message": "", "entry_key": "k" * 20}
    response = treasurer.post(reverse("donations:cash"), facts)
    assert (response.status_code, "締めました" in text(response), 'value="700"' in response.content.decode()) == (422, True, True)


def test_a_file_with_new_rows_in_a_closed_month_is_refused_on_its_page(treasurer, ours, now):
    """Nothing is imported, and the sentence stands above the preview."""
    close_month(account_id=ours.pk, month=date(2026, 10, 1), said_whole=True, at=now, by="kaikei2")
    more = ledger(10_000, [*((row.booked_on, row.received_yen - row.paid_out_yen, row.detail_1, row.detail_2) for row in YEAR), (date(2026, 10, 5), 500, "振込", "ﾅ")])
    upload = {"file": SimpleUploadedFile("a.csv", whole_days(more, APRIL, date(2026, 10, 31)))}
    preview = treasurer.post(reverse("donations:statement_preview"), upload).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(carried|shown)" value="([^"]*)">', preview))
    response = treasurer.post(reverse("donations:statement_import"), fields)
    assert (response.status_code, "kaikei2さんが締めました" in text(response), ours.transactions.count()) == (422, True, 12)


@pytest.mark.parametrize("month", [4, 5])
def test_a_month_takes_the_same_queries(treasurer, ours, month, django_assert_num_queries):
    """One row to look at or five."""
    with django_assert_num_queries(10):
        treasurer.get(month_page(ours, month))


# who may


@pytest.mark.parametrize("name", ["account", "month", "close_month", "reopen_month"])
def test_an_outsider_is_sent_to_the_sign_in(outsider, name):
    """Nobody sees the books without signing in."""
    arguments = [1] if name == "account" else [1, 2026, 4]
    assert outsider.get(reverse(f"donations:{name}", args=arguments)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
@pytest.mark.parametrize("page", [account_page, month_page])
def test_other_roles_are_refused(request, ours, role, page):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(page(ours)).status_code == 403


def test_the_auditor_reads_and_does_not_press(auditor, ours):
    """Neither closes nor opens, and is shown no button."""
    page = auditor.get(month_page(ours))
    pressed = [auditor.post(step(name, ours)).status_code for name in ("close", "reopen")]
    assert (page.status_code, step("close", ours) in page.content.decode(), pressed) == (200, False, [403, 403])


@pytest.mark.parametrize("name", ["close", "reopen"])
def test_closing_and_opening_are_pressed_not_read(treasurer, ours, name):
    """GET writes nothing."""
    assert treasurer.get(step(name, ours)).status_code == 405


@pytest.mark.parametrize("page", [account_page, month_page])
def test_reading_pages_take_no_post(treasurer, ours, page):
    """They have nothing to press."""
    assert treasurer.post(page(ours)).status_code == 405


@pytest.mark.parametrize(("year", "month"), [(2026, 13), (2026, 0), (0, 4), (9999, 12), (123456, 1)])
def test_no_month_of_the_calendar_is_not_found(treasurer, ours, year, month):
    """Neither a thirteenth month nor a year without end."""
    assert treasurer.get(reverse("donations:month", args=[ours.pk, year, month])).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_account_is_not_found(treasurer, method):
    """No such account."""
    addresses = [reverse("donations:account", args=[99])] if method == "get" else []
    addresses += [reverse(f"donations:{name}", args=[99, 2026, 4]) for name in (["month"] if method == "get" else ["close_month", "reopen_month"])]
    answers = [getattr(treasurer, method)(address, {"reason": "x"}).status_code for address in addresses]
    assert answers == [404, 404]
