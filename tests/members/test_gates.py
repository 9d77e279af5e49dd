"""Who may open and change which page of the room."""

import pytest
from django.urls import reverse

from members.models import Supporter
from members.numbering import supporter_number
from tests.factories.members import FIRST_MADE_SERIAL, AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db
NUMBER = supporter_number(FIRST_MADE_SERIAL - 1)
NOBODY = supporter_number(FIRST_MADE_SERIAL - 2)

READ_PAGES = ["supporters", "import", "import_template", "export", "supporter"]
WRITE_PAGES = ["add", "edit"]
POST_ONLY = ["search", "import_rows", "consent", "opt_out", "leave", "lapse", "return"]
SETTINGS_PAGES = ["association"]
SETTINGS_SHEETS = ["facts", "rules", "window", "account", "fee", "seal"]
ABOUT_ONE = {"supporter", "edit", "consent", "opt_out", "leave", "lapse", "return"}


def address(name, number=NUMBER):
    if name in SETTINGS_SHEETS:
        return reverse("members:association_section", args=[name])
    return reverse(f"members:{name}", args=[number] if name in ABOUT_ONE else [])


@pytest.fixture(autouse=True)
def somebody():
    AssociationFactory()
    return SupporterFactory(number=NUMBER)


@pytest.mark.parametrize("name", READ_PAGES + WRITE_PAGES + POST_ONLY + SETTINGS_PAGES + SETTINGS_SHEETS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_is_sent_to_sign_in(outsider, admin, name, method):
    """No page of the room is public."""
    response = getattr(outsider, method)(address(name))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["treasurer", "organiser", "auditor"])
@pytest.mark.parametrize("name", READ_PAGES)
def test_who_works_with_people_may_read(request, who, name):
    """帳簿さん, 便りさん and 監査さん see the list."""
    assert request.getfixturevalue(who).get(address(name)).status_code == 200


@pytest.mark.parametrize("who", ["treasurer", "organiser"])
@pytest.mark.parametrize("name", WRITE_PAGES)
def test_who_works_with_people_may_open_the_sheets(request, who, name):
    """帳簿さん and 便りさん add and change."""
    assert request.getfixturevalue(who).get(address(name)).status_code == 200


@pytest.mark.parametrize("who", ["printer", "admin"])
@pytest.mark.parametrize("name", READ_PAGES + WRITE_PAGES)
def test_others_do_not_see_supporters(request, who, name):
    """Printing receipts and managing users needs no list."""
    assert request.getfixturevalue(who).get(address(name)).status_code == 403


@pytest.mark.parametrize("name", [*WRITE_PAGES, "import", "import_rows", "export", "consent", "opt_out", "leave", "lapse", "return"])
@pytest.mark.parametrize("who", ["auditor", "printer", "admin"])
def test_who_only_reads_is_refused_to_write(request, who, name):
    """監査さん may look, not touch; nothing changes."""
    before = Supporter.objects.values().get()
    assert request.getfixturevalue(who).post(address(name), {}).status_code == 403
    assert Supporter.objects.values().get() == before


def test_searching_is_reading(auditor, printer):
    """A search is a POST only so that no name stands in an address."""
    assert auditor.post(address("search"), {"q": "森"}).status_code == 200
    assert printer.post(address("search"), {"q": "森"}).status_code == 403


@pytest.mark.parametrize("who", ["treasurer", "admin"])
@pytest.mark.parametrize("name", SETTINGS_PAGES + SETTINGS_SHEETS)
def test_settings_are_for_treasurer_and_admin(request, who, name):
    """会の設定 and its sheets."""
    assert request.getfixturevalue(who).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", SETTINGS_SHEETS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_auditor_changes_no_settings(auditor, name, method):
    """監査さん sees the settings and no sheet to change them."""
    assert auditor.get(address("association")).status_code == 200
    assert getattr(auditor, method)(address(name)).status_code == 403


@pytest.mark.parametrize("who", ["organiser", "printer"])
def test_others_do_not_see_settings(request, who):
    """They have no use for them."""
    assert request.getfixturevalue(who).get(address("association")).status_code == 403


@pytest.mark.parametrize("name", POST_ONLY)
def test_what_changes_is_a_post(treasurer, name):
    """A GET never writes: 405."""
    assert treasurer.get(address(name)).status_code == 405


@pytest.mark.parametrize("name", ["supporters", "supporter", "import_template"])
def test_what_shows_is_a_get(treasurer, name):
    """A POST to a page that only shows: 405."""
    assert treasurer.post(address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted(ABOUT_ONE))
def test_an_unknown_number_is_not_found(treasurer, name):
    """404 for a number that nobody has."""
    method = treasurer.post if name in POST_ONLY else treasurer.get
    assert method(address(name, NOBODY)).status_code == 404


def test_an_unknown_sheet_is_not_found(treasurer):
    """404, and for the picture of a seal that there is not."""
    assert treasurer.get("/association/nothing/").status_code == 404
    assert treasurer.get("/association/seal.png").status_code == 404
