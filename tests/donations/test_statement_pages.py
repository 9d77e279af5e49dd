"""銀行の明細: upload, look, import."""

import re
from dataclasses import replace

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donations import carried_file
from donations.importing import import_statement
from donations.models import BankStatement, Transaction
from members.models import AccountAlias
from privacy.models import AuditEvent, Refusal
from tests.donations.bank_file import bank_file, whole_days, year
from tests.donations.zengin_file import movements
from tests.factories.donations import BankStatementFactory, TransactionFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()
STATEMENTS = reverse("donations:statements")
PREVIEW = reverse("donations:statement_preview")
IMPORT = reverse("donations:statement_import")
LABELLED = "マイナンバー 123456789018"
NUMBERED = tuple(replace(row, detail_2=LABELLED) if row is YEAR[2] else row for row in YEAR)


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


def upload(client, data, **facts):
    return client.post(PREVIEW, {"file": SimpleUploadedFile("202611221736_01.csv", data), **facts})


def hidden(response):
    """The hidden fields of the import form."""
    return dict(re.findall(r'<input type="hidden" name="(carried|shown)" value="([^"]*)">', response.content.decode()))


def bring(client, data, **ticks):
    """Upload, then press the button of the preview with these ticks."""
    return client.post(IMPORT, {**hidden(upload(client, data)), **dict.fromkeys(ticks, "on")})


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# the list


def test_the_list_shows_each_account_with_its_files(treasurer, ours, now):
    """Days, rows, balances and who imported stand there, and the green sentence."""
    import_statement(data=bank_file(YEAR), at=now, by="choubo")
    shown = text(treasurer.get(STATEMENTS))
    assert all(part in shown for part in ("2026-04-03 〜 2026-09-02", "31,670円", "choubo", "残高は銀行と一致しています"))


def test_a_difference_is_said_in_yen(treasurer, ours, now):
    """With a gap accepted the page says by how much the ledger differs and who accepted it."""
    import_statement(data=bank_file(YEAR[:4]), at=now, by="choubo")
    import_statement(data=bank_file(YEAR[7:]), accept_gap=True, at=now, by="choubo")
    shown = text(treasurer.get(STATEMENTS))
    assert ("銀行の残高と 7,000円ちがいます" in shown, "差 7,000円を認めた: choubo" in shown) == (True, True)


def test_cash_is_not_compared_with_a_bank(treasurer):
    """The cash box has no bank's balance."""
    TransactionFactory(account=BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None))
    assert "銀行の残高はありません" in text(treasurer.get(STATEMENTS))


def test_the_auditor_sees_the_list_without_the_upload(auditor, ours):
    """Who may only read gets no form."""
    response = auditor.get(STATEMENTS)
    assert (response.status_code, PREVIEW in response.content.decode()) == (200, False)


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_takes_seven_queries(treasurer, ours, files, django_assert_num_queries):
    """Session, user, roles, files, ledgers, closed months, accounts for the form; however many files."""
    BankStatementFactory.create_batch(files, account=ours)
    with django_assert_num_queries(7):
        treasurer.get(STATEMENTS)


# the preview


def test_the_preview_shows_what_would_be_added(treasurer, ours):
    """New rows, sums, the balances of the bank; and nothing is written."""
    response = upload(treasurer, bank_file(YEAR))
    shown = text(response)
    assert (response.status_code, Transaction.objects.count(), BankStatement.objects.count()) == (200, 0, 0)
    assert all(part in shown for part in ("新しい行は 12行", "22,000円", "始めの残高 10,000円", "終わりの残高 31,670円", "ﾄｸﾓﾄ ﾊﾅｺ"))


def test_the_preview_counts_what_is_there_already(treasurer, ours, now):
    """Eight rows are known, four are new."""
    import_statement(data=bank_file(YEAR[:8]), at=now, by="choubo")
    assert "12行のうち、新しい行は 4行です" in text(upload(treasurer, bank_file(YEAR)))


def test_the_same_file_goes_to_its_page(treasurer, ours, now):
    """The very file imported before: its page, with a word."""
    made = import_statement(data=bank_file(YEAR), at=now, by="choubo").statement
    response = upload(treasurer, bank_file(YEAR))
    assert response.url == reverse("donations:statement", args=[made.pk])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\x03\x04 nothing", "形式は読めません"), (b"", "空"), (bank_file(YEAR).replace(b",15000,", b",15001,"), "15,001円")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(treasurer, ours, data, words):
    """Unknown, empty and broken files: 422 and a sentence, on the page with the form."""
    response = upload(treasurer, data)
    assert (response.status_code, words in text(response), PREVIEW in response.content.decode()) == (422, True, True)


def test_another_accounts_file_is_refused(treasurer, ours):
    """A file of somebody else's account goes no further."""
    response = upload(treasurer, bank_file(YEAR, account="00180-2-687915"))
    assert (response.status_code, "どれともちがいます" in text(response)) == (422, True)


def test_a_gap_is_shown_with_the_choices(treasurer, ours, now):
    """The yen, the two days, a tick to accept and a way to wait."""
    import_statement(data=bank_file(YEAR[:4]), at=now, by="choubo")
    shown = text(upload(treasurer, bank_file(YEAR[7:])))
    assert all(part in shown for part in ("2026年5月1日と2026年6月30日の間で、差し引き 7,000円", "このちがいを認めて", "足りないファイルを待つ"))


def test_a_past_changed_without_later_days_has_no_button(treasurer, ours, now):
    """Nothing could be added: the page says so and offers no import."""
    import_statement(data=bank_file(YEAR), at=now, by="choubo")
    other = bank_file(year(20_000))
    response = upload(treasurer, other)
    assert (response.status_code, IMPORT in response.content.decode(), "足せる行はありません" in text(response)) == (200, False, True)


def test_the_number_itself_is_nowhere_on_the_page(treasurer, ours):
    """The preview names the line; neither the page nor the signed field holds the number."""
    response = upload(treasurer, bank_file(NUMBERED))
    carried = signing.loads(hidden(response)["carried"], salt=carried_file.SALT)
    assert ("10行目の「詳細２」" in text(response), "123456789018" in response.content.decode(), "123456789018" in str(carried)) == (True, False, False)


# the import


def test_the_button_imports_what_was_shown(treasurer, ours):
    """Twelve rows are stored by who pressed, and the page of the file follows."""
    response = bring(treasurer, bank_file(YEAR))
    made = BankStatement.objects.get()
    assert (response.url, made.imported_by, Transaction.objects.count()) == (reverse("donations:statement", args=[made.pk]), "choubo", 12)


def test_pressing_twice_imports_once(treasurer, ours):
    """The second press finds everything there."""
    fields = hidden(upload(treasurer, bank_file(YEAR)))
    pages = [treasurer.post(IMPORT, fields).url for _ in range(2)]
    assert (pages[0] == pages[1], Transaction.objects.count()) == (True, 12)


def test_a_gap_is_not_imported_without_the_tick(treasurer, ours, now):
    """The preview comes back with the sentence."""
    import_statement(data=bank_file(YEAR[:4]), at=now, by="choubo")
    response = bring(treasurer, bank_file(YEAR[7:]))
    assert (response.status_code, Transaction.objects.count(), 'role="alert"' in response.content.decode()) == (422, 4, True)


def test_a_gap_is_imported_with_the_tick(treasurer, ours, now):
    """Who ticked is recorded with the yen."""
    import_statement(data=bank_file(YEAR[:4]), at=now, by="system")
    bring(treasurer, bank_file(YEAR[7:]), accept_gap=True)
    made = BankStatement.objects.latest("pk")
    assert (made.gap_yen, made.gap_accepted_by, Transaction.objects.count()) == (7000, "choubo", 9)


def test_another_gap_than_the_one_shown_is_not_accepted(treasurer, ours, now):
    """While the page was open somebody imported June: the tick was for 7,000 yen, not for 5,000."""
    import_statement(data=bank_file(YEAR[:4]), at=now, by="choubo")
    fields = hidden(upload(treasurer, bank_file(YEAR[8:])))
    import_statement(data=whole_days(YEAR[4:6], YEAR[3].booked_on, YEAR[5].booked_on), accept_gap=True, at=now, by="choubo")
    response = treasurer.post(IMPORT, {**fields, "accept_gap": "on"})
    assert (response.status_code, Transaction.objects.count(), "帳簿が変わりました" in text(response)) == (422, 6, True)


def test_an_unknown_spelling_needs_the_tick_once(treasurer, ours):
    """Without the tick nothing; with it the spelling is remembered."""
    data = bank_file(YEAR, account="00100-*-***745")
    without = bring(treasurer, data)
    bring(treasurer, data, is_this_account=True)
    assert (without.status_code, AccountAlias.objects.get().as_written, Transaction.objects.count()) == (422, "00100-*-***745", 12)


def test_a_number_needs_the_tick(treasurer, ours):
    """Without it nothing is stored and the refusal is registered."""
    response = bring(treasurer, bank_file(NUMBERED))
    assert (response.status_code, Transaction.objects.count(), Refusal.objects.get().place) == (422, 0, "銀行の明細")


def test_with_the_tick_the_row_comes_without_its_number(treasurer, ours):
    """The money is booked, the number is not."""
    bring(treasurer, bank_file(NUMBERED), blank_numbers=True)
    assert (Transaction.objects.count(), Transaction.objects.filter(number_was_blanked=True).count()) == (12, 1)


def test_rows_changed_on_the_way_are_refused(treasurer, ours):
    """One sign of the signed field changed: nothing is imported."""
    fields = hidden(upload(treasurer, bank_file(YEAR)))
    fields["carried"] = fields["carried"][:-1] + ("A" if fields["carried"][-1] != "A" else "B")
    response = treasurer.post(IMPORT, fields)
    assert (response.status_code, Transaction.objects.count(), "壊れています" in text(response)) == (422, 0, True)


def test_an_old_preview_is_refused(treasurer, ours, monkeypatch):
    """Half an hour later the file has to be chosen again."""
    fields = hidden(upload(treasurer, bank_file(YEAR)))
    monkeypatch.setattr(carried_file, "MINUTES", -1)
    response = treasurer.post(IMPORT, fields)
    assert (response.status_code, "時間がたちすぎました" in text(response)) == (422, True)


def test_an_import_without_rows_is_refused(treasurer, ours):
    """A form sent by hand, empty."""
    assert treasurer.post(IMPORT, {}).status_code == 422


# one file


def test_a_files_page_lists_its_rows(treasurer, ours, now):
    """The rows that came with it, and how far each is reconciled."""
    made = import_statement(data=bank_file(YEAR), at=now, by="choubo").statement
    shown = text(treasurer.get(reverse("donations:statement", args=[made.pk])))
    assert (shown.count("照合待ち"), "入金の照合へ進む" in shown) == (10, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_files_page_takes_six_queries(treasurer, ours, now, rows, django_assert_num_queries):
    """Session, user, roles, file, count, rows."""
    made = import_statement(data=bank_file(YEAR[:rows]), at=now, by="choubo").statement
    with django_assert_num_queries(6):
        treasurer.get(reverse("donations:statement", args=[made.pk]))


# who may


@pytest.mark.parametrize("address", [STATEMENTS, reverse("donations:statement", args=[1])])
def test_an_outsider_is_sent_to_the_sign_in(outsider, treasurer, address):
    """Nobody sees the books without signing in."""
    assert outsider.get(address).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, role):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(STATEMENTS).status_code == 403


@pytest.mark.parametrize("address", [PREVIEW, IMPORT])
def test_the_auditor_may_not_import(auditor, address):
    """Reading is not writing."""
    assert auditor.post(address).status_code == 403


@pytest.mark.parametrize(("method", "address"), [("post", STATEMENTS), ("get", PREVIEW), ("get", IMPORT), ("post", reverse("donations:statement", args=[1]))])
def test_other_methods_are_not_taken(treasurer, method, address):
    """Each page takes only its own methods."""
    assert getattr(treasurer, method)(address).status_code == 405


def test_an_unknown_file_is_not_found(treasurer):
    """No such import."""
    assert treasurer.get(reverse("donations:statement", args=[999])).status_code == 404


def test_a_preview_writes_nothing(treasurer, ours):
    """Not even an event: what nobody imports was only looked at."""
    upload(treasurer, bank_file(NUMBERED))
    assert (AuditEvent.objects.count(), Refusal.objects.count()) == (0, 0)


# another kind of file


def test_a_file_of_another_kind_is_compared(treasurer, ours, now):
    """The page says what is the same and offers no import; only the comparison is recorded."""
    import_statement(data=bank_file(YEAR), at=now, by="choubo")
    response = upload(treasurer, movements(YEAR[:8]))
    shown = text(response)
    assert all(part in shown for part in ("全銀の入出金取引明細", "日と金額がすべて同じです(8行)", "この形式に変えたいとき"))
    assert (IMPORT in response.content.decode(), AuditEvent.objects.latest("pk").action) == (False, "donations.formats_compared")


def test_a_file_that_takes_over_says_so(treasurer, ours, now):
    """New days, the balance ties: the preview tells of the change and has its button."""
    import_statement(data=whole_days(YEAR[:8], YEAR[0].booked_on, YEAR[7].booked_on), at=now, by="choubo")
    response = upload(treasurer, movements(YEAR[6:]))
    assert ("ここからこの形式に変えられます" in text(response), IMPORT in response.content.decode()) == (True, True)
