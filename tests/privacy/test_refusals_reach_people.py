"""Whatever layer refuses: a page or a message names the field and the next step, repeats nothing, and is noted."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from donations.allocation_csv import allocation_csv
from donations.models import Transaction
from members.models import Household
from newsletters.models import Newsletter
from newsletters.print_edition import edition_pdf, labels_pdf, paper_letters
from newsletters.sending import drain, start_sending
from privacy.errors import NationalIdRefused
from privacy.models import Refusal
from privacy.uploads import MAX_UPLOAD_BYTES
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.newsletters import mail_reader, post_reader, prepared
from tests.factories.receipts import make_receipt
from tests.newsletters.mail_sink import Sink
from tests.privacy.plain_numbers import grouped, made_number
from tests.privacy.smuggling import smuggle

pytestmark = pytest.mark.django_db
FIELD = "「世帯」に"
NEXT_STEP = "その番号を消してから"


def told(answer, number: str) -> tuple[int, bool, bool]:
    """Status, whether the next step is named, whether the number is repeated."""
    page = answer.content.decode(errors="replace")
    return answer.status_code, NEXT_STEP in page, number in page.replace("-", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("way", "place"), [("field", FIELD), ("statement", FIELD), ("table", FIELD), ("session", "「画面をまたいで覚えておく言葉」に")]
)
def test_each_deep_layer_ends_on_a_page(treasurer: Client, settings, way, place) -> None:
    """Field, statement, table and session, behind a page that has no form of its own."""
    settings.ROOT_URLCONF = "tests.privacy.writing_urls"
    number = made_number()
    answer = treasurer.post(f"/write/{way}/", {"number": number})
    assert told(answer, number) == (422, True, False)
    assert (place in answer.content.decode(), Refusal.objects.count(), Household.objects.exclude(code="a").count()) == (True, 1, 0)


def test_a_form_names_the_field(treasurer: Client) -> None:
    """The field is drawn empty, the refusal noted."""
    AssociationFactory()
    number = made_number()
    answer = treasurer.post(reverse("members:add"), {"name": number, "kind": "individual"})
    assert told(answer, number) == (422, True, False)
    assert Refusal.objects.get().place == "氏名・団体名"


def test_a_list_to_import_names_the_cell(treasurer: Client) -> None:
    """Row and column; nobody is registered."""
    AssociationFactory()
    number = made_number()
    file = SimpleUploadedFile("list.csv", f"氏名,備考\n山田 花子,{grouped(number)}\n".encode())
    answer = treasurer.post(reverse("members:import"), {"file": file})
    assert told(answer, number) == (422, True, False)
    assert ("備考" in answer.content.decode(), Refusal.objects.exists()) == (True, True)


def test_an_upload_past_the_cap_says_how_large_it_may_be(treasurer: Client) -> None:
    """413, before anything is kept."""
    file = SimpleUploadedFile("a.csv", b"a" * (MAX_UPLOAD_BYTES + 1))
    answer = treasurer.post(reverse("members:import"), {"file": file})
    assert (answer.status_code, "10メガバイトまでのファイルを選んでください" in answer.content.decode()) == (413, True)


def test_a_zip_bomb_says_what_to_do(treasurer: Client) -> None:
    """Refused by its directory, with a sentence beside the form."""
    AssociationFactory()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    answer = treasurer.post(reverse("members:import"), {"file": SimpleUploadedFile("list.xlsx", out.getvalue())})
    assert (answer.status_code, "もう一度選んでください" in answer.content.decode()) == (422, True)


def test_a_receipt_is_not_printed(treasurer: Client) -> None:
    """A number that no guard saw stays off the paper; the page names the receipt."""
    number = made_number()
    receipt = make_receipt(SupporterFactory(units=1))
    smuggle(receipt, addressee=f"山田 {grouped(number)}")
    answer = treasurer.get(reverse("receipts:copy", args=[receipt.number]))
    assert told(answer, number) == (422, True, False)
    assert f"領収書 {receipt.number}" in answer.content.decode()


def test_a_list_of_supporters_is_not_handed_out(treasurer: Client) -> None:
    """The page names the row and the column."""
    number = made_number()
    smuggle(SupporterFactory(), note=f"メモ {grouped(number)}")
    answer = treasurer.post(reverse("members:export"), {"form": "csv"})
    assert told(answer, number) == (422, True, False)
    assert "備考" in answer.content.decode()


def test_a_list_of_payments_is_not_handed_out(tmp_path) -> None:
    """The command says which payment; no file is written."""
    number = made_number()
    allocation = AllocationFactory()
    smuggle(Transaction.objects.get(pk=allocation.transaction_id), detail_2=f"ﾔﾏﾀﾞ {grouped(number)}")
    with pytest.raises(NationalIdRefused, match="払込人名"):
        allocation_csv()
    with pytest.raises((CommandError, SystemExit)):
        call_command("export_allocations", "--output", str(tmp_path / "rows.csv"))
    assert not (tmp_path / "rows.csv").exists()


def test_the_paper_edition_and_its_labels_are_not_printed(now) -> None:
    """Words and addresses are looked at once more."""
    AssociationFactory()
    reader = post_reader()
    newsletter = prepared()
    smuggle(reader, address=f"千代田区 {grouped(made_number(), ' ')}")
    letters = paper_letters(newsletter, at=now, printed=False)
    from newsletters.print_edition import chosen_sheet

    with pytest.raises(NationalIdRefused, match="あて名"):
        labels_pdf(letters, sheet=chosen_sheet(""))
    smuggle(newsletter, html=f"<p>{grouped(made_number())}</p>")
    with pytest.raises(NationalIdRefused, match="本文"):
        edition_pdf(newsletter)


@pytest.fixture
def sink(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with Sink() as server:
        settings.MAIL_IS_CONFIGURED = True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 10
        yield server


@pytest.mark.parametrize("where", ["words", "name"])
def test_a_mail_is_not_sent(organiser: Client, sink, now, where) -> None:
    """Sending stops for good, the newsletter's page says why, and nothing left."""
    reader, newsletter, number = mail_reader(), prepared(), made_number()
    if where == "words":
        smuggle(newsletter, text=f"本文 {grouped(number)}")
    else:
        smuggle(reader, name=f"山田 {grouped(number)}")
    start_sending(newsletter=newsletter, at=now, by="tayori")
    drain(newsletter, at=now, clock=lambda: now)
    page = organiser.get(reverse("newsletters:newsletter", args=[newsletter.pk])).content.decode()
    trouble = Newsletter.objects.get().trouble
    assert (NEXT_STEP in trouble, trouble in page, number in page.replace("-", ""), sink.received) == (True, True, False, [])
    assert Refusal.objects.count() == 1
