"""The desk: what each role sees on the home page, the first run, the audit trail and the backups page."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from members.models import Association, BankAccount
from office.audit_words import WORDS
from office.models import Backup
from privacy.models import AuditEvent
from privacy.recording import record
from tests.factories.donations import AllocationFactory, BankStatementFactory, SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, SupporterFactory

ROOT = Path(__file__).resolve().parents[2]
FIRST_RUN = {
    "name": "みずうみの会", "account_number": "00100-2-729745", "fiscal_year_start_month": "4",
    "user_name": "kaikei", "password": "mizuumi-no-sakana", "password_again": "mizuumi-no-sakana",
}


def text_of(client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["office:home", "office:audit", "office:backups"])
def test_pages_work(treasurer, name) -> None:
    """The treasurer opens them."""
    AssociationFactory()
    assert treasurer.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["office:audit", "office:backups"])
def test_the_organiser_is_refused(organiser, name) -> None:
    """Settings are not for every role."""
    assert organiser.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["office:home", "office:audit", "office:backups"])
def test_pages_take_no_post(treasurer, name) -> None:
    """They only show."""
    assert treasurer.post(reverse(name)).status_code == 405


def test_the_home_page_counts_what_waits(treasurer) -> None:
    """One unreconciled row, one payment due for a receipt."""
    AssociationFactory()
    TransactionFactory()
    AllocationFactory()
    page = text_of(treasurer, "office:home")
    assert ("まだ照合していない入金が 1 件" in page, "領収書を発行できる入金が 1 件" in page) == (True, True)


def test_the_home_page_ties_the_yen(treasurer) -> None:
    """Received = reconciled + set aside + open, to the yen."""
    AssociationFactory()
    TransactionFactory(received_yen=12_345)
    assert text_of(treasurer, "office:home").count("12,345円") >= 2


def test_the_organiser_sees_no_yen_on_the_home_page(organiser) -> None:
    """Only how many have paid."""
    AssociationFactory()
    SupporterFactory(units=2)
    AllocationFactory(transaction__received_yen=12_345)
    page = text_of(organiser, "office:home")
    assert ("12,345" in page, "円" in page, "払った" in page) == (False, False, True)


def test_the_administrator_sees_neither_yen_nor_supporters(admin) -> None:
    """Only settings and backups."""
    AssociationFactory()
    AllocationFactory(transaction__received_yen=12_345)
    page = text_of(admin, "office:home")
    assert ("12,345" in page, "払った" in page, "控え" in page) == (False, False, True)


def test_before_the_group_is_set_up_the_home_page_says_so(treasurer) -> None:
    """The one task is the group's settings."""
    assert "会の設定をする" in text_of(treasurer, "office:home")


def test_nothing_to_do_is_said(printer) -> None:
    """Zero is a sentence."""
    AssociationFactory()
    assert "今日することはありません。" in text_of(printer, "office:home")


@pytest.mark.parametrize(("days", "words"), [(0, "今日です"), (9, "9 日前です")])
def test_the_home_page_says_how_old_the_backup_is(treasurer, days, words) -> None:
    """In days."""
    AssociationFactory()
    Backup.objects.create(at=timezone.now() - timedelta(days=days), by="kaikei", size_bytes=1, sha256="0" * 64)
    assert words in text_of(treasurer, "office:home")


def test_an_old_statement_is_a_task(treasurer) -> None:
    """After five weeks the page asks for the next file."""
    AssociationFactory()
    BankStatementFactory(last_on=timezone.localdate() - timedelta(days=36))
    assert "新しい明細を取り込んでください" in text_of(treasurer, "office:home")


def test_rows_without_a_name_and_slips_without_a_row_are_tasks(treasurer) -> None:
    """Each with its number and the page of the slips."""
    AssociationFactory()
    TransactionFactory(detail_2="")
    SlipFactory(amount_yen=500)
    SlipFactory(amount_yen=700)
    shown = text_of(treasurer, "office:home")
    assert ("名前のない入金が 1 件あります" in shown, "行を待っている払込票が 2 枚あります" in shown) == (True, True)


@pytest.mark.parametrize(("rows", "queries"), [(1, 21), (3, 21)])
def test_the_home_page_costs_the_same_for_any_number_of_rows(
    treasurer, django_assert_num_queries, rows, queries
) -> None:
    """No query per row."""
    AssociationFactory()
    for _row in range(rows):
        AllocationFactory()
        TransactionFactory()
    with django_assert_num_queries(queries):
        treasurer.get(reverse("office:home"))


def test_a_new_installation_leads_to_the_first_run(newcomer) -> None:
    """Before the first user, every page leads there."""
    assert newcomer.get("/").url == reverse("office:first_run")


def test_the_first_run_makes_group_account_and_user(newcomer) -> None:
    """And signs the user in."""
    newcomer.post(reverse("office:first_run"), FIRST_RUN)
    assert (
        Association.get().name, BankAccount.objects.exclude(number="").get().number, User.objects.get().username,
        newcomer.get("/").status_code,
    ) == ("みずうみの会", "00100-2-729745", "kaikei", 200)


@pytest.mark.parametrize(
    "change",
    [{"account_number": "00100-2-729746"}, {"password_again": "chigau"}, {"password": "mijikai", "password_again": "mijikai"}, {"name": ""}],
)
def test_a_wrong_first_run_makes_nothing(newcomer, change) -> None:
    """422, and neither group nor user."""
    answer = newcomer.post(reverse("office:first_run"), {**FIRST_RUN, **change})
    assert (answer.status_code, Association.objects.count(), User.objects.count()) == (422, 0, 0)


def test_the_first_run_closes_behind_the_first_user(outsider, treasurer) -> None:
    """Nobody else can make themselves a user there."""
    outsider.post(reverse("office:first_run"), FIRST_RUN)
    assert (outsider.get(reverse("office:first_run")).url, Association.objects.count()) == ("/accounts/login/", 0)


def test_the_first_run_takes_no_other_method(newcomer) -> None:
    """Only GET and POST."""
    assert newcomer.put(reverse("office:first_run")).status_code == 405


def test_the_audit_page_speaks_plainly(treasurer, now) -> None:
    """The action stands there in Japanese words."""
    record(action="receipts.voided", at=now, by="insatsu", changed=["state"])
    page = text_of(treasurer, "office:audit")
    assert ("領収書を無効にしました" in page, "receipts.voided" in page) == (True, False)


@pytest.mark.parametrize(("rows", "queries"), [(1, 5), (3, 5)])
def test_the_audit_page_costs_the_same_for_any_number_of_rows(
    treasurer, django_assert_num_queries, now, rows, queries
) -> None:
    """No query per row."""
    AuditEvent.objects.all().delete()
    for _row in range(rows):
        record(action="receipts.voided", at=now)
    with django_assert_num_queries(queries):
        treasurer.get(reverse("office:audit"))


def test_every_recorded_action_has_words() -> None:
    """No action in the code is shown by its bare id."""
    rooms = ["accounts", "members", "donations", "receipts", "newsletters", "office"]
    named = {
        keyword.value.value
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "action" and isinstance(keyword.value, ast.Constant) and "." in str(keyword.value.value)
        and not str(keyword.value.value).startswith("store")
    }
    assert sorted(named - set(WORDS)) == []


def test_an_unknown_page_is_answered_in_words(treasurer) -> None:
    """404 with the way back."""
    answer = treasurer.get("/nothing-here/")
    assert (answer.status_code, "ページが見つかりません" in answer.content.decode()) == (404, True)
