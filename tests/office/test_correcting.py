"""A mistake after the receipt, and one person's line of time."""

import pytest
from django.urls import reverse

from donations.closing import close_month
from donations.models import Allocation, Transaction
from office.correcting import correct
from privacy.errors import Refused
from receipts.models import Receipt, ReceiptState
from tests.factories.donations import AllocationFactory
from tests.factories.members import SupporterFactory
from tests.factories.receipts import make_receipt


def receipted_row() -> Transaction:
    return make_receipt().lines.get().allocation.transaction


def test_correcting_voids_the_receipt_and_opens_the_row(db, now) -> None:
    """Both happen, and the row waits for a new decision."""
    row = receipted_row()
    correct(row=row, reason="別の人だった", at=now, by="kaikei")
    assert (Receipt.objects.get().state, Transaction.objects.unreconciled().get()) == (ReceiptState.VOID, row)


def test_correcting_without_a_reason_changes_nothing(db, now) -> None:
    """The void is refused, so the allocation stays."""
    row = receipted_row()
    with pytest.raises(Refused):
        correct(row=row, reason="", at=now, by="kaikei")
    assert (Receipt.objects.valid().count(), Allocation.objects.live().count()) == (1, 1)


def test_correcting_a_row_without_receipt_is_refused(db, now) -> None:
    """It can be undone the ordinary way."""
    with pytest.raises(Refused) as refused:
        correct(row=AllocationFactory().transaction, reason="別の人", at=now, by="kaikei")
    assert refused.value.code == "nothing_to_correct"


def test_a_closed_month_keeps_its_receipt(treasurer, now) -> None:
    """The payment may not be touched, so the receipt stays valid; the page says who closed the month."""
    row = receipted_row()
    close_month(account_id=row.account_id, month=row.booked_on, said_whole=True, at=now, by="kaikei")
    answer = treasurer.post(reverse("office:correct", args=[row.pk]), {"reason": "別の人だった"})
    kept = (Receipt.objects.valid().count(), Allocation.objects.live().count())
    assert (answer.status_code, "kaikeiさんが締めました" in answer.content.decode(), kept) == (422, True, (1, 1))


def test_the_page_says_what_will_happen(treasurer) -> None:
    """The number of the receipt stands there before the button."""
    page = treasurer.get(reverse("office:correct", args=[receipted_row().pk]))
    assert ("R2026-00001" in page.content.decode(), page.status_code) == (True, 200)


def test_the_page_corrects(treasurer) -> None:
    """And leads back to the desk."""
    row = receipted_row()
    answer = treasurer.post(reverse("office:correct", args=[row.pk]), {"reason": "別の人だった"})
    assert (answer.url, Receipt.objects.valid().count()) == (f"/donations/reconcile/?row={row.pk}", 0)


def test_the_page_asks_for_a_reason(treasurer) -> None:
    """422, nothing changed."""
    answer = treasurer.post(reverse("office:correct", args=[receipted_row().pk]), {"reason": ""})
    assert (answer.status_code, Receipt.objects.valid().count()) == (422, 1)


def test_the_auditor_corrects_nothing(auditor) -> None:
    """Reads, but may not press."""
    address = reverse("office:correct", args=[receipted_row().pk])
    assert (auditor.get(address).status_code, auditor.post(address, {"reason": "x"}).status_code) == (200, 403)


@pytest.mark.parametrize("name", ["office:correct", "office:history"])
def test_outsiders_are_sent_to_sign_in(outsider, name) -> None:
    """Nobody sees these pages without signing in."""
    assert outsider.get(reverse(name, args=[1])).url.startswith("/accounts/login/")


@pytest.mark.parametrize(("name", "key"), [("office:correct", 999), ("office:history", "9999")])
def test_what_is_not_there_is_not_found(treasurer, name, key) -> None:
    """404."""
    assert treasurer.get(reverse(name, args=[key])).status_code == 404


def test_the_organiser_may_not_correct(organiser) -> None:
    """Amounts are not for this role."""
    assert organiser.get(reverse("office:correct", args=[receipted_row().pk])).status_code == 403


def test_the_history_takes_no_post(treasurer) -> None:
    """It only shows."""
    assert treasurer.post(reverse("office:history", args=["1"])).status_code == 405


def history_page(client, **words) -> str:
    supporter = SupporterFactory(units=2, consented=True)
    make_receipt(supporter)
    return client.get(reverse("office:history", args=[supporter.number])).content.decode()


def test_the_treasurer_sees_payments_and_receipts(treasurer) -> None:
    """With yen and links."""
    page = history_page(treasurer)
    assert ["1,000円" in page, "R2026-00001" in page, "同意を記録" in page] == [True] * 3


def test_the_organiser_sees_units_but_no_yen(organiser) -> None:
    """Paid for which year, how many units; no amounts, no receipts."""
    page = history_page(organiser)
    assert ["2026年度 2口" in page, "円" in page, "R2026" in page] == [True, False, False]


@pytest.mark.parametrize(("rows", "queries"), [(1, 8), (3, 8)])
def test_the_history_costs_the_same_for_any_number_of_rows(treasurer, django_assert_num_queries, rows, queries) -> None:
    """No query per event."""
    supporter = SupporterFactory()
    for _row in range(rows):
        make_receipt(supporter)
    with django_assert_num_queries(queries):
        treasurer.get(reverse("office:history", args=[supporter.number]))
