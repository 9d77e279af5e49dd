"""A month is closed and opened, and an import undone, in a real browser, with and without JavaScript."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from donations.importing import import_statement
from donations.models import BankStatement, MonthClosing
from donations.setting_aside import set_aside
from tests.conftest import NOW
from tests.donations.bank_file import whole_days, year
from tests.factories.members import BankAccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = year()
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def account(desk):
    """April decided in one file; a second file with a hole before it and an accepted difference."""
    ours = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    import_statement(data=whole_days(YEAR[:4], date(2026, 4, 1), date(2026, 5, 2)), at=NOW, by="kaikei")
    import_statement(data=whole_days(YEAR[6:], date(2026, 6, 1), date(2026, 9, 30)), accept_gap=True, at=NOW, by="kaikei")
    for row in ours.transactions.filter(booked_on__month=4):
        set_aside(transaction_id=row.pk, reason="not_a_gift", at=NOW, by="kaikei")
    return ours


def test_a_month_is_closed_and_opened(desk, account):
    """By the buttons, with a reason for opening; the list of months says so each time."""
    page = desk.open("/donations/statements/")
    page.get_by_role("link", name="この口座のファイルと月締めを見る").click()
    page.get_by_role("link", name="2026年4月", exact=True).click()
    desk.press("2026年4月を締める")
    page.get_by_text("2026年4月を締めました").wait_for()
    closed = MonthClosing.objects.filter(reopened_at=None).count()
    page.get_by_role("link", name="2026年4月", exact=True).click()
    page.get_by_label("開く理由").fill("払込人のまちがい")
    desk.press("この月を開く")
    page.get_by_text("2026年4月を開きました").wait_for()
    assert (closed, MonthClosing.objects.filter(reopened_at=None).count(), desk.complaints) == (1, 0, [])


def test_the_newest_import_is_undone(desk, account):
    """From the file's page, over the page that says what would happen; the missing days are gone from the words."""
    page = desk.open(f"/donations/statements/accounts/{account.pk}/")
    page.get_by_text("2026年5月3日〜5月31日の明細がありません。").wait_for()
    page.get_by_role("link", name="2026-06-15 〜 2026-09-02").first.click()
    page.get_by_role("link", name="この取り込みを取り消す").click()
    desk.press("取り込みを取り消す")
    page.get_by_text("6行は、もう数えません").wait_for()
    left = (page.get_by_text("の明細がありません").count(), page.get_by_text("残高は銀行と一致しています").count())
    assert (left, BankStatement.objects.count(), desk.complaints) == ((0, 1), 1, [])


@pytest.mark.parametrize("javascript", [True], ids=["with-js"])
def test_the_pages_are_open_to_all_and_fit_a_tablet(desk, account):
    """axe-core finds nothing; at 820 pixels and one and a half times the text size nothing is cut off."""
    first, second = BankStatement.objects.order_by("pk").values_list("pk", flat=True)
    months = f"/donations/statements/accounts/{account.pk}/"
    paths = [
        months, f"{months}2026/4/", f"{months}2026/6/", f"{months}2026/10/",
        f"/donations/statements/{first}/undo/", f"/donations/statements/{second}/undo/", f"/donations/statements/{first}/",
    ]  # fmt: skip
    desk.page.set_viewport_size({"width": 820, "height": 1180})
    found = {}
    for path in paths:
        desk.open(path)
        faults = [one["id"] for one in Axe().run(desk.page, options=WCAG).response["violations"]]
        desk.page.evaluate("document.documentElement.style.fontSize = '150%'")
        wide = desk.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[path] = (faults, wide)
    assert found == dict.fromkeys(paths, ([], False))
