"""フリガナを確かめる: guessed readings, on the list, the sheet and the form."""

import pytest
from django.urls import reverse

from japanese.dictionary_readings import is_installed
from members.models import NameOrigin, Supporter, SupporterState
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db
LIST = "/supporters/readings/"


@pytest.fixture(autouse=True)
def group():
    return AssociationFactory()


@pytest.fixture
def megumi():
    return SupporterFactory(name="小谷　恵", reading="")


def body(response):
    return response.content.decode()


def accept(client, supporter, reading, **more):
    return client.post(reverse("members:reading", args=[supporter.number]), {"reading": reading, **more})


def names_on(response):
    return [supporter.name for supporter, _proposals in response.context["rows"]]


# --- who may see and do what


@pytest.mark.parametrize("who", ["treasurer", "organiser", "auditor"])
def test_who_keeps_the_list_sees_the_page(request, who, megumi):
    """The auditor too."""
    assert names_on(request.getfixturevalue(who).get(LIST)) == ["小谷　恵"]


def test_an_outsider_signs_in_first(outsider, treasurer):
    """Nobody else."""
    assert outsider.get(LIST).headers["Location"] == f"/accounts/login/?next={LIST}"


@pytest.mark.parametrize("who", ["printer", "admin"])
def test_other_roles_are_refused(request, who, megumi):
    """They see no supporters."""
    client = request.getfixturevalue(who)
    assert (client.get(LIST).status_code, accept(client, megumi, "コタニ メグミ").status_code) == (403, 403)


def test_the_auditor_reads_the_guesses_and_has_no_button(auditor, megumi):
    """But the one to sign out; and a POST is refused."""
    page = body(auditor.get(LIST))
    assert (page.count("<button"), "推測した読み(未確認)" in page, accept(auditor, megumi, "コタニ メグミ").status_code) == (
        1, True, 403,
    )  # fmt: skip


def test_a_supporter_who_is_not_there_is_not_found(treasurer):
    """404."""
    assert treasurer.post("/supporters/99999/reading/", {"reading": "コタニ メグミ"}).status_code == 404


def test_the_list_takes_no_post_and_the_decision_no_get(treasurer, megumi):
    """405."""
    decision = treasurer.get(reverse("members:reading", args=[megumi.number]))
    assert (treasurer.post(LIST).status_code, decision.status_code) == (405, 405)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(treasurer, rows, django_assert_num_queries):
    """Session, user, roles, the count, the rows."""
    SupporterFactory.create_batch(rows, name="小谷　恵", reading="")
    with django_assert_num_queries(5):
        treasurer.get(LIST)


# --- what is shown


def test_only_who_has_no_reading_is_listed(treasurer, megumi):
    """Neither who has one nor who left."""
    SupporterFactory(name="森　誠")
    SupporterFactory(name="林　実", reading="", state=SupporterState.LEFT)
    assert names_on(treasurer.get(LIST)) == ["小谷　恵"]


@pytest.mark.skipif(not is_installed(), reason="needs the extra readings")
def test_an_organisation_gets_the_guess_that_transfers_are_looked_up_by(treasurer):
    """One press keeps it, as of a person."""
    group = SupporterFactory(organisation=True, name="さくら市民の会", reading="")
    assert treasurer.get(LIST).context["rows"] == [(group, ["サクラシミンノカイ"])]


def test_the_guesses_are_marked_as_unconfirmed(treasurer, megumi):
    """On the sheet, with a button for each."""
    page = body(treasurer.get(reverse("members:supporter", args=[megumi.number])))
    assert ("推測(未確認)" in page, '<button name="reading" value="コタニ ' in page) == (True, True)


def test_the_form_offers_the_guesses(treasurer, megumi):
    """As words beside the field and as choices of it."""
    page = body(treasurer.get(reverse("members:edit", args=[megumi.number])))
    assert ("推測した読み(未確認): コタニ" in page, '<option value="コタニ ' in page) == (True, True)


def test_a_known_reading_is_not_guessed_at(treasurer):
    """Neither on the sheet nor in the form."""
    known = SupporterFactory(name="小谷　恵", reading="オダニ ケイ")
    pages = [body(treasurer.get(reverse(f"members:{name}", args=[known.number]))) for name in ("supporter", "edit")]
    assert ["未確認" in page for page in pages] == [False, False]


# --- deciding


def test_a_guess_is_accepted_with_one_press(treasurer, megumi):
    """It becomes the フリガナ, and the other guesses go."""
    accept(treasurer, megumi, "コタニ ケイ")
    origins = set(megumi.payer_names.values_list("origin", flat=True))
    assert (Supporter.objects.get().reading, origins) == ("コタニ ケイ", {NameOrigin.READING, NameOrigin.NAME})


def test_the_right_reading_is_typed(treasurer, megumi):
    """In any kana, as on the sheet."""
    accept(treasurer, megumi, "おたに　めぐみ")
    assert Supporter.objects.get().reading == "オタニ メグミ"


def test_accepting_is_in_the_audit_trail(treasurer, megumi):
    """As a change of the reading, without the reading."""
    accept(treasurer, megumi, "コタニ ケイ")
    assert list(AuditEvent.objects.values_list("action", "by", "changed_fields")) == [
        ("members.supporter_changed", "choubo", "reading"),
    ]


def test_the_list_goes_on_with_the_next(treasurer, megumi):
    """The keyboard stands on the first guess for the next one."""
    SupporterFactory(name="新谷　裕子", reading="")
    page = body(treasurer.post(reverse("members:reading", args=[megumi.number]), {"reading": "コタニ ケイ", "back": "list"}, follow=True))
    assert (page.count("autofocus"), "小谷　恵さんのフリガナを「コタニ ケイ」にしました" in page) == (1, True)


def test_what_is_no_reading_is_refused_and_kept(treasurer, megumi):
    """The field comes back with it, and the sentence says why."""
    response = accept(treasurer, megumi, "小谷 恵", back="list")
    page = body(response)
    assert (response.status_code, 'value="小谷 恵"' in page, "errorlist" in page, Supporter.objects.get().reading) == (
        422, True, True, "",
    )  # fmt: skip


def test_nothing_typed_is_refused_on_the_sheet(treasurer, megumi):
    """422, and nothing changes."""
    assert (accept(treasurer, megumi, " ").status_code, Supporter.objects.get().reading) == (422, "")


def test_a_number_of_the_state_is_not_shown_again(treasurer, megumi):
    """Refused like anywhere else."""
    response = accept(treasurer, megumi, "123456789018", back="list")
    assert (response.status_code, "123456789018" in body(response)) == (422, False)


def test_a_reading_that_somebody_wrote_meanwhile_stays(treasurer, megumi):
    """The guess on an old page does not overwrite it."""
    Supporter.objects.update(reading="オダニ ケイ")
    assert (accept(treasurer, megumi, "コタニ ケイ").status_code, Supporter.objects.get().reading) == (422, "オダニ ケイ")


def test_pressing_twice_is_no_error(treasurer, megumi):
    """The same reading again changes nothing."""
    statuses = [accept(treasurer, megumi, "コタニ ケイ").status_code for _press in range(2)]
    assert (statuses, AuditEvent.objects.count()) == ([302, 302], 1)
