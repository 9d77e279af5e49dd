"""列の名前: an unknown CSV becomes a known one by a few choices."""

import re
from datetime import date

import pytest
from django.core import signing
from django.urls import reverse

from donations import guarded_table
from donations.models import BankStatement, MappedColumn, SavedMapping, Transaction
from privacy.models import AuditEvent, Refusal
from tests.donations.other_bank import (
    CSV,
    MORE,
    ROLES,
    TEACH,
    anser,
    carried,
    choices,
    other_bank,
    teach,
    upload,
)
from tests.factories.donations import SavedMappingFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
LIST = reverse("donations:mappings")
IMPORT = reverse("donations:statement_import")
LABELLED = "マイナンバー 123456789018"


@pytest.fixture
def ours():
    return other_bank()


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def bring(client, response):
    """Press the import button of a preview."""
    fields = dict(re.findall(r'<input type="hidden" name="(carried|shown)" value="([^"]*)">', response.content.decode()))
    return client.post(IMPORT, fields)


# a file nobody knows


def test_an_unknown_csv_is_no_dead_end(treasurer, ours):
    """The refusal offers to name the columns, and writes nothing."""
    response = upload(treasurer)
    assert (response.status_code, "列の名前をおしえる" in text(response), AuditEvent.objects.count()) == (422, True, 0)


def test_a_pdf_is_one(treasurer, ours):
    """What has no columns cannot be taught."""
    response = upload(treasurer, "%PDF-1.7 nothing")
    assert (response.status_code, TEACH in response.content.decode()) == (422, False)


def test_the_columns_are_shown_with_a_suggestion(treasurer, ours):
    """Each title with its first cells, the likely meaning chosen, and how the file reads with it."""
    response = treasurer.post(TEACH, {"carried": carried(upload(treasurer))})
    chosen = re.findall(r'<option value="(\w+)" selected>', response.content.decode())
    assert [role for role in chosen if role in ROLES] == list(ROLES)
    assert all(part in text(response) for part in ("全部で 3行。入金の合計 4,000円、出金の合計 330円", "残高のつながりも", "101,000"))


def test_another_line_can_be_the_header(treasurer, ours):
    """The columns are asked anew from that line."""
    response = treasurer.post(TEACH, {"carried": carried(upload(treasurer)), "do": "header", "line": 2, "header_line": 3})
    assert 'name="column_3_0"' in response.content.decode()


def test_a_choice_that_cannot_be_read_says_why(treasurer, ours):
    """No day: the sentence stands where the rows would."""
    response = teach(treasurer, ours, do="look", roles=("unused", *ROLES[1:]))
    assert (response.status_code, "日付の列がありません" in text(response)) == (200, True)


def test_a_cell_that_cannot_be_read_is_named(treasurer, ours):
    """The payer taken for the day: line, column, what stands there."""
    response = teach(treasurer, ours, do="look", roles=("unused", "day", "paid_out", "received", "balance", "detail_2"))
    assert all(part in text(response) for part in ("3行目の「お取引内容」", "日付を読めません", "振込"))


def test_htmx_gets_only_the_rows(treasurer, ours):
    """The part below the choices."""
    page = carried(upload(treasurer))
    response = treasurer.post(TEACH, {"carried": page, "do": "look", **choices(ours)}, headers={"HX-Request": "true"})
    assert (response.content.decode().startswith('<section id="look"'), "全部で 3行" in text(response)) == (True, True)


def test_looking_keeps_nothing(treasurer, ours):
    """Neither the form nor an event."""
    teach(treasurer, ours, do="look")
    assert (SavedMapping.objects.count(), AuditEvent.objects.count()) == (0, 0)


# keeping it


def test_the_named_columns_lead_to_the_preview(treasurer, ours):
    """The form is kept, the same file goes on, nothing is imported yet."""
    response = teach(treasurer, ours)
    saved = SavedMapping.objects.get()
    assert (saved.name, saved.account, saved.made_by, Transaction.objects.count()) == ("みどり信用金庫", ours, "choubo", 0)
    assert "3行のうち、新しい行は 3行です" in text(response)


def test_the_whole_header_is_kept(treasurer, ours):
    """Each title with its meaning, also those that are not used."""
    teach(treasurer, ours, roles=("day", "unused", "paid_out", "received", "balance", "detail_2"))
    kept = MappedColumn.objects.order_by("place").values_list("title", "role")
    assert list(kept)[:3] == [("取引日", "day"), ("お取引内容", "unused"), ("お支払金額", "paid_out")]


def test_the_taught_file_is_imported(treasurer, ours):
    """The button of the preview brings the rows, and the import says by which form."""
    bring(treasurer, teach(treasurer, ours))
    made = BankStatement.objects.get()
    assert (made.account, made.mapping, made.format) == (ours, SavedMapping.objects.get(), "mapped_csv")
    rows = Transaction.objects.order_by("position").values_list("booked_on", "received_yen", "paid_out_yen", "detail_2", "balance_yen")
    assert list(rows) == [
        (date(2026, 9, 1), 1000, 0, "ﾔﾏﾀﾞ ﾊﾅｺ", 101_000),
        (date(2026, 9, 2), 0, 330, "", 100_670),
        (date(2026, 9, 5), 3000, 0, "ﾐﾄﾞﾘﾉｶｲ", 103_670),
    ]


def test_next_time_nobody_asks(treasurer, ours):
    """The next file is known by its header, its account too; only the new row is new."""
    bring(treasurer, teach(treasurer, ours))
    response = upload(treasurer, MORE)
    assert (response.status_code, "4行のうち、新しい行は 1行です" in text(response), "みどり 0000001" in text(response)) == (200, True, True)


def test_a_header_that_changed_is_asked_again(treasurer, ours):
    """One more column: nobody guesses."""
    teach(treasurer, ours)
    response = upload(treasurer, CSV.replace("お名前", "お名前,店").replace("\r\n", ",\r\n"))
    assert (response.status_code, "列の名前をおしえる" in text(response)) == (422, True)


@pytest.mark.parametrize(("folded", "line"), [(False, 1), (True, 0)])
def test_the_form_of_anser_is_taught(treasurer, ours, folded, line):
    """Thirteen quoted cells a row, or twenty-six with the titles in each; the account in each row is ours by its number."""
    roles = ["account", "external_id", "day", "unused", "paid_out", "received", "unused", "balance", "detail_1", "unused", "unused", "unused", "detail_2"]
    response = teach(treasurer, ours, text=anser(folded=folded), line=line, roles=roles, name="ANSER")
    bring(treasurer, response)
    rows = Transaction.objects.order_by("position").values_list("booked_on", "received_yen", "detail_2", "external_id")
    assert list(rows) == [(date(2026, 9, 1), 1000, "ﾔﾏﾀﾞ ﾊﾅｺ1", "00001"), (date(2026, 9, 2), 1000, "ﾔﾏﾀﾞ ﾊﾅｺ2", "00002")]
    assert "3行のうち、新しい行は 1行です" in text(upload(treasurer, anser(3, folded=folded)))


def test_a_file_of_another_account_keeps_nothing(treasurer, ours):
    """The file names another account of ours than the chosen one: refused before the form is kept."""
    BankAccountFactory()
    roles = ["account", "unused", "day", "unused", "paid_out", "received", "unused", "balance", "unused", "unused", "unused", "unused", "detail_2"]
    response = teach(treasurer, ours, text=anser().replace("ﾎﾝﾃﾝ 普通 0000001 ﾋﾄｸﾁﾉｶｲ", "00100-2-729745"), line=1, roles=roles)
    assert (response.status_code, SavedMapping.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("facts", "words"), [({"name": ""}, "必須"), ({"roles": ("unused", *ROLES[1:])}, "日付の列がありません"), ({"account": 0}, "選")]
)
def test_what_is_missing_is_said_and_the_choices_stay(treasurer, ours, facts, words):
    """No name, no day, no account: 422, nothing kept, the columns still chosen."""
    response = treasurer.post(TEACH, {"carried": carried(upload(treasurer)), "do": "save", **choices(ours, **{k: v for k, v in facts.items() if k != "account"}), **{k: v for k, v in facts.items() if k == "account"}})
    assert (response.status_code, words in text(response), SavedMapping.objects.count()) == (422, True, 0)
    assert '<option value="received" selected>' in response.content.decode()


def test_a_name_that_is_taken_is_refused(treasurer, ours):
    """Two forms under one name could not be told apart."""
    SavedMappingFactory(account=ours, name="みどり信用金庫")
    response = teach(treasurer, ours)
    assert (response.status_code, "もう別の列の形に使っています" in text(response)) == (422, True)


def test_a_page_that_was_changed_on_the_way_is_refused(treasurer, ours):
    """One sign of the signed word is another."""
    word = carried(upload(treasurer))
    response = treasurer.post(TEACH, {"carried": word[:-1] + ("A" if word[-1] != "A" else "B")})
    assert (response.status_code, "壊れています" in text(response)) == (422, True)


# numbers of persons


def test_a_number_in_the_file_is_nowhere_on_the_page(treasurer, ours):
    """Neither in the cells nor in the signed word; the page says that one was there."""
    response = treasurer.post(TEACH, {"carried": carried(upload(treasurer, CSV.replace("ﾐﾄﾞﾘﾉｶｲ", LABELLED)))})
    facts = signing.loads(carried(response), salt=guarded_table.SALT)
    assert ("123456789018" in response.content.decode(), "123456789018" in str(facts), "5行目など 1か所" in text(response)) == (False, False, True)


def test_a_number_still_needs_the_tick(treasurer, ours):
    """The preview asks as it does for every file; without the tick nothing is imported and the refusal is noted."""
    preview = teach(treasurer, ours, text=CSV.replace("ﾐﾄﾞﾘﾉｶｲ", LABELLED))
    response = bring(treasurer, preview)
    assert ("番号だけ消して取り込む" in text(preview), response.status_code) == (True, 422)
    assert (Transaction.objects.count(), Refusal.objects.count()) == (0, 1)


# the list


def test_the_list_shows_what_each_column_means(treasurer, ours):
    """Name, account, titles, who taught it."""
    teach(treasurer, ours)
    shown = text(treasurer.get(LIST))
    assert all(part in shown for part in ("みどり信用金庫", "みどり 0000001", "お預り金額", "choubo"))


def test_a_form_gets_another_name(treasurer, ours):
    """The new name stands in the list."""
    saved = SavedMappingFactory(account=ours)
    response = treasurer.post(reverse("donations:mapping_rename", args=[saved.pk]), {f"{saved.pk}-name": "しんきん"})
    saved.refresh_from_db()
    assert (response.url, saved.name) == (LIST, "しんきん")


@pytest.mark.parametrize("name", ["", "ほかの形"])
def test_a_name_that_will_not_do_is_refused(treasurer, ours, name):
    """Empty or taken: 422, the old name stays."""
    SavedMappingFactory(account=ours, name="ほかの形", titles=("日付", "入金", "備考"))
    saved = SavedMappingFactory(account=ours)
    response = treasurer.post(reverse("donations:mapping_rename", args=[saved.pk]), {f"{saved.pk}-name": name})
    saved.refresh_from_db()
    assert (response.status_code, saved.name != name) == (422, True)


def test_a_form_no_longer_used_is_not_asked(treasurer, ours):
    """It leaves the list, and its file is unknown again."""
    teach(treasurer, ours)
    saved = SavedMapping.objects.get()
    treasurer.post(reverse("donations:mapping_retire", args=[saved.pk]))
    assert ("まだ何も覚えていません" in text(treasurer.get(LIST)), upload(treasurer).status_code) == (True, 422)


@pytest.mark.parametrize("forms", [1, 3])
def test_the_list_takes_five_queries(treasurer, ours, forms, django_assert_num_queries):
    """Session, user, roles, forms with accounts, columns."""
    for number in range(forms):
        SavedMappingFactory(account=ours, name=f"形{number}")
    with django_assert_num_queries(5):
        treasurer.get(LIST)


# who may


def test_an_outsider_is_sent_to_the_sign_in(outsider):
    """Nobody sees the forms without signing in."""
    assert outsider.get(LIST).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, role):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(LIST).status_code == 403


def test_the_auditor_sees_the_list_without_buttons(auditor, ours):
    """Who may only read gets no form."""
    saved = SavedMappingFactory(account=ours)
    response = auditor.get(LIST)
    assert (response.status_code, reverse("donations:mapping_retire", args=[saved.pk]) in response.content.decode()) == (200, False)


@pytest.mark.parametrize("address", [TEACH, reverse("donations:mapping_rename", args=[1]), reverse("donations:mapping_retire", args=[1])])
def test_the_auditor_may_not_teach(auditor, address):
    """Reading is not writing."""
    assert auditor.post(address).status_code == 403


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", LIST), ("get", TEACH), ("get", reverse("donations:mapping_rename", args=[1])), ("get", reverse("donations:mapping_retire", args=[1]))],
)
def test_other_methods_are_not_taken(treasurer, method, address):
    """Each page takes only its own methods."""
    assert getattr(treasurer, method)(address).status_code == 405


@pytest.mark.parametrize("what", ["rename", "retire"])
def test_an_unknown_form_is_not_found(treasurer, what):
    """No such form."""
    assert treasurer.post(reverse(f"donations:mapping_{what}", args=[999])).status_code == 404
