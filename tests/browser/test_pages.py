"""Every page in a real browser: no accessibility fault that axe finds, no complaint in the console, usable by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from donations.models import Outcome, Prediction
from members.models import Supporter
from newsletters.models import Newsletter
from tests.conftest import NOW
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import (
    AssociationFactory,
    BankAccountFactory,
    FeeRateFactory,
    PayerNameFactory,
    SupporterFactory,
)
from tests.factories.receipts import make_receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/", "/audit/", "/backups/", "/association/", "/supporters/", "/supporters/add/", "/supporters/import/",
    "/supporters/readings/", "/supporters/00018/", "/supporters/00018/edit/",
    "/donations/reconcile/?pile=certain", "/donations/reconcile/?pile=likely", "/donations/reconcile/?pile=ask",
    "/donations/reconcile/?pile=done", "/donations/reconcile/payer-names/", "/donations/reconcile/payer-names/900001/",
    "/donations/reconcile/record/", "/donations/reconcile/history/", "/donations/statements/", "/donations/cash/",
    "/donations/slips/", "/association/auto/",
    "/receipts/", "/receipts/R2026-00001/", "/newsletters/", "/newsletters/new/", "/accounts/2fa/",
    "/accounts/password/change/", "/nothing-here/",
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def javascript() -> bool:
    """Axe is a script."""
    return True


@pytest.fixture
def office(desk):
    """Some of everything, so that no page is empty."""
    AssociationFactory()
    FeeRateFactory()
    BankAccountFactory()
    make_receipt(SupporterFactory(units=1, consented=True))
    SupporterFactory(name="小谷　恵", reading="", number="00018")
    iinoya = SupporterFactory(name="井伊谷　伽羅子", reading="イイノヤ キャラコ")
    PayerNameFactory(pk=900_001, supporter=iinoya, as_written="ｱｵｿﾗ ｼﾖﾃﾝ")
    TransactionFactory()
    TransactionFactory(detail_2="ｲｲﾉﾔ ｷﾔﾗｺ")
    decided = AllocationFactory().transaction
    Prediction.objects.create(
        transaction=decided, probability=0.995, was_certain=True, decided_at=NOW, outcome=Outcome.AS_SUGGESTED
    )
    Newsletter.objects.create(title="みずうみ通信", markdown="本文", created_at=NOW, created_by="kaikei")
    return desk


def faults(desk) -> list[str]:
    found = Axe().run(desk.page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_no_page_has_an_accessibility_fault(office) -> None:
    """axe-core's WCAG 2.2 AA rules find nothing on any page, and no console complains (404 aside)."""
    found = {}
    for path in PAGES:
        office.open(path)
        found[path] = faults(office)
    assert {path: one for path, one in found.items() if one} == {}
    assert [said for said in office.complaints if "404" not in said] == []


def test_no_page_scrolls_sideways_on_a_tablet(office) -> None:
    """At 820 pixels and at double text size nothing is cut off."""
    wide = []
    office.page.set_viewport_size({"width": 820, "height": 1180})
    for path in PAGES:
        office.open(path)
        office.page.evaluate("document.documentElement.style.fontSize = '150%'")
        if office.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_the_first_tab_stop_leads_to_the_text(office) -> None:
    """A keyboard user skips the menu, and sees where the focus is."""
    page = office.open("/supporters/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ進む"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def tab_to(page, words):
    """Press Tab until the focus is on what says `words`."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == words:
            return
    pytest.fail(f"Eighty Tabs do not reach 「{words}」.")


def test_a_row_is_reconciled_by_keyboard_alone(office) -> None:
    """Tab to the button and press Enter."""
    supporter = SupporterFactory(name="青木　進", reading="アオキ ススム")
    TransactionFactory(received_yen=1_300, detail_2="ｱｵｷ ｽｽﾑ ﾌﾞﾝ")
    page = office.open("/donations/reconcile/?pile=likely")
    tab_to(page, "この人に確定")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    assert sum(row.amount_yen for row in supporter.allocations.all()) == 1_300


def test_a_reading_is_accepted_with_one_key(office) -> None:
    """After the first one the keyboard stands on the next guess, and Enter accepts it."""
    second = SupporterFactory(name="新谷　裕子", reading="")
    page = office.open("/supporters/readings/")
    guess = page.locator(".guesses button").first.inner_text()
    tab_to(page, guess)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("then=1"))
    expected = page.evaluate("document.activeElement.value")
    page.keyboard.press("Enter")
    page.get_by_text("フリガナのない支援者は、いまはいません").wait_for()
    second.refresh_from_db()
    assert (Supporter.objects.get(number="00018").reading, second.reading) == (guess, expected)


def test_the_slider_moves_rows_while_the_keyboard_stays_on_it(office) -> None:
    """An arrow key changes the sentence and the tabs; nothing is reloaded, and the focus stays."""
    page = office.open("/donations/reconcile/?pile=certain")
    page.locator("#limit-slide").focus()
    page.keyboard.press("Home")
    page.get_by_text("上限をこえる1件は").wait_for()
    assert page.evaluate("[document.activeElement.id, document.getElementById('limit-number').value]") == ["limit-slide", "0"]
    page.keyboard.press("End")
    page.get_by_text("1件を自動で照合します").wait_for()
    assert ("上限をこえる" in page.content(), office.complaints) == (False, [])
