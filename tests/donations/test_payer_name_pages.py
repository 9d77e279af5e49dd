"""覚えた払込人名: the list, the search and the page of one name, as each role sees them."""

from datetime import date

import pytest
from django.urls import reverse

from members.learning import learn_payer_name
from members.models import NameOrigin, PayerName
from tests.factories.members import PayerNameFactory, SupporterFactory

pytestmark = pytest.mark.django_db
LIST = "/donations/reconcile/payer-names/"
DECISIONS = ["payer_name_reassign", "payer_name_allow", "payer_name_forget"]


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ", number="00018")


@pytest.fixture
def name(hanako):
    return PayerNameFactory(supporter=hanako, as_written="ｱｵｿﾗ ｼﾖﾃﾝ", confirmed_count=4)


def body(response):
    return response.content.decode()


def page_of(name):
    return reverse("donations:payer_name", args=[name.pk])


def post(client, view, name, **data):
    return client.post(reverse(f"donations:{view}", args=[name.pk]), data)


def learned():
    return list(PayerName.objects.filter(origin=NameOrigin.LEARNED).values_list("supporter", flat=True))


# --- who may see and do what


def test_the_list_is_drawn(treasurer, name):
    """Spelling, whose, how often and when."""
    page = body(treasurer.get(LIST))
    assert [word in page for word in ("ｱｵｿﾗ ｼﾖﾃﾝ", "徳本　花子", "4回", "2026-05-15", "照合で覚えた")] == [True] * 5


@pytest.mark.parametrize("address", [LIST, f"{LIST}1/"])
def test_an_outsider_signs_in_first(outsider, treasurer, address):
    """Names of other people are for nobody else."""
    assert outsider.get(address).headers["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("who", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, who, name):
    """Only those who keep the books."""
    client = request.getfixturevalue(who)
    assert (client.get(LIST).status_code, client.get(page_of(name)).status_code) == (403, 403)


def test_the_auditor_looks_and_searches(auditor, name):
    """Reading needs no right to write, and a search is a reading."""
    found = auditor.post(f"{LIST}search/", {"text": "アオソラ"})
    assert (auditor.get(LIST).status_code, auditor.get(page_of(name)).status_code, found.status_code) == (200, 200, 200)


def test_the_auditor_has_no_button_on_a_name(auditor, name):
    """But the one to sign out."""
    assert body(auditor.get(page_of(name))).count("<button") == 1


@pytest.mark.parametrize("view", ["payer_name", *DECISIONS])
def test_the_auditor_decides_nothing(auditor, name, view):
    """403, and the name stays."""
    assert (post(auditor, view, name).status_code, len(learned())) == (403, 1)


@pytest.mark.parametrize("view", ["payer_name", *DECISIONS])
def test_a_name_that_is_not_there_is_not_found(treasurer, name, view):
    """Also when somebody else has just deleted it."""
    address = reverse(f"donations:{view}", args=[10**6])
    assert treasurer.post(address, {"nobody": "yes"}).status_code == 404


@pytest.mark.parametrize("view", DECISIONS)
def test_a_decision_is_not_made_by_get(treasurer, name, view):
    """405."""
    assert treasurer.get(reverse(f"donations:{view}", args=[name.pk])).status_code == 405


def test_the_list_takes_no_post(treasurer):
    """405; the search has its own address, which takes no GET."""
    assert (treasurer.post(LIST).status_code, treasurer.get(f"{LIST}search/").status_code) == (405, 405)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(treasurer, django_assert_num_queries, rows):
    """Session, user, roles, chips, count, rows."""
    PayerNameFactory.create_batch(rows, as_written="ｱｵｿﾗ ｼﾖﾃﾝ")
    with django_assert_num_queries(6):
        treasurer.get(LIST)


@pytest.mark.parametrize("pairs", [1, 3])
def test_joint_names_cost_one_query_more(treasurer, now, django_assert_num_queries, pairs):
    """However many there are."""
    for n in range(pairs):
        both = SupporterFactory.create_batch(2)
        learn_payer_name(payer_text=f"ﾓﾘ ﾏｺﾄ･{'ｱｲｳ'[n]}", supporters=both, on=date(2026, 5, 15), at=now, by="choubo")
    with django_assert_num_queries(7):
        treasurer.get(LIST)


# --- choices, pages, search


def test_the_choices_narrow_the_list(treasurer, name):
    """名簿にある名前 shows the reading and not what was learned."""
    page = body(treasurer.get(LIST, {"show": "registered"}))
    assert ("トクモト ハナコ" in page, "ｱｵｿﾗ ｼﾖﾃﾝ" in page) == (True, False)


def test_an_unknown_choice_is_no_error(treasurer, name):
    """A mistyped address shows what was learned."""
    assert "ｱｵｿﾗ ｼﾖﾃﾝ" in body(treasurer.get(LIST, {"show": "x", "page": "y"}))


def test_the_list_goes_on_the_next_page(treasurer):
    """Fifty names on a page."""
    for n in range(51):
        PayerNameFactory(supporter=None, as_written=f"ﾌｸﾓﾄ {'ｱｲｳｴｵｶｷ'[n // 8]}{'ｻｼｽｾｿﾀﾁﾂ'[n % 8]}")
    second = treasurer.get(LIST, {"page": "2", "show": "nobody"}).context["entries"]
    assert [entry.as_written for entry in second] == ["ﾌｸﾓﾄ ｷｽ"]


def test_a_search_finds_by_supporter(treasurer, name):
    """All names of the person, in whatever way they came."""
    found = treasurer.post(f"{LIST}search/", {"text": "徳本"}).context["entries"]
    assert sorted(entry.origin for entry in found) == ["learned", "name", "reading"]


def test_a_search_for_a_number_of_the_state_is_refused(treasurer, name):
    """It is not shown again either."""
    response = treasurer.post(f"{LIST}search/", {"text": "123456789018"})
    assert (response.status_code, "123456789018" in body(response)) == (422, False)


def test_a_search_without_words_is_refused_in_words(treasurer, name):
    """Nothing typed: the field says so."""
    assert treasurer.post(f"{LIST}search/", {"text": " "}).status_code == 422


# --- deciding


def test_supporters_are_found_on_the_page_of_a_name(treasurer, name, hanako):
    """Whose it is now stands beside whom the search found; nobody is ticked yet."""
    other = SupporterFactory(name="小野　実")
    offered = treasurer.post(page_of(name), {"text": "小野"}).context["offered"]
    assert offered == [(hanako, False), (other, False)]


def test_ticks_stay_when_one_searches_again(treasurer, name, hanako):
    """Two who pay together are found one after the other."""
    first, second = SupporterFactory(name="小野　実"), SupporterFactory(name="原　恵")
    offered = treasurer.post(page_of(name), {"text": "原", "who": [first.pk]}).context["offered"]
    assert offered == [(first, True), (hanako, False), (second, False)]


def test_nobody_found_is_said(treasurer, name):
    """With what else one may type."""
    assert "見つかりませんでした" in body(treasurer.post(page_of(name), {"text": "ｲﾅｲﾋﾄ"}))


def test_a_name_goes_to_the_ticked_supporter(treasurer, name):
    """And its page says so."""
    other = SupporterFactory(name="小野　実")
    response = treasurer.post(reverse("donations:payer_name_reassign", args=[name.pk]), {"who": [other.pk]}, follow=True)
    assert (learned(), "だれのものかを変えました" in body(response), response.context["entry"].payers) == (
        [other.pk], True, (other,),
    )  # fmt: skip


def test_a_name_goes_to_two_who_pay_together(treasurer, name, hanako):
    """Both are ticked."""
    other = SupporterFactory()
    post(treasurer, "payer_name_reassign", name, who=[hanako.pk, other.pk])
    assert sorted(learned()) == sorted([hanako.pk, other.pk])


def test_a_name_becomes_nobodys(treasurer, name):
    """With the other button, whatever is ticked."""
    post(treasurer, "payer_name_reassign", name, nobody="yes", who=[name.supporter_id])
    assert learned() == [None]


def test_nobody_ticked_is_refused(treasurer, name, hanako):
    """The search and its results are shown again."""
    response = post(treasurer, "payer_name_reassign", name, text="徳本")
    assert (response.status_code, response.context["offered"], learned()) == (422, [(hanako, False)], [hanako.pk])


def test_a_name_is_blocked_and_freed(treasurer, name):
    """One button, that says what it does."""
    found = []
    for use in ("no", "yes"):
        post(treasurer, "payer_name_allow", name, use=use)
        name.refresh_from_db()
        found.append(name.blocked_for_auto)
    assert found == [True, False]


def test_a_name_is_forgotten(treasurer, name):
    """And the list says what follows from that."""
    response = treasurer.post(reverse("donations:payer_name_forget", args=[name.pk]), follow=True)
    assert (learned(), "もう一度、人が決めます" in body(response)) == ([], True)


def test_a_registered_name_cannot_be_forgotten_here(treasurer, hanako):
    """The refusal leads to the sheet of the supporter."""
    reading = hanako.payer_names.get(origin=NameOrigin.READING)
    response = post(treasurer, "payer_name_forget", reading)
    assert (response.status_code, "/supporters/00018/" in body(response)) == (422, True)


def test_the_sheet_of_a_supporter_leads_to_each_name(treasurer, name, hanako):
    """The treasurer gets a link, whoever may not open it only the words."""
    assert f'href="{page_of(name)}"' in body(treasurer.get("/supporters/00018/"))


def test_an_organiser_has_no_link_to_the_names(organiser, name, hanako):
    """They see the spelling on the sheet."""
    page = body(organiser.get("/supporters/00018/"))
    assert ("ｱｵｿﾗ ｼﾖﾃﾝ" in page, page_of(name) in page) == (True, False)
