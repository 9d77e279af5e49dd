"""Every page in a real browser: no accessibility fault that axe finds, no complaint in the console, usable by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from newsletters.models import Newsletter
from tests.conftest import NOW
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory
from tests.factories.receipts import make_receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/", "/audit/", "/backups/", "/association/", "/supporters/", "/supporters/add/", "/supporters/import/",
    "/donations/reconcile/", "/donations/reconcile/?pile=done", "/donations/statements/", "/donations/cash/",
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
    BankAccountFactory()
    make_receipt(SupporterFactory(units=1, consented=True))
    TransactionFactory()
    AllocationFactory()
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


def test_a_row_is_reconciled_by_keyboard_alone(office) -> None:
    """Tab to the button and press Enter."""
    supporter = SupporterFactory(name="青木　進", reading="アオキ ススム")
    TransactionFactory(received_yen=1_300, detail_2="ｱｵｷ ｽｽﾑ")
    page = office.open("/donations/reconcile/?pile=likely")
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "この人に確定":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    assert sum(row.amount_yen for row in supporter.allocations.all()) == 1_300
