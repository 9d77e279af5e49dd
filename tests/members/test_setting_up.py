"""Our own group, its accounts and its fees."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from members.models import AccountKind, Association, BankAccount, FeeRate, SupporterKind
from members.seal import seal_png
from members.setting_up import (
    add_account,
    change_association,
    change_fee,
    remember_account_alias,
    set_opening,
    set_up_association,
)
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory

pytestmark = pytest.mark.django_db
GROUP = {"name": "みずうみの会", "account_number": "00100-2-729745", "address": "東京都千代田区1-1", "email": "m@example.jp"}


@pytest.fixture
def desk(today, now):
    return {"today": today, "at": now, "by": "kanri"}


@pytest.fixture
def hand(now):
    return {"at": now, "by": "kanri"}


def test_a_group_starts_with_fees_an_account_and_a_cash_box(desk):
    """¥1,000 and ¥3,000 a unit, the 振替口座 in its one spelling, 現金."""
    set_up_association(**{**GROUP, "account_number": "００１００‐２ ７２９７４５"}, **desk)
    assert FeeRate.objects.active_on(date(2026, 4, 1)) == {SupporterKind.INDIVIDUAL: 1000, SupporterKind.ORGANISATION: 3000}
    assert set(BankAccount.objects.values_list("kind", "number", "name")) == {
        (AccountKind.POSTAL_TRANSFER, "00100-2-729745", "振替口座"),
        (AccountKind.CASH, "", "現金"),
    }


def test_the_same_again_changes_nothing(desk):
    """Setting up twice leaves one group and no further event."""
    first = set_up_association(**GROUP, **desk)
    events = AuditEvent.objects.count()
    assert set_up_association(**GROUP, **desk) == first
    assert (AuditEvent.objects.count(), BankAccount.objects.count()) == (events, 2)


def test_saying_less_the_second_time_is_no_difference(desk):
    """What is not said is not compared."""
    set_up_association(**GROUP, fiscal_year_start_month=1, **desk)
    assert set_up_association(name=GROUP["name"], **desk).fiscal_year_start_month == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "別の会"}, "会の名前"),
        ({"account_number": "00180-2-687915"}, "口座番号"),
        ({"opening_balance_yen": 5, "opening_on": date(2026, 4, 1)}, "始めの残高"),
        ({"fiscal_year_start_month": 1}, "年度の始まりの月"),
    ],
)
def test_other_values_are_refused_by_name(desk, change, word):
    """A group that exists is changed on its page; the refusal says what differs."""
    set_up_association(**GROUP, **desk)
    with pytest.raises(Refused, match=word) as refusal:
        set_up_association(**{**GROUP, **change}, **desk)
    assert refusal.value.code == "already_set_up"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"account_number": "00100-2-729746"}, "bad_account_number"),
        ({"opening_balance_yen": 5}, "bad_opening"),
        ({"opening_balance_yen": 5, "opening_on": date(2026, 11, 24)}, "bad_opening"),
        ({"email": "m"}, "bad_value"),
        ({"phone": "12"}, "bad_value"),
        ({"fiscal_year_start_month": 13}, "bad_value"),
        ({"name": " "}, "bad_value"),
    ],
)
def test_a_wrong_value_founds_no_group(desk, change, code):
    """Nothing is half-done."""
    with pytest.raises(Refused) as refusal:
        set_up_association(**{**GROUP, **change}, **desk)
    assert (refusal.value.code, Association.objects.count()) == (code, 0)


def test_phone_and_postal_code_get_one_spelling(desk):
    """As for supporters."""
    group = set_up_association(**GROUP, phone="+81 3 1234 5678", postal_code="１００－０００１", **desk)
    assert (group.phone, group.postal_code) == ("03-1234-5678", "100-0001")


def test_a_change_is_recorded_by_field(hand):
    """Names of fields, and only those that changed."""
    AssociationFactory(name="みずうみの会")
    assert change_association(changes={"name": "みずうみの会", "fiscal_year_start_month": 1}, **hand) == [
        "fiscal_year_start_month"
    ]
    assert AuditEvent.objects.get().changed_fields == "fiscal_year_start_month"


def test_a_national_id_number_is_refused_in_the_wording(hand):
    """The words of the receipt pass the scanner as everything does."""
    AssociationFactory()
    with pytest.raises(NationalIdRefused):
        change_association(changes={"receipt_wording": "個人番号 123456789018"}, **hand)


def test_a_field_that_is_no_fact_is_a_mistake(hand):
    """The serial is not for the settings page."""
    AssociationFactory()
    with pytest.raises(ValueError, match="last_supporter_serial"):
        change_association(changes={"last_supporter_serial": 0}, **hand)


def test_a_postal_savings_number_says_its_kind(desk):
    """The 記号 decides between 振替 and 総合."""
    account = add_account(kind=AccountKind.POSTAL_TRANSFER, number="14030-12345671", **desk)
    assert (account.kind, account.name) == (AccountKind.POSTAL_SAVINGS, "総合口座")


def test_an_account_is_added_once(desk):
    """The same account in another spelling is the same account."""
    BankAccountFactory()
    with pytest.raises(Refused) as refusal:
        add_account(kind=AccountKind.POSTAL_TRANSFER, number="00100 2 0729745", **desk)
    assert refusal.value.code == "account_exists"


def test_another_bank_needs_its_three_facts(desk):
    """Bank, branch and number."""
    with pytest.raises(Refused) as refusal:
        add_account(kind=AccountKind.OTHER_BANK, number="1234567", bank_name="みどり銀行", **desk)
    assert refusal.value.code == "bad_account_number"


def test_an_unknown_opening_may_be_said_once(desk):
    """Saying it again is fine, saying something else is refused."""
    account = BankAccountFactory(opening_balance_yen=None, opening_on=None)
    for _ in range(2):
        set_opening(account=account, opening_balance_yen=500, opening_on=date(2026, 4, 1), **desk)
    with pytest.raises(Refused) as refusal:
        set_opening(account=account, opening_balance_yen=501, opening_on=date(2026, 4, 1), **desk)
    assert refusal.value.code == "opening_known"


def test_a_new_fee_holds_from_its_day(hand):
    """The old rate stays for the days before."""
    FeeRateFactory()
    change_fee(kind=SupporterKind.INDIVIDUAL, unit_price_yen=1500, valid_from=date(2027, 4, 1), **hand)
    prices = [FeeRate.objects.active_on(day)[SupporterKind.INDIVIDUAL] for day in (date(2027, 3, 31), date(2027, 4, 1))]
    assert prices == [1000, 1500]


def test_a_fee_of_nothing_is_refused(hand):
    """A unit costs at least one yen."""
    with pytest.raises(Refused) as refusal:
        change_fee(kind=SupporterKind.INDIVIDUAL, unit_price_yen=0, valid_from=date(2027, 4, 1), **hand)
    assert refusal.value.code == "bad_value"


def test_a_spelling_of_the_bank_is_remembered_once(hand):
    """The second time changes nothing."""
    account = BankAccountFactory()
    for _ in range(2):
        remember_account_alias(account=account, as_written="00100-0729745", **hand)
    assert (account.aliases.count(), AuditEvent.objects.count()) == (1, 1)


def test_a_spelling_stands_for_one_account(hand):
    """A spelling of one account is refused for another."""
    remember_account_alias(account=BankAccountFactory(), as_written="X", **hand)
    with pytest.raises(Refused) as refusal:
        remember_account_alias(account=BankAccountFactory(savings=True), as_written="X", **hand)
    assert refusal.value.code == "alias_taken"


def picture(form, size, mode="RGB", **options):
    data = BytesIO()
    Image.new(mode, size, "red").save(data, form, **options)
    return data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_seal_is_drawn_anew_and_made_small(form):
    """A large picture becomes a PNG of at most 600 px."""
    with Image.open(BytesIO(seal_png(picture(form, (1200, 900))))) as seal:
        assert (seal.format, seal.size) == ("PNG", (600, 450))


def test_a_seal_carries_nothing_but_pixels():
    """Texts in the file do not come in."""
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "わたしの番号")
    assert b"Comment" not in seal_png(picture("PNG", (10, 10), pnginfo=words))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(20)])
def test_other_files_are_no_seal(data):
    """Only PNG and JPEG are read."""
    with pytest.raises(Refused) as refusal:
        seal_png(data)
    assert refusal.value.code == "not_a_seal_image"


def test_a_huge_picture_is_refused_unread():
    """A file that would fill the memory is not decoded."""
    with pytest.raises(Refused) as refusal:
        seal_png(picture("PNG", (6000, 6000), mode="1"))
    assert refusal.value.code == "seal_too_large"
