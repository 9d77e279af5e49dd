"""Typing slips beside a pile of paper: no mouse, the cursor goes from field to field with Enter."""

import re

import pytest

from donations.models import Slip
from tests.browser.test_pages import faults
from tests.factories.donations import SlipFactory, TheAccountFactory, TransactionFactory
from tests.factories.members import AssociationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PILE = (("3000", "徳本 花子"), ("1000", "佐伯 一郎"), ("2000", "山﨑 恵"))


@pytest.fixture
def javascript() -> bool:
    """Enter goes on with the script; without it the Tab key does."""
    return True


@pytest.fixture
def office(desk):
    """One account, and the row of the first slip."""
    AssociationFactory()
    TheAccountFactory()
    TransactionFactory(received_yen=3_000, detail_2="")
    return desk


def test_three_slips_are_typed_by_keyboard_alone(office) -> None:
    """The day is that of the slip before; yen, Enter, words, Enter … and the last Enter brings the next empty sheet."""
    before = SlipFactory(amount_yen=500, typed_by="kaikei")
    page = office.open("/donations/slips/")
    assert page.evaluate("document.activeElement.id") == "id_amount_yen"
    for place, (yen, name) in enumerate(PILE, start=1):
        page.keyboard.type(yen)
        for words in ("会費", "", "", name, "", "", ""):
            page.keyboard.press("Enter")
            page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.getElementById('typed-so-far')?.textContent.startsWith(`${n}枚`)", arg=place)
        assert page.evaluate("document.activeElement.id") == "id_amount_yen"
    typed = Slip.objects.exclude(pk=before.pk).order_by("pk")
    kept = typed.values_list("amount_yen", "payer_name", "message", "day__day")
    assert list(kept) == [(int(yen), name, "会費", 10) for yen, name in PILE]
    assert [slip.transaction_id is not None for slip in typed] == [True, False, False]


def test_the_pages_of_slips_have_no_accessibility_fault(office) -> None:
    """Neither the sheet nor the page of one slip; no console complains, and nothing is cut off on a tablet."""
    slip = SlipFactory(amount_yen=500)
    found = {}
    for path in ("/donations/slips/", f"/donations/slips/{slip.pk}/", f"/donations/slips/?last={slip.pk}"):
        office.page.set_viewport_size({"width": 1366, "height": 900})
        office.open(path)
        found[path] = faults(office)
        office.page.set_viewport_size({"width": 820, "height": 1180})
        if office.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[path].append("too wide")
    assert ({path: one for path, one in found.items() if one}, office.complaints) == ({}, [])


def test_what_is_left_is_counted_while_typing(office) -> None:
    """Sharing out ¥3,000: the rest follows the keys."""
    row = TransactionFactory(received_yen=3_000, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    page = office.open(f"/donations/reconcile/{row.pk}/split/")
    page.locator("#id_form-0-amount_yen").fill("1,200")
    assert re.sub(r"\s", "", page.locator("[data-rest-of]").inner_text()) == "残りあと1,800円あります。"
