"""The receipt pages: who may, what they do, what they cost."""

import pytest
from django.urls import reverse

from receipts.models import PrintState, Receipt, ReceiptPrintRun
from receipts.printing import plan_print_run, render_print_run
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.receipts import make_receipt

GET_PAGES = ["receipts:receipts", "receipts:test_sheet"]
ONE_PAGES = ["receipts:receipt", "receipts:copy"]
POST_PAGES = ["receipts:issue", "receipts:plan"]


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("name", GET_PAGES)
def test_pages_work(printer, name) -> None:
    """The receipt printer opens them."""
    AssociationFactory()
    assert printer.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ONE_PAGES)
def test_pages_of_one_receipt_work(printer, name) -> None:
    """By the number on the paper."""
    assert printer.get(reverse(name, args=[make_receipt().number])).status_code == 200


@pytest.mark.parametrize("name", GET_PAGES + POST_PAGES)
def test_outsiders_are_sent_to_sign_in(outsider, db, name) -> None:
    """Nobody sees a receipt without signing in."""
    answer = outsider.get(reverse(name))
    assert (answer.status_code, answer.url.startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize("name", GET_PAGES)
def test_the_organiser_is_refused(organiser, name) -> None:
    """Receipts show amounts; the organiser sees none."""
    AssociationFactory()
    assert organiser.get(reverse(name)).status_code == 403


def test_the_auditor_reads(auditor) -> None:
    """The read-only role opens the list."""
    AssociationFactory()
    assert auditor.get(reverse("receipts:receipts")).status_code == 200


@pytest.mark.parametrize("name", POST_PAGES)
def test_the_auditor_writes_nothing(auditor, name) -> None:
    """The read-only role may not press the buttons."""
    assert auditor.post(reverse(name), {"until": "2026-11-20"}).status_code == 403


@pytest.mark.parametrize("name", ["receipts:void", "receipts:reissue"])
def test_the_auditor_changes_no_receipt(auditor, name) -> None:
    """Neither void nor reissue."""
    assert auditor.post(reverse(name, args=[make_receipt().number]), {}).status_code == 403


@pytest.mark.parametrize("name", [*ONE_PAGES])
def test_an_unknown_number_is_not_found(printer, name) -> None:
    """404 with our own page."""
    assert printer.get(reverse(name, args=["R1999-00001"])).status_code == 404


@pytest.mark.parametrize("name", POST_PAGES)
def test_buttons_are_not_links(printer, name) -> None:
    """GET writes nothing."""
    assert printer.get(reverse(name)).status_code == 405


@pytest.mark.parametrize(("rows", "queries"), [(1, 10), (3, 10)])
def test_the_list_costs_the_same_for_any_number_of_rows(printer, django_assert_num_queries, rows, queries) -> None:
    """No query per row."""
    AssociationFactory()
    for _row in range(rows):
        make_receipt()
    with django_assert_num_queries(queries):
        printer.get(reverse("receipts:receipts"))


def test_before_the_first_run_the_list_says_what_to_do(printer) -> None:
    """422 and a sentence, not an error."""
    answer = printer.get(reverse("receipts:receipts"))
    assert (answer.status_code, "会の設定がまだありません" in answer.content.decode()) == (422, True)


def test_issuing_from_the_page(printer) -> None:
    """What is due is issued and the person is told the numbers."""
    AssociationFactory()
    AllocationFactory()
    answer = printer.post(reverse("receipts:issue"), {"until": "2026-11-20"}, follow=True)
    assert Receipt.objects.get().number in answer.content.decode()


def test_issuing_until_a_day_to_come_keeps_the_form(printer) -> None:
    """422 with the sentence; nothing issued."""
    AssociationFactory()
    answer = printer.post(reverse("receipts:issue"), {"until": "2999-01-01"})
    assert (answer.status_code, Receipt.objects.count()) == (422, 0)


def test_searching_by_post(printer) -> None:
    """A name is found without standing in the address."""
    make_receipt(SupporterFactory(name="徳本　花子"))
    make_receipt(SupporterFactory(name="青木　進"))
    page = printer.post(reverse("receipts:receipts"), {"text": "徳本"}).content.decode()
    assert ("徳本　花子" in page, "青木　進" in page) == (True, False)


def test_printing_from_the_page_to_the_end(printer) -> None:
    """Plan, make, open the PDF, say yes."""
    make_receipt()
    printer.post(reverse("receipts:plan"))
    run = ReceiptPrintRun.objects.get()
    printer.post(reverse("receipts:settle", args=[run.pk]), {"make": "1"})
    file = printer.get(reverse("receipts:print_file", args=[run.pk]))
    printer.post(reverse("receipts:settle", args=[run.pk]), {"right": "1"})
    run.refresh_from_db()
    assert (file["Content-Type"], file.content[:5], run.state, Receipt.objects.unprinted().count()) == (
        "application/pdf", b"%PDF-", PrintState.CONFIRMED, 0,
    )


def test_nothing_to_print_is_answered_in_words(printer) -> None:
    """422 and a sentence."""
    AssociationFactory()
    assert printer.post(reverse("receipts:plan")).status_code == 422


def test_htmx_gets_only_the_changed_part(printer, now) -> None:
    """The poll answers without the frame."""
    run = plan_print_run(receipts=[make_receipt()], at=now, by="insatsu")
    page = printer.get(reverse("receipts:print_run", args=[run.pk]), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in page, "PDFを作っています" in page) == (False, True)


def test_the_file_is_gone_after_the_answer(printer, now) -> None:
    """A settled run has no file to open."""
    run = render_print_run(run=plan_print_run(receipts=[make_receipt()], at=now, by="insatsu"), at=now)
    printer.post(reverse("receipts:settle", args=[run.pk]), {"wrong": "1"})
    assert printer.get(reverse("receipts:print_file", args=[run.pk])).status_code == 404


def test_void_from_the_page(printer) -> None:
    """With a reason it is void; the page says what comes next."""
    made = make_receipt()
    answer = printer.post(reverse("receipts:void", args=[made.number]), {"void-reason": "宛名ちがい"}, follow=True)
    assert "新しい領収書を発行できます" in answer.content.decode()


def test_void_without_a_reason_is_asked_again(printer) -> None:
    """422 and the receipt stays valid."""
    made = make_receipt()
    answer = printer.post(reverse("receipts:void", args=[made.number]), {"void-reason": ""})
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (422, "issued")


def test_reissue_from_the_page_plans_its_paper(printer) -> None:
    """The reissue and its print run are made together."""
    made = make_receipt()
    printer.post(reverse("receipts:reissue", args=[made.number]), {"reissue-reason": "なくした"})
    assert (made.reissues.count(), ReceiptPrintRun.objects.get().is_reissue) == (1, True)
