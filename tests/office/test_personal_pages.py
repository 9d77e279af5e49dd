"""The pages of disclosure, erasure and the notice."""

import json

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse

from members.models import Supporter
from office.holdings import holdings
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.receipts import make_receipt


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def hanako(db) -> Supporter:
    AssociationFactory()
    return SupporterFactory(name="徳本　花子", email="hanako@example.jp")


def erase_page(supporter: Supporter) -> str:
    return reverse("office:erase", args=[supporter.number])


def disclosure(supporter: Supporter) -> str:
    return reverse("office:disclosure", args=[supporter.number])


def test_the_notice_is_for_everybody(outsider) -> None:
    """No sign-in: purposes, terms, and what is never collected."""
    AssociationFactory()
    page = outsider.get(reverse("office:privacy_notice")).content.decode()
    assert ("マイナンバー" in page, "領収書と通信を、まちがいなく届けるため" in page, "氏名・団体名、" in page) == (True, True, True)


def test_the_list_of_what_is_held_works(auditor) -> None:
    """Every table that tells of persons."""
    assert "払込票" in auditor.get(reverse("office:held")).content.decode()


def test_outsiders_see_no_list(outsider) -> None:
    """To the sign-in."""
    assert outsider.get(reverse("office:held")).status_code == 302


def test_the_erase_page_says_what_goes(treasurer, hanako) -> None:
    """Before anything is done."""
    make_receipt(hanako)
    page = treasurer.get(erase_page(hanako)).content.decode()
    assert ("銀行の明細 1 行の払込人名" in page, "領収書 1 枚の宛名" in page) == (True, True)


def test_erasing_asks_for_the_number(treasurer, hanako) -> None:
    """A wrong number changes nothing."""
    answer = treasurer.post(erase_page(hanako), {"again": "9"})
    hanako.refresh_from_db()
    assert (answer.status_code, hanako.name) == (422, "徳本　花子")


def test_erasing_erases(treasurer, hanako) -> None:
    """And leads back to what is left."""
    answer = treasurer.post(erase_page(hanako), {"again": hanako.number})
    hanako.refresh_from_db()
    assert (answer.status_code, hanako.name, hanako.email) == (302, "(消去した支援者)", "")


@pytest.mark.parametrize("who", ["auditor", "organiser", "printer", "admin"])
@pytest.mark.parametrize("address", [erase_page, disclosure])
def test_only_the_treasurer_acts(request, hanako, who, address) -> None:
    """403 for everybody else."""
    assert request.getfixturevalue(who).post(address(hanako)).status_code == 403


@pytest.mark.parametrize("address", [erase_page, disclosure])
def test_outsiders_are_sent_to_sign_in(outsider, hanako, address) -> None:
    """302."""
    assert outsider.post(address(hanako)).status_code == 302


@pytest.mark.parametrize("name", ["office:erase", "office:disclosure"])
def test_an_unknown_number_is_not_there(treasurer, name) -> None:
    """404."""
    assert treasurer.post(reverse(name, args=["404"])).status_code == 404


def test_disclosure_is_asked_for_by_a_button(treasurer, hanako) -> None:
    """405 for an address that was typed."""
    assert treasurer.get(disclosure(hanako)).status_code == 405


def test_everything_is_in_the_json(treasurer, hanako) -> None:
    """Who, what was paid, the receipt, the bank's words; no name of a user."""
    make_receipt(hanako, transaction__detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    told = json.loads(treasurer.post(disclosure(hanako), {"form": "json"}).content)
    kinds = [one["kind"] for one in told["held"]]
    (row,) = [one["records"][0] for one in told["held"] if one["kind"] == "明細の行"]
    assert (kinds, row["詳細２(払込人名)"], "choubo" in json.dumps(told)) == (
        ["支援者", "払込人名", "明細の行", "入金の確定", "領収書", "領収書の行"], "ﾄｸﾓﾄ ﾊﾅｺ", False,
    )  # fmt: skip


def test_everything_is_in_the_pdf(treasurer, hanako, tmp_path) -> None:
    """The same, to be printed."""
    make_receipt(hanako)
    file = tmp_path / "a.pdf"
    file.write_bytes(treasurer.post(disclosure(hanako), {"form": "pdf"}).content)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert ("徳本" in text, "hanako@example.jp" in text, "お預かりしている個人情報" in text) == (True, True, True)


def test_nobody_else_is_told(hanako) -> None:
    """Rows and names of others stay out."""
    AllocationFactory(supporter=SupporterFactory(name="森　進"))
    TransactionFactory(detail_2="ﾓﾘ ｽｽﾑ")
    assert [one.title for one in holdings(hanako)] == ["支援者", "払込人名"]


def test_the_commands_write_and_erase(hanako, tmp_path) -> None:
    """The same by hand."""
    call_command("disclose", hanako.number, "--output", str(tmp_path / "a.json"))
    call_command("erase_supporter", hanako.number)
    hanako.refresh_from_db()
    told = json.loads((tmp_path / "a.json").read_text())
    assert (told["held"][0]["records"][0]["氏名・団体名"], hanako.name) == ("徳本　花子", "(消去した支援者)")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_erase_page_costs_the_same_for_any_number_of_rows(treasurer, hanako, django_assert_num_queries, rows) -> None:
    """No query per row."""
    for _one in range(rows):
        AllocationFactory(supporter=hanako)
    with django_assert_num_queries(7):
        treasurer.get(erase_page(hanako))
