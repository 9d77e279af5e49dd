"""The list, the sheet, and what can be done on it."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Channel, Supporter, SupporterState
from members.supporter_list import current_fiscal_year
from privacy.models import Refusal
from tests.factories.members import (
    AssociationFactory,
    ConsentFactory,
    HouseholdFactory,
    MembershipTermFactory,
    PayerNameFactory,
    SupporterFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/supporters/"
SHEET = {"kind": "individual", "name": "森　誠", "channel": "post"}


@pytest.fixture(autouse=True)
def group():
    return AssociationFactory()


@pytest.fixture
def this_year():
    return current_fiscal_year(timezone.localdate())


def page_of(supporter, name="supporter"):
    return reverse(f"members:{name}", args=[supporter.number])


def names_in(response):
    return re.findall(r'<a href="/supporters/\d+/">([^<]+)</a>', response.content.decode())


def test_the_list_is_in_reading_order(treasurer):
    """五十音順; who has no reading comes last."""
    for name, reading in (("渡邊", "ワタナベ"), ("読みなし", ""), ("髙橋", "タカハシ")):
        SupporterFactory(name=name, reading=reading)
    assert names_in(treasurer.get(LIST)) == ["髙橋", "渡邊", "読みなし"]


def test_who_left_is_shown_when_asked_for(treasurer):
    """The list opens with those who are active."""
    SupporterFactory(name="森")
    SupporterFactory(name="林", state=SupporterState.LEFT)
    assert names_in(treasurer.get(LIST)) == ["森"]
    assert names_in(treasurer.get(f"{LIST}?state=left")) == ["林"]


@pytest.mark.parametrize(
    ("query", "names"),
    [("kind=organisation", ["団体"]), ("paid=yes", ["納入"]), ("paid=no", ["メール", "団体"]), ("channel=email", ["メール"])],
)
def test_choices_narrow_the_list(treasurer, this_year, query, names):
    """種別, 納入, 連絡方法."""
    SupporterFactory(name="団体", reading="ン", organisation=True)
    paid = SupporterFactory(name="納入", reading="ノ")
    MembershipTermFactory(supporter=paid, fiscal_year=this_year)
    SupporterFactory(name="メール", reading="メ", channel=Channel.EMAIL)
    assert names_in(treasurer.get(f"{LIST}?{query}")) == names


def test_every_choice_says_how_many_it_would_show(treasurer, this_year):
    """The counts are those of the list behind the link."""
    MembershipTermFactory(supporter=SupporterFactory(), fiscal_year=this_year, units=2)
    SupporterFactory(organisation=True)
    SupporterFactory(channel=Channel.EMAIL, state=SupporterState.LAPSED)
    response = treasurer.get(LIST)
    for group in response.context["groups"]:
        for chip in group.chips:
            assert chip.count == treasurer.get(f"{LIST}?{chip.query}").context["page"].paginator.count


def test_a_cancelled_term_is_not_paid(treasurer, this_year, now):
    """Undone payments leave the supporter unpaid."""
    MembershipTermFactory(supporter=SupporterFactory(), fiscal_year=this_year, cancelled_at=now)
    assert treasurer.get(f"{LIST}?paid=yes").context["page"].paginator.count == 0


def test_an_unknown_choice_is_no_choice(treasurer):
    """An address somebody made up shows the usual list."""
    SupporterFactory(name="森")
    assert names_in(treasurer.get(f"{LIST}?kind=cat&paid=maybe&page=x")) == ["森"]


def test_fifty_on_a_page(treasurer):
    """The choices stay on the next page."""
    SupporterFactory.create_batch(51, channel=Channel.EMAIL)
    response = treasurer.get(f"{LIST}?channel=email")
    assert len(names_in(response)) == 50
    assert "channel=email&amp;page=2" in response.content.decode()
    assert len(names_in(treasurer.get(f"{LIST}?channel=email&page=2"))) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(treasurer, this_year, rows, django_assert_num_queries):
    """Session, user, roles, the group, the count, the rows, the chips."""
    for supporter in SupporterFactory.create_batch(rows):
        MembershipTermFactory(supporter=supporter, fiscal_year=this_year)
    with django_assert_num_queries(7):
        treasurer.get(LIST)


def test_searching_leaves_no_name_in_an_address(treasurer):
    """The form posts, and the pages of the answer post too."""
    SupporterFactory.create_batch(51, name="森　誠")
    response = treasurer.post("/supporters/search/", {"q": "森"})
    assert len(names_in(response)) == 50
    assert "q=" not in response.content.decode()
    assert len(names_in(treasurer.post("/supporters/search/", {"q": "森", "page": "2"}))) == 1


def test_searching_finds_in_every_state(treasurer):
    """Somebody who left calls as well."""
    SupporterFactory(name="森　誠", state=SupporterState.LEFT)
    assert names_in(treasurer.post("/supporters/search/", {"q": "もりせい"})) == []
    assert names_in(treasurer.post("/supporters/search/", {"q": "森誠"})) == ["森　誠"]


def test_finding_nobody_says_what_else_to_try(treasurer):
    """Not an empty table."""
    assert "見つかりませんでした" in treasurer.post("/supporters/search/", {"q": "だれか"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_searching_asks_as_often_for_three_as_for_one(treasurer, rows, django_assert_num_queries):
    """Session, user, roles, the group, the count, the rows."""
    SupporterFactory.create_batch(rows, name="森　誠")
    with django_assert_num_queries(6):
        treasurer.post("/supporters/search/", {"q": "森"})


def test_the_sheet_shows_what_is_known(organiser, this_year):
    """Facts, consent, units, the names under which payments come."""
    supporter = SupporterFactory(name="髙橋　恵", legacy_number="A-9", note="集会で\n知り合った", consented=True)
    MembershipTermFactory(supporter=supporter, fiscal_year=this_year, units=7)
    PayerNameFactory(supporter=supporter, as_written="ﾀｶﾊｼ ﾒｸﾞﾐ")
    shown = organiser.get(page_of(supporter)).content.decode()
    for word in ("髙橋　恵", "A-9", "知り合った", "申込書", f"{this_year}年度 7口", "ﾀｶﾊｼ ﾒｸﾞﾐ", "照合で覚えた"):
        assert word in shown


@pytest.mark.parametrize("who", ["organiser", "treasurer"])
def test_no_page_of_supporters_shows_an_amount(request, who, this_year):
    """口数 are for everybody who works with people, yen are not shown here at all."""
    supporter = SupporterFactory()
    MembershipTermFactory(supporter=supporter, fiscal_year=this_year, units=7, unit_price_yen=4321)
    client = request.getfixturevalue(who)
    for path in (LIST, page_of(supporter), page_of(supporter, "edit")):
        shown = client.get(path).content.decode()
        assert re.findall(r"4,?321|30,?247|円|¥|￥", shown.split("<main", 1)[1]) == []


def test_a_household_is_linked(treasurer):
    """The others of the household are one press away."""
    one, two = SupporterFactory.create_batch(2, household=HouseholdFactory())
    assert page_of(two) in treasurer.get(page_of(one)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_asks_as_often_for_three_as_for_one(treasurer, this_year, rows, django_assert_num_queries):
    """Rows of terms, payer names and consents cost one query each kind."""
    supporter = SupporterFactory()
    for n in range(rows):
        MembershipTermFactory(supporter=supporter, fiscal_year=this_year - n)
        PayerNameFactory(supporter=supporter, as_written=f"ﾓﾘ {'アイウ'[n]}")
        ConsentFactory(supporter=supporter, given_on=date(2025, 4, 1), withdrawn_on=date(2025, 5, 1 + n))
    with django_assert_num_queries(9):
        treasurer.get(page_of(supporter))


def test_somebody_is_added(treasurer):
    """And the next page is the new sheet."""
    facts = {**SHEET, "reading": "もり まこと", "phone": "０３－１２３４－５６７８", "consent_on": "2026-05-01", "consent_source": "申込書"}
    response = treasurer.post("/supporters/add/", facts)
    made = Supporter.objects.get()
    assert (response.status_code, response.url) == (302, page_of(made))
    assert (made.reading, made.phone, made.consents.get().source) == ("モリ マコト", "03-1234-5678", "申込書")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"postal_code": "1"}, "postal_code"),
        ({"channel": "email"}, "email"),
        ({"legacy_number": "001002729745"}, "legacy_number"),
        ({"consent_on": "2026-05-01"}, "consent_source"),
        ({"consent_on": "2999-05-01", "consent_source": "電話"}, "consent_on"),
        ({"reading": "漢字"}, "reading"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(treasurer, change, field):
    """422, the words still typed, nothing stored."""
    response = treasurer.post("/supporters/add/", {**SHEET, "address": "渋谷1-1", **change})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "渋谷1-1" in response.content.decode()
    assert Supporter.objects.count() == 0


def test_a_taken_number_is_told_beside_its_field(treasurer):
    """The refusal of the action finds its field by name."""
    SupporterFactory(legacy_number="A-9")
    response = treasurer.post("/supporters/add/", {**SHEET, "legacy_number": "A-9"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["legacy_number"])


@pytest.mark.parametrize(("field", "label"), [("name", "氏名・団体名"), ("note", "備考")])
def test_a_national_id_number_is_refused_and_not_shown_again(treasurer, field, label):
    """The field comes back empty."""
    response = treasurer.post("/supporters/add/", {**SHEET, field: "マイナンバー 123456789018"})
    assert response.status_code == 422
    assert "123456789018" not in response.content.decode()
    assert Supporter.objects.count() == 0
    assert Refusal.objects.values_list("place", "by").get() == (label, "choubo")


def test_the_sheet_is_rewritten(organiser):
    """Only what changed is changed."""
    supporter = SupporterFactory(name="森　恵", household=HouseholdFactory(code="森家"), wants_receipt=True)
    form = organiser.get(page_of(supporter, "edit")).context["form"]
    typed = {name: value for name, value in form.initial.items() if value not in {False, None}}
    response = organiser.post(page_of(supporter, "edit"), {**typed, "name": "井上　恵"})
    supporter.refresh_from_db()
    assert (response.status_code, supporter.name, supporter.household.code, supporter.wants_receipt) == (
        302, "井上　恵", "森家", True,
    )  # fmt: skip


def test_rewriting_nothing_says_so(treasurer):
    """The message is honest."""
    supporter = SupporterFactory()
    typed = {name: value for name, value in treasurer.get(page_of(supporter, "edit")).context["form"].initial.items() if value}
    response = treasurer.post(page_of(supporter, "edit"), typed, follow=True)
    assert "変わったところはありませんでした" in response.content.decode()


def test_an_opt_out_by_telephone_is_one_press(organiser):
    """One POST without any field."""
    supporter = SupporterFactory(consented=True)
    response = organiser.post(page_of(supporter, "opt_out"))
    supporter.refresh_from_db()
    consent = supporter.consents.get()
    assert (response.status_code, supporter.channel, consent.withdrawn_source) == (302, Channel.NONE, "電話")
    assert "「送らないでほしい」を記録</button>" not in organiser.get(page_of(supporter)).content.decode()


def test_a_consent_is_recorded_on_the_sheet(organiser):
    """With the way to reach the supporter from now on."""
    supporter = SupporterFactory(channel=Channel.NONE)
    response = organiser.post(page_of(supporter, "consent"), {"on": "2026-05-01", "source": "電話", "channel": "email"})
    supporter.refresh_from_db()
    assert (response.status_code, supporter.channel, supporter.consents.get().given_on) == (
        302, Channel.EMAIL, date(2026, 5, 1),
    )  # fmt: skip


@pytest.mark.parametrize("typed", [{"source": "電話", "channel": "post"}, {"on": "2999-01-01", "source": "電話", "channel": "post"}])
def test_a_wrong_consent_stays_open_on_the_sheet(organiser, typed):
    """422, the sheet as it was, the words beside the day."""
    supporter = SupporterFactory()
    response = organiser.post(page_of(supporter, "consent"), typed)
    assert (response.status_code, list(response.context["consent_form"].errors)) == (422, ["on"])
    assert "<details open>" in response.content.decode()


def test_leaving_pausing_and_coming_back(treasurer):
    """Three buttons, three states."""
    supporter = SupporterFactory()
    for name, data, state in (
        ("lapse", {}, SupporterState.LAPSED),
        ("return", {}, SupporterState.ACTIVE),
        ("leave", {"on": "2026-05-01"}, SupporterState.LEFT),
        ("return", {}, SupporterState.ACTIVE),
    ):
        assert treasurer.post(page_of(supporter, name), data).status_code == 302
        supporter.refresh_from_db()
        assert supporter.state == state


def test_leaving_tomorrow_stays_open_on_the_sheet(treasurer):
    """422 beside the day."""
    response = treasurer.post(page_of(SupporterFactory(), "leave"), {"on": "2999-01-01"})
    assert (response.status_code, list(response.context["leave_form"].errors)) == (422, ["on"])


def test_pausing_somebody_who_left_is_told(treasurer):
    """The sheet with the reason on top."""
    response = treasurer.post(page_of(SupporterFactory(state=SupporterState.LEFT), "lapse"))
    assert response.status_code == 422
    assert "退会しています" in response.content.decode()
