"""払込票: the sheet typed beside the paper, the list of today, what waits, and one slip."""

import re
from datetime import date

import pytest
from django.urls import reverse

from donations.cash_form import new_entry_key
from donations.models import Slip
from tests.factories.donations import AllocationFactory, SlipFactory, TheAccountFactory, TransactionFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
SLIPS = reverse("donations:slips")
OCT_3 = date(2026, 10, 3)


@pytest.fixture
def account():
    return TheAccountFactory()


def sheet(account, **facts):
    return {
        "account": account.pk, "day": "2026-10-03", "amount_yen": "3,000", "message": "会費", "postal_code": "123-4567",
        "address": "みどり市1-2", "payer_name": "徳本 花子", "kana": "トクモト ハナコ", "phone": "", "supporter_number": "",
        "entry_key": new_entry_key(), **facts,
    }  # fmt: skip


def nameless(yen=3000, on=OCT_3, **facts):
    return TransactionFactory(received_yen=yen, booked_on=on, detail_1="通常払込み", detail_2="", **facts)


def address_of(name, slip):
    return reverse(f"donations:{name}", args=[slip.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def type_one(client, account, **facts):
    """Post one sheet and give the page that comes after it."""
    return text(client.get(client.post(SLIPS, sheet(account, **facts)).url))


# typing


def test_an_empty_sheet_waits(treasurer, account):
    """The cursor is in the amount; one account needs no choosing."""
    page = treasurer.get(SLIPS).content.decode()
    assert re.search(r'name="amount_yen"[^>]* autofocus', page)
    assert re.search(rf'type="hidden" name="account" value="{account.pk}"', page)


def test_a_slip_is_kept_and_its_row_named(treasurer, account):
    """The next empty sheet says on which row it was hung."""
    row = nameless()
    shown = type_one(treasurer, account)
    assert ("10月3日の3,000円の行に付けました。" in shown, Slip.objects.get().transaction) == (True, row)


def test_a_slip_without_a_row_waits(treasurer, account):
    """What to do next is said: nothing, the import does it."""
    assert "まだ行がありません。明細を取り込むと自動で付きます。" in type_one(treasurer, account)


def test_several_rows_are_asked_about(treasurer, account):
    """Both are offered; the person may go on typing."""
    nameless()
    nameless(on=date(2026, 10, 5))
    shown = type_one(treasurer, account)
    assert all(part in shown for part in ("あてはまる行が2件あります", "10月3日 3,000円", "10月5日 3,000円", "この行に付ける"))


def test_the_rest_of_a_daily_sum_is_shown(treasurer, account):
    """Until the sum is complete; then it says so."""
    nameless(yen=9000)
    type_one(treasurer, account)
    second = type_one(treasurer, account, amount_yen="2000", payer_name="佐藤 一郎", kana="")
    third = type_one(treasurer, account, amount_yen="4000", payer_name="鈴木 恵", kana="")
    assert ("この行の残りは4,000円です" in second, "この行の払込票はそろいました" in third) == (True, True)


def test_the_next_sheet_keeps_the_day(treasurer, account):
    """A pile is of one day."""
    response = treasurer.post(SLIPS, sheet(account))
    assert 'name="day" value="2026-10-03"' in treasurer.get(response.url).content.decode()


def test_todays_slips_are_counted_and_summed(treasurer, account):
    """Newest first, each with the count and the sum up to it."""
    type_one(treasurer, account)
    type_one(treasurer, account, amount_yen="1500", kana="サトウ")
    page = treasurer.get(SLIPS).content.decode()
    lines = re.findall(r'<td class="number">(\d)</td><td class="yen">([\d,]+)円</td><td class="yen muted">([\d,]+)円', page)
    assert lines == [("2", "1,500", "4,500"), ("1", "3,000", "3,000")]


@pytest.mark.parametrize("typed", ["3000", "3,000", "３０００", "¥3,000", "3000円"])
def test_yen_are_read_however_typed(treasurer, account, typed):
    """Full width, commas and the yen sign."""
    treasurer.post(SLIPS, sheet(account, amount_yen=typed))
    assert Slip.objects.get().amount_yen == 3000


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"amount_yen": ""}, "必須"),
        ({"amount_yen": "0"}, "1円以上"),
        ({"day": "2126-10-03"}, "今日より先"),
        ({"payer_name": "", "kana": ""}, "名前かフリガナを入れてください"),
        ({"message": "マイナンバー 123456789018"}, "保存しませんでした"),
    ],
)
def test_a_wrong_sheet_comes_back_as_typed(treasurer, account, facts, words):
    """422, a sentence, the address still there, nothing kept."""
    response = treasurer.post(SLIPS, sheet(account, **facts))
    page = response.content.decode()
    assert (response.status_code, words in page, "みどり市1-2" in page, Slip.objects.count()) == (422, True, True, 0)


def test_an_unreadable_name_is_kept_when_said_so(treasurer, account):
    """The yen are there all the same."""
    treasurer.post(SLIPS, sheet(account, payer_name="", kana="", unreadable="on"))
    assert Slip.objects.get().name_written == ""


def test_the_same_slip_is_asked_about_with_a_box_to_tick(treasurer, account):
    """Ticked, it is kept as a second one."""
    treasurer.post(SLIPS, sheet(account))
    asked = treasurer.post(SLIPS, sheet(account))
    treasurer.post(SLIPS, sheet(account, is_second="on"))
    assert (asked.status_code, "同じ内容の2枚目です" in text(asked), Slip.objects.count()) == (422, True, 2)


def test_a_sheet_sent_twice_is_one_slip(treasurer, account):
    """The second press is no second slip and no question."""
    filled = sheet(account)
    assert [treasurer.post(SLIPS, filled).status_code for _ in range(2)] == [302, 302]
    assert Slip.objects.count() == 1


def test_cash_cannot_be_chosen(treasurer, account):
    """Slips pay into a transfer account."""
    box = BankAccountFactory(cash=True)
    assert (treasurer.post(SLIPS, sheet(box)).status_code, Slip.objects.count()) == (422, 0)


def test_without_a_transfer_account_the_page_says_so(treasurer):
    """There is nothing to type for."""
    assert "振替口座がまだありません" in text(treasurer.get(SLIPS))


# from a row


def test_a_row_opens_its_own_sheet(treasurer, account):
    """Day and yen are those of the row."""
    row = nameless(yen=4000, on=date(2026, 10, 9))
    page = treasurer.get(f"{SLIPS}?row={row.pk}").content.decode()
    assert ('name="day" value="2026-10-09"' in page, 'value="4000"' in page) == (True, True)


def test_a_slip_typed_from_a_row_hangs_on_it(treasurer, account):
    """Also where others would fit; the desk shows the row again."""
    row, _other = nameless(), nameless()
    response = treasurer.post(SLIPS, sheet(account, row=row.pk, back="desk"))
    assert (Slip.objects.get().transaction, f"row={row.pk}" in response.url) == (row, True)


def test_nameless_rows_are_listed(treasurer, account):
    """Those that say a name, are decided, or are covered by slips are not."""
    nameless(yen=4000)
    TransactionFactory(received_yen=5000)
    SlipFactory(transaction=nameless(yen=6000))
    shown = text(treasurer.get(SLIPS)).split("払込票を待っている入金")[1]
    assert ("1件" in shown, "4,000円" in shown, "5,000円" in shown, "6,000円" in shown) == (True, True, False, False)


@pytest.mark.parametrize("wanted", ["999", "withdrawal"])
def test_a_row_that_takes_no_slip_is_not_found(treasurer, account, wanted):
    """No such row, and money out."""
    if wanted == "withdrawal":
        wanted = TransactionFactory(withdrawal=True).pk
    assert treasurer.get(f"{SLIPS}?row={wanted}").status_code == 404


# the bank's notice


@pytest.mark.parametrize(
    ("count", "yen", "words"),
    [
        ("2", "4,000", "通知票と合っています"),
        ("3", "5,500", "通知票より1枚少ないです。通知票より1,500円少ないです。"),
        ("2", "3,900", "枚数は合っています。通知票より100円多いです。"),
        ("1", "4000", "通知票より1枚多いです。金額は合っています。"),
    ],
)
def test_a_day_is_held_against_the_notice(treasurer, account, count, yen, words):
    """The difference is said in slips and in yen."""
    SlipFactory(day=OCT_3, amount_yen=3000)
    SlipFactory(day=OCT_3, amount_yen=1000)
    SlipFactory(day=date(2026, 10, 4), amount_yen=7000)
    query = {"account": account.pk, "day": "2026-10-03", "count": count, "yen": yen}
    assert words in text(treasurer.get(SLIPS, query))


def test_the_notice_begins_with_the_day_of_the_pile(treasurer, account):
    """The day of the slip typed before."""
    treasurer.post(SLIPS, sheet(account))
    assert '<input type="date" name="day" value="2026-10-03" required id="notice_day">' in treasurer.get(SLIPS).content.decode()


def test_a_wrong_notice_is_asked_again(treasurer, account):
    """What is no number is said beside its field."""
    shown = treasurer.get(SLIPS, {"account": account.pk, "day": "x", "count": "y", "yen": ""})
    assert (shown.status_code, shown.content.decode().count("errorlist")) == (200, 3)


# one slip


def test_a_slip_has_a_page(treasurer, account):
    """What stands on it, and the rows that it may mean."""
    nameless()
    slip = SlipFactory(day=OCT_3, amount_yen=3000)
    page = treasurer.get(address_of("slip", slip))
    assert ("徳本 花子" in page.content.decode(), "10月3日 3,000円" in text(page)) == (True, True)


def test_a_misread_name_is_corrected(treasurer, account):
    """The page says so."""
    slip = SlipFactory(day=OCT_3, amount_yen=3000)
    response = treasurer.post(address_of("slip", slip), sheet(account, payer_name="得本 花子", entry_key=""))
    slip.refresh_from_db()
    assert (slip.payer_name, "払込票を直しました" in text(treasurer.get(response.url))) == ("得本 花子", True)


def test_a_wrong_correction_comes_back(treasurer, account):
    """Nothing is changed."""
    slip = SlipFactory(day=OCT_3, amount_yen=3000)
    assert treasurer.post(address_of("slip", slip), sheet(account, amount_yen="x")).status_code == 422
    slip.refresh_from_db()
    assert slip.amount_yen == 3000


def test_a_person_chooses_the_row(treasurer, account):
    """The line above the next sheet says which."""
    nameless()
    row = nameless(on=date(2026, 10, 5))
    slip = SlipFactory(day=OCT_3, amount_yen=3000)
    response = treasurer.post(address_of("slip_attach", slip), {"row": row.pk})
    slip.refresh_from_db()
    assert (slip.transaction, "10月5日の3,000円の行に付けました" in text(treasurer.get(response.url))) == (row, True)


def test_without_a_choice_nothing_is_hung(treasurer, account):
    """422 and a sentence."""
    response = treasurer.post(address_of("slip_attach", SlipFactory()), {})
    assert (response.status_code, "1つ選んでください" in text(response)) == (422, True)


def test_a_row_that_is_not_there_is_not_found(treasurer, account):
    """No such row to hang it on."""
    assert treasurer.post(address_of("slip_attach", SlipFactory()), {"row": 999}).status_code == 404


def test_a_slip_is_taken_off_its_row(treasurer, account):
    """Its own page offers the rows again."""
    slip = SlipFactory(transaction=nameless(), day=OCT_3)
    response = treasurer.post(address_of("slip_detach", slip), {"back": "slip"})
    slip.refresh_from_db()
    assert (slip.transaction, response.url) == (None, address_of("slip", slip))


def test_the_slip_of_a_confirmed_row_stays(treasurer, account):
    """422 and what to do first."""
    slip = SlipFactory(transaction=nameless())
    AllocationFactory(transaction=slip.transaction)
    response = treasurer.post(address_of("slip_detach", slip))
    assert (response.status_code, "先に「入金の照合」で確定を取り消してから" in text(response)) == (422, True)


def test_a_slip_is_taken_back(treasurer, account):
    """Its page stays and says so."""
    slip = SlipFactory()
    treasurer.post(address_of("slip_withdraw", slip))
    slip.refresh_from_db()
    assert (slip.withdrawn_by, "取り消してあります" in text(treasurer.get(address_of("slip", slip)))) == ("choubo", True)


def test_an_erased_slip_shows_no_form(treasurer, account):
    """What was blanked is not typed in again by chance."""
    slip = SlipFactory(payer_name="", kana="", text_was_erased=True)
    assert "書いてあったことは消しました" in text(treasurer.get(address_of("slip", slip)))


# cost


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(treasurer, account, count, django_assert_num_queries):
    """Session, user, roles, accounts, today's slips, what waits and what has no name: as many for one as for three."""
    for n in range(count):
        nameless(yen=1000 + n)
        SlipFactory(amount_yen=500 + n)
    with django_assert_num_queries(14):
        treasurer.get(SLIPS)


@pytest.mark.parametrize("count", [1, 3])
def test_a_slips_page_takes_a_fixed_number_of_queries(treasurer, account, count, django_assert_num_queries):
    """However many rows are offered."""
    slip = SlipFactory(day=OCT_3, amount_yen=3000)
    for _ in range(count):
        nameless()
    with django_assert_num_queries(8):
        treasurer.get(address_of("slip", slip))


# who may

ADDRESSES = [SLIPS, reverse("donations:slip", args=[1])]
BUTTONS = [reverse(f"donations:slip_{name}", args=[1]) for name in ("attach", "detach", "withdraw")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_outsider_is_sent_to_the_sign_in(outsider, treasurer, address):
    """Nobody reads a slip without signing in."""
    assert outsider.get(address).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["organiser", "printer", "admin"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_other_roles_are_refused(request, role, address):
    """The books are for treasurer and auditor."""
    assert request.getfixturevalue(role).get(address).status_code == 403


def test_the_auditor_reads_without_a_form(auditor, account):
    """The lists and the slip, no sheet, no button."""
    nameless()
    slip = SlipFactory(day=OCT_3)
    pages = [auditor.get(SLIPS), auditor.get(address_of("slip", slip))]
    forms = [re.findall(r'method="post" action="/donations', page.content.decode()) for page in pages]
    assert ([page.status_code for page in pages], forms, "徳本 花子" in text(pages[1])) == ([200, 200], [[], []], True)


@pytest.mark.parametrize("address", [*ADDRESSES, *BUTTONS])
def test_the_auditor_may_not_write(auditor, account, address):
    """Neither a slip nor a row for it."""
    SlipFactory(pk=1)
    assert auditor.post(address, sheet(account)).status_code == 403


@pytest.mark.parametrize("address", [ADDRESSES[1], *BUTTONS])
def test_a_slip_that_is_not_there_is_not_found(treasurer, account, address):
    """No such slip."""
    assert treasurer.post(address, sheet(account)).status_code == 404


@pytest.mark.parametrize(("method", "address"), [("put", SLIPS), ("put", ADDRESSES[1]), *(("get", button) for button in BUTTONS)])
def test_other_methods_are_not_taken(treasurer, method, address):
    """Each page takes only its own methods."""
    assert getattr(treasurer, method)(address).status_code == 405
