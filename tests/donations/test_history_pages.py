"""前の年の入金から覚える: choose, look, learn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donations.carried_history import pack, unpack
from donations.history_file import read_history
from donations.models import PastPayment, Transaction
from members.models import NameOrigin, PayerName
from privacy.models import Refusal
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db
PAGE, ROWS = "/donations/reconcile/history/", "/donations/reconcile/history/rows/"
HEADERS = "日付,金額,払込人名,通信欄,支援者番号"


@pytest.fixture
def hanako():
    AssociationFactory()
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


def ledger(*rows):
    return "\r\n".join([HEADERS, *rows]).encode("utf-8-sig")


def upload(client, data, **more):
    return client.post(PAGE, {"file": SimpleUploadedFile("2025.csv", data), **more})


def carried(*rows):
    return {"table": pack(read_history(ledger(*rows), "l.csv"))}


def body(response):
    return response.content.decode()


def test_the_page_says_which_columns_are_needed(treasurer):
    """Four are, the others may be there."""
    page = treasurer.get(PAGE)
    assert (page.status_code, body(page).count("要ります")) == (200, 4)


def test_the_preview_says_what_would_be_learned(treasurer, hanako):
    """Whose row it is, by name; nothing is written."""
    page = upload(treasurer, ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}", "2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,"))
    assert (page.status_code, "徳本　花子" in body(page), "支援者ではない人" in body(page), "2件から覚える" in body(page)) == (
        200, True, True, True,
    )  # fmt: skip
    assert PastPayment.objects.count() == 0


def test_the_button_learns(treasurer, hanako):
    """And leads to the learned names; no money is booked."""
    response = treasurer.post(ROWS, carried(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"))
    assert (response.status_code, response["Location"]) == (302, reverse("donations:payer_names"))
    assert (PayerName.objects.get(origin=NameOrigin.LEARNED).supporter, Transaction.objects.count()) == (hanako, 0)


def test_pressing_twice_learns_once(treasurer, hanako):
    """The second time everything is known."""
    word = carried(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}")
    for _n in range(2):
        treasurer.post(ROWS, word)
    assert PayerName.objects.get(origin=NameOrigin.LEARNED).confirmed_count == 1


def test_bad_rows_are_shown_with_their_place(treasurer, hanako):
    """No button to learn the others."""
    page = upload(treasurer, ledger("2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,99999"))
    assert (page.status_code, "99999" in body(page), "件から覚える" in body(page)) == (422, True, False)


def test_a_known_file_says_so(treasurer, hanako):
    """Nothing new."""
    treasurer.post(ROWS, carried("2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,"))
    assert "みな覚えています" in body(upload(treasurer, ledger("2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,")))


def test_a_file_that_is_no_ledger_is_refused(treasurer, hanako):
    """The form stays, with the reason."""
    page = upload(treasurer, "氏名,住所\r\n徳本,東京".encode())
    assert (page.status_code, "の列がありません" in body(page)) == (422, True)


def test_no_file_is_refused(treasurer):
    """The field says so."""
    assert treasurer.post(PAGE, {}).status_code == 422


def test_a_number_in_a_note_is_refused_and_remembered(treasurer, hanako):
    """In the register of refusals; the number is nowhere on the page."""
    page = upload(treasurer, ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,マイナンバー 123456789018,"))
    assert (page.status_code, "123456789018" in body(page), Refusal.objects.get().place) == (422, False, "2行目 通信欄")


def test_a_number_in_a_note_may_be_blanked(treasurer, hanako):
    """Ticked, the file is read without it."""
    data = ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,マイナンバー 123456789018,")
    page = upload(treasurer, data, blank_numbers="on")
    assert (page.status_code, "123456789018" in body(page), "1か所で消して" in body(page)) == (200, False, True)


def test_a_changed_word_is_refused(treasurer, hanako):
    """What comes back must be what was shown."""
    assert treasurer.post(ROWS, {"table": carried("2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,")["table"] + "x"}).status_code == 422


def test_a_number_that_went_away_meanwhile_is_refused(treasurer, hanako):
    """The supporter was erased between preview and button."""
    word = carried(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}")
    hanako.delete()
    assert treasurer.post(ROWS, word).status_code == 422


def test_a_table_travels_unchanged():
    """Packed and unpacked it is the same."""
    table = read_history(ledger("2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,ありがとう,00013、00021"), "l.csv")
    assert unpack(pack(table)) == table


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_a_fixed_number_of_queries(treasurer, hanako, django_assert_num_queries, count):
    """One row and three rows cost the same."""
    data = ledger(*(f"2025-05-{day},3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}" for day in range(10, 10 + count)))
    with django_assert_num_queries(8):
        upload(treasurer, data)


@pytest.mark.parametrize("address", [PAGE, ROWS])
def test_an_outsider_is_sent_to_sign_in(outsider, address):
    """Nothing is shown."""
    assert outsider.post(address).status_code == 302


@pytest.mark.parametrize("address", [PAGE, ROWS])
def test_an_organiser_may_not(organiser, address):
    """The books are the treasurer's."""
    assert organiser.post(address).status_code == 403


def test_the_auditor_may_look_but_not_learn(auditor):
    """GET shows the page, POST is refused."""
    assert (auditor.get(PAGE).status_code, auditor.post(PAGE).status_code, auditor.post(ROWS).status_code) == (200, 403, 403)


def test_learning_needs_post(treasurer):
    """GET never writes."""
    assert treasurer.get(ROWS).status_code == 405
