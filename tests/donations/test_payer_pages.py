"""別の人をさがす, 新しい支援者として登録 and 分ける: three sheets that begin at a row and lead back to it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.allocating import confirm
from donations.models import Allocation, Transaction
from donations.new_payer import facts_in
from donations.shares import DONATION, DUES, Share
from members.models import NameOrigin, PayerName, Supporter, SupporterKind
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def taro(account):
    return SupporterFactory(name="山辺　太郎", reading="ヤマベ タロウ")


@pytest.fixture
def row(account):
    return TransactionFactory(account=account, received_yen=3_500, detail_2="ﾐｼﾗﾇ ﾋﾄ", booked_on=date(2026, 4, 10))


def body(response):
    return response.content.decode()


def sheet(name, row):
    return reverse(f"donations:{name}", args=[row.pk])


# --- 別の人をさがす


def search(treasurer, row, text):
    return treasurer.post(sheet("find_payer", row), {"text": text, "pile": "ask", "next": "7"})


def test_a_search_finds_by_name(treasurer, row, hanako):
    """Each result can be confirmed, with the shares it would write."""
    page = body(search(treasurer, row, "徳本"))
    assert (f'name="who" value="{hanako.pk}:' in page, "賛同金3口 3,000円" in page, "カンパ 500円" in page) == (True, True, True)


def test_a_search_keeps_the_way(treasurer, row, hanako):
    """After the confirmation the desk goes on with the row that came next."""
    assert '<input type="hidden" name="next" value="7">' in body(search(treasurer, row, "徳本"))


def test_namesakes_are_told_apart_by_where_they_live(treasurer, row):
    """Address and the end of the phone number stand beside each of them."""
    for prefecture, phone in (("青森県", "000-0000-1111"), ("長崎県", "000-0000-2222")):
        SupporterFactory(name="徳本　花子", reading="トクモト ハナコ", prefecture=prefecture, address="架空町1-1", phone=phone)
    page = body(search(treasurer, row, "徳本"))
    words = ["青森県架空町1-1", "電話の末尾 1111", "長崎県架空町1-1", "電話の末尾 2222"]
    assert [word in page for word in words] == [True] * 4


@pytest.mark.parametrize(("paid_on", "label"), [(date(2026, 4, 9), "前の入金:"), (date(2026, 4, 11), "ほかの入金:")])
def test_only_an_earlier_payment_is_called_earlier(treasurer, account, row, hanako, paid_on, label):
    """A payment after the day of the row is another one, on the search page and on the desk."""
    other = TransactionFactory(account=account, received_yen=1_000, booked_on=paid_on)
    shares = [Share(hanako.pk, DUES, 1_000, 2026, 1)]
    confirm(transaction_id=other.pk, shares=shares, at=timezone.now(), by="choubo")
    desk = treasurer.get("/donations/reconcile/", {"row": row.pk, "who": hanako.pk})
    words = f"{label} {paid_on.year}年4月{paid_on.day}日"
    assert (words in body(search(treasurer, row, "徳本")), words in body(desk)) == (True, True)


def test_a_search_without_a_result_says_so(treasurer, row):
    """And what else may be typed."""
    assert "見つかりませんでした" in body(search(treasurer, row, "だれもいない"))


def test_more_than_twenty_are_not_listed(treasurer, row):
    """The page says that there are more."""
    for n in range(21):
        SupporterFactory(name=f"同姓　{'一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子'[n]}")
    page = body(search(treasurer, row, "同姓"))
    assert (page.count('name="who"'), "ほかにもいます" in page) == (20, True)


def test_an_empty_search_is_refused(treasurer, row):
    """422 and the same sheet."""
    assert search(treasurer, row, "").status_code == 422


def test_a_number_is_not_searched_for(treasurer, row):
    """A My Number in the box is refused and not shown again."""
    response = search(treasurer, row, "マイナンバー 123456789018")
    assert (response.status_code, "123456789018" in body(response)) == (422, False)


def test_a_found_person_can_be_confirmed(treasurer, row, hanako):
    """The form of the result does what the desk's does."""
    page = body(search(treasurer, row, "徳本"))
    who = page.split('name="who" value="')[1].split('"')[0]
    treasurer.post(sheet("confirm_row", row), {"who": who})
    assert {one.supporter for one in Allocation.objects.live()} == {hanako}


def test_a_decided_row_offers_no_button(treasurer, row, hanako):
    """It is decided already."""
    confirm(transaction_id=row.pk, shares=[Share(None, DONATION, 3_500, 2026)], at=timezone.now(), by="choubo")
    assert 'name="who"' not in body(search(treasurer, row, "徳本"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_a_fixed_number_of_queries(treasurer, row, django_assert_num_queries, count):
    """One result and three cost the same."""
    for n in range(count):
        SupporterFactory(name=f"同姓　{'一二三'[n]}")
    with django_assert_num_queries(10):
        search(treasurer, row, "同姓")


# --- 新しい支援者として登録


def facts(**given):
    return facts_in(TransactionFactory.build(pk=1, account=None, **given))


def test_kana_become_reading_and_name():
    """The bank's half-width kana, written out, until somebody knows the characters."""
    assert facts(detail_2="ﾐｼﾗﾇ ﾋﾄ") == {"kind": SupporterKind.INDIVIDUAL, "name": "ミシラヌ ヒト", "reading": "ミシラヌ ヒト"}


def test_kanji_stay_as_the_bank_wrote_them():
    """Full-width space and variant characters too."""
    assert facts(detail_2="髙橋　花子") == {"kind": SupporterKind.INDIVIDUAL, "name": "髙橋　花子"}


def test_a_legal_form_makes_an_organisation():
    """ﾄｸﾋ) is written out."""
    assert facts(detail_2="ﾄｸﾋ)ﾐﾄﾞﾘ") == {
        "kind": SupporterKind.ORGANISATION, "name": "特定非営利活動法人ミドリ", "reading": "ミドリ",
    }  # fmt: skip


def test_a_legal_form_behind_stays_behind():
    """ﾐﾄﾞﾘ(ｶ is ミドリ株式会社."""
    assert facts(detail_2="ﾐﾄﾞﾘ(ｶ")["name"] == "ミドリ株式会社"


def test_a_group_without_a_legal_form_is_an_organisation():
    """〜の会 is no person."""
    assert facts(detail_2="こもれび市民の会")["kind"] == SupporterKind.ORGANISATION


def test_a_row_without_a_name_tells_nothing():
    """The sheet is empty."""
    assert facts(detail_2="") == {}


def test_phone_and_postcode_of_the_slip_are_taken():
    """What the payer wrote is not typed again."""
    found = facts(detail_2="見知らぬ人", message="〒150-0002 TEL 03-0000-0000")
    assert (found["postal_code"], found["phone"]) == ("150-0002", "0300000000")


def test_the_sheet_is_filled_from_the_row(treasurer, row):
    """The reading stands in its field."""
    assert 'value="ミシラヌ ヒト"' in body(treasurer.get(sheet("new_payer", row)))


def register(treasurer, row, **given):
    data = {"kind": "individual", "name": "見知　らぬ人", "reading": "ミシラヌ ヒト", "channel": "post", **given}
    return treasurer.post(sheet("new_payer", row), data)


def test_registering_leads_back_to_the_row(treasurer, row):
    """The new supporter is offered there."""
    response = register(treasurer, row)
    supporter = Supporter.objects.get()
    assert response.headers["Location"] == f"/donations/reconcile/?pile=likely&row={row.pk}&who={supporter.pk}#row-{row.pk}"


def test_registering_leads_to_the_card_of_the_row_even_where_all_is_certain(treasurer, account):
    """The row is open by itself, with the new supporter ticked; it does not lie in the table of the certain ones."""
    row = TransactionFactory(account=account, received_yen=2_000)
    response = register(treasurer, row, name="徳本　花子", reading="トクモト ハナコ")
    supporter = Supporter.objects.get()
    bulk = body(treasurer.get("/donations/reconcile/", {"row": row.pk}))
    page = body(treasurer.get(response.headers["Location"]))
    assert (f'id="tick-{row.pk}"' in bulk, f'id="row-{row.pk}" class="open"' in page,
            f'id="who-{row.pk}-{supporter.pk}" checked' in page) == (True, True, True)  # fmt: skip


def test_registering_confirms_nothing(treasurer, row):
    """The row still waits for a decision."""
    register(treasurer, row)
    assert Transaction.objects.unreconciled().get() == row


def test_the_new_supporter_is_the_chosen_one(treasurer, row):
    """Whatever the name, the row offers just this person first."""
    register(treasurer, row, name="全然　違子", reading="ゼンゼン チガイコ")
    supporter = Supporter.objects.get()
    page = body(treasurer.get("/donations/reconcile/", {"row": row.pk, "who": supporter.pk}))
    assert f'id="who-{row.pk}-{supporter.pk}" checked' in page


def test_registering_twice_is_noticed(treasurer, row):
    """The second press shows the first one's supporter instead of making a namesake."""
    register(treasurer, row)
    response = register(treasurer, row)
    assert (response.status_code, "もう登録されています" in body(response), Supporter.objects.count()) == (422, True, 1)


def test_a_namesake_is_registered_when_said(treasurer, row):
    """Another person of the same name is possible."""
    register(treasurer, row)
    register(treasurer, row, another="on")
    assert Supporter.objects.count() == 2


def test_a_missing_name_is_asked_for(treasurer, row):
    """422 and what was typed."""
    response = register(treasurer, row, name="")
    assert (response.status_code, 'value="ミシラヌ ヒト"' in body(response)) == (422, True)


def test_a_taken_number_is_refused_beside_its_field(treasurer, row):
    """The older number is somebody's."""
    SupporterFactory(legacy_number="A-7")
    assert register(treasurer, row, legacy_number="A-7").status_code == 422


# --- 分ける


def lines(*given, more=False, total=None):
    data = {"form-TOTAL_FORMS": str(total or len(given)), "form-INITIAL_FORMS": "0", "pile": "ask", "next": "7"}
    for n, (who, purpose, yen, year) in enumerate(given):
        data |= {
            f"form-{n}-who": who, f"form-{n}-purpose": purpose, f"form-{n}-amount_yen": yen, f"form-{n}-fiscal_year": year,
        }  # fmt: skip
    return data | ({"more": "1"} if more else {})


def split(treasurer, row, *given, **facts):
    return treasurer.post(sheet("split", row), lines(*given, **facts))


def test_two_people_share_a_row(treasurer, row, hanako, taro):
    """Two units of hers for 2026, one of his for 2027, and ¥500 of カンパ."""
    split(
        treasurer, row,
        (hanako.number, DUES, "2,000", "2026"), ("山辺", DUES, "１０００", "2027"), (hanako.number, DONATION, "500", "2026"),
    )  # fmt: skip
    assert list(Allocation.objects.order_by("pk").values_list("supporter", "purpose", "amount_yen", "units", "fiscal_year")) == [
        (hanako.pk, DUES, 2_000, 2, 2026),
        (taro.pk, DUES, 1_000, 1, 2027),
        (hanako.pk, DONATION, 500, 0, 2026),
    ]


def test_a_split_row_is_learned_for_both(treasurer, row, hanako, taro):
    """The next transfer of this payer is known to be both's."""
    split(treasurer, row, (hanako.number, DUES, "3000", "2026"), (taro.number, DONATION, "500", "2026"))
    learned = PayerName.objects.filter(origin=NameOrigin.LEARNED)
    assert {one.supporter for one in learned} == {hanako, taro}


def test_a_split_goes_on_to_the_next_row(treasurer, row, hanako):
    """The way is kept through the sheet."""
    response = split(treasurer, row, (hanako.number, DONATION, "3500", "2026"))
    assert response.headers["Location"] == f"/donations/reconcile/?pile=ask&row=7&done={row.pk}#row-7"


def test_the_sum_must_be_the_rows(treasurer, row, hanako):
    """The sheet says how many yen are missing, and nothing is written."""
    response = split(treasurer, row, (hanako.number, DUES, "3000", "2026"))
    assert (response.status_code, "500円足りません" in body(response), Allocation.objects.count()) == (422, True, 0)


def test_a_sum_above_the_row_is_refused(treasurer, row, hanako):
    """The same in the other direction."""
    assert "1,500円多くなっています" in body(split(treasurer, row, (hanako.number, DUES, "5000", "2026")))


def test_empty_lines_are_left_out(treasurer, row, hanako):
    """Three lines on the sheet, one in use."""
    split(treasurer, row, (hanako.number, DONATION, "3500", "2026"), ("", DONATION, "", "2026"), ("", DONATION, "", "2026"))
    assert Allocation.objects.count() == 1


def test_a_line_without_a_person_is_anonymous(treasurer, row, hanako):
    """Part of it from nobody we know."""
    split(treasurer, row, (hanako.number, DUES, "3000", "2026"), ("", DONATION, "500", "2026"))
    assert list(Allocation.objects.order_by("pk").values_list("supporter", flat=True)) == [hanako.pk, None]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("", DUES, "3500", "2026"), "賛同金には支援者が要ります"),
        (("トクモト", DUES, "3500", "2026"), "賛同金は1口1,000円の倍数にしてください"),
        (("だれか", DONATION, "3500", "2026"), "という支援者は見つかりません"),
        (("トクモト", DONATION, "", "2026"), "金額を入れてください"),
        (("トクモト", DONATION, "x", "2026"), "金額として読めない文字があります"),
        (("トクモト", DONATION, "3500", "1999"), "正しく選択してください"),
    ],
)
def test_an_impossible_line_is_refused_beside_it(treasurer, row, hanako, line, words):
    """422, a sentence, nothing written."""
    response = split(treasurer, row, line)
    assert (response.status_code, words in body(response), Allocation.objects.count()) == (422, True, 0)


def test_two_of_one_name_need_the_number(treasurer, row, hanako):
    """The sentence gives both numbers."""
    other = SupporterFactory(name="徳本　花江", reading="トクモト ハナエ")
    page = body(split(treasurer, row, ("徳本", DONATION, "3500", "2026")))
    assert (hanako.number in page, other.number in page) == (True, True)


def test_more_lines_keep_what_was_typed(treasurer, row, hanako):
    """Two more lines, and no complaint about the unfinished sum."""
    response = split(treasurer, row, (hanako.number, DUES, "1000", "2026"), more=True)
    page = body(response)
    assert (response.status_code, page.count("行目</legend>"), "足りません" in page) == (200, 3, False)


def test_the_sheet_begins_with_the_best_answer(treasurer, account, hanako):
    """Her number with her name, and her units are filled in."""
    row = TransactionFactory(account=account, received_yen=3_500)
    page = body(treasurer.get(sheet("split", row)))
    assert (f'value="{hanako.number} {hanako.name}"' in page, 'value="3000"' in page, 'value="500"' in page) == (True, True, True)


def test_a_couple_on_one_line_begins_in_equal_parts(treasurer, account, hanako):
    """ﾄｸﾓﾄ ﾊﾅｺ･ﾀﾛｳ: both on the list, half each."""
    taro = SupporterFactory(name="徳本　太郎", reading="トクモト タロウ")
    row = TransactionFactory(account=account, received_yen=4_000, detail_2="ﾄｸﾓﾄ ﾊﾅｺ･ﾀﾛｳ")
    page = body(treasurer.get(sheet("split", row)))
    both = [f'value="{one.number} {one.name}"' in page for one in (hanako, taro)]
    assert (*both, page.count('value="2000"')) == (True, True, 2)


def test_the_number_with_the_name_is_read_again(treasurer, row, hanako):
    """As the sheet offers it, it can be sent."""
    split(treasurer, row, (f"{hanako.number} {hanako.name}", DONATION, "3500", "2026"))
    assert hanako.allocations.get().amount_yen == 3_500


def test_a_number_is_shown_with_its_name(treasurer, row, hanako):
    """Typed bare, the name stands beside it when the sheet comes back."""
    page = body(split(treasurer, row, (hanako.number, DONATION, "1000", "2026")))
    assert f'<span class="small muted found-name">{hanako.name}</span>' in page


@pytest.mark.parametrize(
    ("yen", "words"), [("1,000", "あと2,500円あります。"), ("３５００円", "ちょうど合っています。"), ("4000", "500円多くなっています。"), ("x", "あと3,500円あります。")]
)
def test_what_is_left_is_said(treasurer, row, hanako, yen, words):
    """Counted by the server, also of yen in full width; what cannot be read counts nothing."""
    page = body(split(treasurer, row, (hanako.number, DONATION, yen, "2026"), more=True))
    assert f"<strong>{words}</strong>" in page


def test_a_chosen_person_begins_the_sheet(treasurer, row, taro):
    """From the search the sheet is opened for that person."""
    assert f'value="{taro.number} {taro.name}"' in body(treasurer.get(sheet("split", row), {"who": taro.pk}))


def test_splitting_twice_splits_once(treasurer, row, hanako):
    """The second press goes on."""
    line = (hanako.number, DONATION, "3500", "2026")
    answers = [split(treasurer, row, line).status_code for _n in range(2)]
    assert (answers, Allocation.objects.count()) == ([302, 302], 1)


def test_a_decided_row_is_not_split(treasurer, row, hanako):
    """Somebody was faster: 422 and who it was."""
    confirm(transaction_id=row.pk, shares=[Share(None, DONATION, 3_500, 2026)], at=timezone.now(), by="kaikei2")
    response = split(treasurer, row, (hanako.number, DONATION, "3500", "2026"))
    assert (response.status_code, "kaikei2さんが確定しています" in body(response)) == (422, True)


def test_a_withdrawal_has_nothing_to_split(treasurer, account):
    """The sheet says so."""
    fee = TransactionFactory(account=account, withdrawal=True)
    assert "もう決まっています" in body(treasurer.get(sheet("split", fee)))


@pytest.mark.parametrize("total", ["x", "", "999999"])
def test_a_broken_form_is_no_error_page(treasurer, row, total):
    """422, whatever was sent."""
    assert treasurer.post(sheet("split", row), {"form-TOTAL_FORMS": total}).status_code == 422
