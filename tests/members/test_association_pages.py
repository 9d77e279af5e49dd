"""会の設定."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from members.models import Association, BankAccount, FeeRate, SupporterKind
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory

pytestmark = pytest.mark.django_db
PAGE = "/association/"
FACTS = {"name": "みずうみの会", "address": "東京都千代田区1-1", "email": "m@example.jp", "phone": "03-1234-5678"}
RULES = {
    "fiscal_year_start_month": "1", "fiscal_year_rule": "first_unpaid", "split_rule": "all_donation",
    "receipt_policy": "on_request", "receipt_period": "per_year", "receipt_wording": "ありがとうございます。",
}  # fmt: skip
AUTO = {"auto_confidence": "0.999", "auto_error_limit": "0.5"}
WINDOW = {"window_left_mm": "18", "window_top_mm": "10", "window_width_mm": "95", "window_height_mm": "40"}


def test_the_group_is_founded_on_the_page(admin):
    """Before anything else, the page asks who we are."""
    assert "会の名前" in admin.get(PAGE).content.decode()
    response = admin.post(PAGE, {**FACTS, "account_number": "00100-2-729745", "fiscal_year_start_month": "4"})
    assert (response.status_code, Association.get().name, BankAccount.objects.count()) == (302, "みずうみの会", 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"account_number": "00100-2-729746"}, "account_number"), ({"name": ""}, "name"), ({"opening_balance_yen": "5"}, None)],
)
def test_a_wrong_first_sheet_founds_nothing(admin, change, field):
    """422, with the words beside the field or on top."""
    facts = {**FACTS, "account_number": "00100-2-729745", "fiscal_year_start_month": "4", **change}
    response = admin.post(PAGE, facts)
    assert (response.status_code, Association.objects.count()) == (422, 0)
    errors = list(response.context["form"].errors)
    assert errors == [field] if field else response.context["problem"].code == "bad_opening"


def test_an_auditor_waits_for_the_group(auditor):
    """The page says who sets it up, and shows no form."""
    shown = auditor.get(PAGE).content.decode()
    assert "まだ登録されていません" in shown
    assert 'name="account_number"' not in shown


def test_the_page_shows_how_to_pay_from_another_bank(treasurer):
    """店番, 預金種目, 口座番号 of the 振替口座."""
    AssociationFactory()
    BankAccountFactory()
    shown = treasurer.get(PAGE).content.decode()
    for word in ("00100-2-729745", "〇一九", "019", "当座", "0729745"):
        assert word in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_accounts_as_for_one(treasurer, rows, django_assert_num_queries):
    """Session, user, roles, group, accounts, fees."""
    AssociationFactory()
    for n in range(rows):
        BankAccountFactory(number=f"X{n}", kind="other_bank")
    with django_assert_num_queries(6):
        treasurer.get(PAGE)


@pytest.mark.parametrize(
    ("section", "typed"), [("facts", {**FACTS, "name": "新しい名前"}), ("rules", RULES), ("auto", AUTO), ("window", WINDOW)]
)
def test_a_sheet_changes_what_it_asks(treasurer, section, typed):
    """Each question has its sheet; the rest stays."""
    AssociationFactory()
    response = treasurer.post(f"{PAGE}{section}/", typed)
    group = Association.get()
    assert response.status_code == 302
    assert {name: str(getattr(group, name)) for name in typed} == typed


def test_a_sheet_opens_with_what_is_known(treasurer):
    """Nobody types everything again."""
    AssociationFactory(name="みずうみの会")
    assert treasurer.get(f"{PAGE}facts/").context["form"].initial["name"] == "みずうみの会"
    assert treasurer.get(f"{PAGE}account/").context["form"].initial == {}


@pytest.mark.parametrize(
    ("section", "typed", "field"),
    [
        ("facts", {**FACTS, "phone": "1"}, "phone"),
        ("facts", {**FACTS, "email": "x"}, "email"),
        ("facts", {**FACTS, "name": "個人番号 123456789018"}, "name"),
        ("rules", {**RULES, "receipt_wording": "個人番号 123456789018"}, "receipt_wording"),
        ("window", {**WINDOW, "window_width_mm": "200"}, "window_width_mm"),
        ("account", {"kind": "postal_transfer", "number": "1"}, "number"),
        ("account", {"kind": "other_bank", "number": "1234567"}, "number"),
        ("fee", {"kind": "individual", "unit_price_yen": "0", "valid_from": "2027-04-01"}, "unit_price_yen"),
        ("seal", {}, "picture"),
    ],
)
def test_a_wrong_sheet_comes_back_with_words_beside_its_field(treasurer, section, typed, field):
    """422, and no number is shown again."""
    AssociationFactory()
    response = treasurer.post(f"{PAGE}{section}/", typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "123456789018" not in response.content.decode()


def test_an_account_is_added(treasurer, today):
    """In its one spelling, with its opening balance."""
    AssociationFactory()
    typed = {"kind": "postal_savings", "number": "14030 12345671", "opening_balance_yen": "500", "opening_on": "2026-04-01"}
    assert treasurer.post(f"{PAGE}account/", typed).status_code == 302
    assert BankAccount.objects.values_list("number", "opening_balance_yen").get() == ("14030-12345671", 500)


def test_a_fee_gets_its_day(treasurer):
    """The old one stays listed."""
    AssociationFactory()
    FeeRateFactory()
    typed = {"kind": "individual", "unit_price_yen": "1500", "valid_from": "2027-04-01"}
    assert treasurer.post(f"{PAGE}fee/", typed).status_code == 302
    assert list(FeeRate.objects.filter(kind=SupporterKind.INDIVIDUAL).values_list("unit_price_yen", flat=True)) == [1000, 1500]


def test_a_seal_is_drawn_shown_and_taken_away(admin):
    """PNG out of JPEG; gone when not wanted any more."""
    AssociationFactory()
    data = BytesIO()
    Image.new("RGB", (30, 30), "red").save(data, "JPEG")
    assert admin.post(f"{PAGE}seal/", {"picture": SimpleUploadedFile("inkan.jpg", data.getvalue())}).status_code == 302
    shown = admin.get(f"{PAGE}seal.png")
    assert (shown.headers["Content-Type"], Image.open(BytesIO(shown.content)).size) == ("image/png", (30, 30))
    assert admin.post(f"{PAGE}seal/", {"remove": "on"}).status_code == 302
    assert admin.get(f"{PAGE}seal.png").status_code == 404


def test_another_file_is_no_seal(admin):
    """422 with the reason."""
    AssociationFactory()
    response = admin.post(f"{PAGE}seal/", {"picture": SimpleUploadedFile("inkan.png", b"%PDF-1.7")})
    assert (response.status_code, response.context["problem"].code) == (422, "not_a_seal_image")


def test_the_automatic_rule_is_kept_and_can_be_left_to_the_program(treasurer):
    """A choice and a limit; empty again, the program decides by the size of the register and without a limit."""
    AssociationFactory()
    found = []
    for typed in (AUTO, {"auto_confidence": "", "auto_error_limit": ""}):
        treasurer.post(f"{PAGE}auto/", typed)
        found.append(Association.objects.values_list("auto_confidence", "auto_error_limit").get())
    assert found == [(0.999, 0.5), (None, None)]


@pytest.mark.parametrize("typed", [{"auto_confidence": "0.2"}, {"auto_error_limit": "-1"}, {"auto_error_limit": "nan"}])
def test_a_rule_that_is_none_is_refused(treasurer, typed):
    """Nothing changes."""
    AssociationFactory()
    assert treasurer.post(f"{PAGE}auto/", typed).status_code == 422
