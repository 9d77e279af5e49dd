"""入金の照合 with slips: the row without a name opens its sheet; a daily sum is confirmed slip by slip."""

import re

import pytest
from django.urls import reverse

from donations.models import Allocation, Slip
from donations.shares import DONATION
from tests.factories.donations import SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db
DESK = reverse("donations:reconcile")
TYPE_IT = "この行の払込票を入れる"
BY_SLIP = "払込票のとおりに分けて確定"


@pytest.fixture(autouse=True)
def people():
    """花子 and 一郎."""
    AssociationFactory()
    FeeRateFactory()
    return [
        SupporterFactory(name="徳本　花子", reading="トクモト ハナコ"), SupporterFactory(name="佐伯　一郎", reading="サエキ イチロウ"),
    ]  # fmt: skip


def nameless(yen=1000):
    return TransactionFactory(received_yen=yen, detail_1="通常払込み", detail_2="")


@pytest.fixture
def day_sum():
    """¥5,000 with a slip of each; 一郎's reading is written with a slip of the pen, so that a person has to look."""
    row = nameless(5000)
    SlipFactory(transaction=row, amount_yen=2000)
    SlipFactory(transaction=row, amount_yen=3000, payer_name="佐伯 一朗", kana="")
    return row


def desk(client, row, **query):
    """The open row on the desk."""
    page = client.get(DESK, {"row": row.pk, "pile": "likely", **query}).content.decode()
    return page.split(f'id="row-{row.pk}"')[1]


def confirm_by_slip(client, row, digest):
    return client.post(reverse("donations:confirm_joint", args=[row.pk]), {"digest": digest, "pile": "likely"})


def digest_of(page):
    return re.search(r'name="digest" value="([0-9a-f]+)"', page).group(1)


def test_a_row_without_a_name_opens_its_sheet(treasurer):
    """The button leads to the sheet of this row and back."""
    row = nameless()
    shown = desk(treasurer, row)
    assert (TYPE_IT in shown, f"{reverse('donations:slips')}?row={row.pk}&amp;back=desk" in shown) == (True, True)


def test_a_row_with_a_name_does_not(treasurer):
    """The bank has named the payer."""
    assert TYPE_IT not in desk(treasurer, TransactionFactory(detail_2="ﾐｼﾗﾇ ﾋﾄ"))


def test_the_auditor_is_not_asked_to_type(auditor):
    """Reading only."""
    assert TYPE_IT not in desk(auditor, nameless())


def test_the_slip_is_shown_beside_its_row(treasurer):
    """What the payer wrote, and whom it means."""
    row = nameless(1300)
    SlipFactory(transaction=row, message="いつもありがとう")
    shown = desk(treasurer, row)
    assert all(words in shown for words in ("徳本 花子", "いつもありがとう", "徳本　花子"))
    assert TYPE_IT not in shown


def test_a_certain_row_is_called_by_its_slip(treasurer):
    """On the pile that is confirmed at once, the name stands where the bank has none."""
    SlipFactory(transaction=nameless())
    page = treasurer.get(DESK, {"pile": "certain"}).content.decode()
    assert re.search(r"<label [^>]*>徳本 花子</label> <span class=\"tag\">払込票</span>", page)


def test_a_daily_sum_is_confirmed_by_its_slips(treasurer, day_sum, people):
    """One press, one payment for each slip."""
    shown = desk(treasurer, day_sum)
    confirm_by_slip(treasurer, day_sum, digest_of(shown))
    paid = Allocation.objects.live().order_by("amount_yen").values_list("supporter_id", "amount_yen", "units")
    assert (BY_SLIP in shown, list(paid)) == (True, [(people[0].pk, 2000, 2), (people[1].pk, 3000, 3)])


def test_pressed_twice_it_is_confirmed_once(treasurer, day_sum):
    """The second press is no error."""
    seen = digest_of(desk(treasurer, day_sum))
    answers = [confirm_by_slip(treasurer, day_sum, seen).status_code for _ in range(2)]
    assert (answers, Allocation.objects.live().count()) == ([302, 302], 2)


def test_what_changed_since_shown_is_not_confirmed(treasurer, day_sum):
    """Another slip by now: 422, and nothing is written."""
    seen = digest_of(desk(treasurer, day_sum))
    Slip.objects.filter(amount_yen=3000).update(payer_name="見知らぬ 人")
    assert (confirm_by_slip(treasurer, day_sum, seen).status_code, Allocation.objects.count()) == (422, 0)


def test_an_incomplete_sum_waits_for_its_slips(treasurer):
    """It offers the next sheet, not the confirmation."""
    row = nameless(5000)
    SlipFactory(transaction=row, amount_yen=2000)
    shown = desk(treasurer, row)
    assert ("残りの払込票を入れる" in shown, "払込票がそろうと" in shown, BY_SLIP in shown) == (True, True, False)


def test_a_sum_is_split_by_its_slips(treasurer, day_sum, people):
    """The sheet that shares out the row begins with a line for each slip, and shows them."""
    page = treasurer.get(reverse("donations:split", args=[day_sum.pk])).content.decode()
    lines = re.findall(r'name="form-\d-who" value="([^"]*)"', page)
    assert (lines[:2], "佐伯 一朗" in page) == ([f"{one.number} {one.name}" for one in people], True)


def test_a_split_by_hand_learns_the_names_on_the_slips(treasurer, day_sum, people):
    """The yen say whose slip is whose."""
    given = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    for place, (person, yen) in enumerate(zip(people, (2000, 3000), strict=True)):
        given |= {f"form-{place}-who": person.number, f"form-{place}-purpose": DONATION, f"form-{place}-amount_yen": yen}
        given[f"form-{place}-fiscal_year"] = 2026
    treasurer.post(reverse("donations:split", args=[day_sum.pk]), given)
    learned = [person.payer_names.filter(origin="learned").values_list("as_written", flat=True).first() for person in people]
    assert learned == ["徳本 花子", "佐伯 一朗"]


def test_the_page_of_a_row_shows_its_slips(treasurer):
    """And what is left of it."""
    row = nameless(5000)
    SlipFactory(transaction=row, amount_yen=2000)
    page = treasurer.get(reverse("donations:transaction", args=[row.pk])).content.decode()
    assert ("徳本 花子" in page, "払込票がまだの金額は3,000円" in page) == (True, True)


def test_a_new_supporter_begins_with_the_slip(treasurer):
    """The sheet is filled from the paper."""
    row = nameless()
    SlipFactory(transaction=row, payer_name="山﨑 恵", kana="ヤマザキ メグミ", phone="03-0000-1234")
    page = treasurer.get(reverse("donations:new_payer", args=[row.pk])).content.decode()
    assert all(f'value="{words}"' in page for words in ("山﨑 恵", "ヤマザキ メグミ", "03-0000-1234"))
