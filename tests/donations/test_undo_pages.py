"""Taking back what was decided on another day: the page of one row, and the list of what is put aside."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.allocating import confirm, link_reversal, set_aside
from donations.entering import TAKEN_BACK_WORD
from donations.models import Allocation
from donations.shares import DUES, Share
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db
DESK = "/donations/reconcile/"


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def row(account):
    return TransactionFactory(account=account, received_yen=2_000, detail_2="ﾐｼﾗﾇ ﾋﾄ", booked_on=date(2026, 4, 10))


@pytest.fixture
def withdrawal(account, row):
    return TransactionFactory(
        account=account, received_yen=0, paid_out_yen=2_000, detail_1="組戻", booked_on=row.booked_on + timedelta(3)
    )


def long_ago():
    return timezone.now() - timedelta(days=40)


def confirmed(row, supporter):
    shares = [Share(supporter.pk, DUES, row.received_yen, 2026, row.received_yen // 1_000)]
    return confirm(transaction_id=row.pk, shares=shares, at=long_ago(), by="choubo")


def held(row, **given):
    return set_aside(transaction_id=row.pk, reason="asking", note="葉書を出した", at=long_ago(), by="choubo", **given)


def returned(withdrawal, row):
    return link_reversal(withdrawal_id=withdrawal.pk, original_id=row.pk, at=long_ago(), by="choubo")


def page_of(client, row):
    return client.get(reverse("donations:transaction", args=[row.pk])).content.decode()


def button(name, row):
    return f'action="{reverse(f"donations:{name}", args=[row.pk])}"'


def test_an_old_confirmation_can_be_taken_back_on_the_page_of_its_row(treasurer, row, hanako):
    """The button stands there, whatever day it was confirmed."""
    confirmed(row, hanako)
    assert page_of(treasurer, row).count(button("undo_row", row)) == 1


def test_a_receipted_confirmation_has_no_button_on_the_page_of_its_row(treasurer, row, hanako):
    """The way to correct a receipted row stands there instead."""
    confirmed(row, hanako)
    Allocation.objects.update(receipted_at=timezone.now())
    page = page_of(treasurer, row)
    assert (button("undo_row", row) in page, reverse("office:correct", args=[row.pk]) in page) == (False, True)


def test_an_old_set_aside_can_be_taken_back_on_the_page_of_its_row(treasurer, row):
    """The button stands there and opens the row again."""
    held(row)
    assert page_of(treasurer, row).count(button("undo_row", row)) == 1


def test_a_reversal_can_be_taken_back_on_both_pages(treasurer, row, withdrawal):
    """The withdrawal and its original offer it; the set-aside of the original alone is not offered."""
    returned(withdrawal, row)
    pages = [page_of(treasurer, withdrawal), page_of(treasurer, row)]
    assert [(button("unlink_reversal", withdrawal) in page, button("undo_row", row) in page) for page in pages] == [
        (True, False), (True, False),
    ]  # fmt: skip


def test_a_correction_of_the_cash_box_has_no_button(treasurer, row, withdrawal):
    """What was typed and taken back is typed anew, not linked anew."""
    returned(withdrawal, row)
    type(withdrawal).objects.filter(pk=withdrawal.pk).update(detail_1=TAKEN_BACK_WORD)
    assert button("unlink_reversal", withdrawal) not in page_of(treasurer, row)


def test_the_auditor_takes_nothing_back_on_the_page_of_a_row(auditor, row, hanako, withdrawal):
    """No form but the one to sign out."""
    confirmed(row, hanako)
    returned(withdrawal, row)
    assert page_of(auditor, row).count("<form") == page_of(auditor, withdrawal).count("<form") == 1


def test_what_is_put_aside_is_listed(treasurer, row):
    """With yen, payer, reason, note, since when, by whom, and the button."""
    one = held(row)
    page = treasurer.get(DESK, {"pile": "aside"}).content.decode()
    words = ["2,000円", "ﾐｼﾗﾇ ﾋﾄ", one.get_reason_display(), "葉書を出した", f"{timezone.localtime(one.at):%Y-%m-%d}",
             "choubo", button("undo_row", row), "もう一度決める</button>"]  # fmt: skip
    assert [word for word in words if word not in page] == []


def test_a_row_opened_again_leaves_the_list(treasurer, row):
    """After the button nothing is put aside any more."""
    held(row)
    treasurer.post(reverse("donations:undo_row", args=[row.pk]))
    assert "保留・対象外の入金は、いまはありません。" in treasurer.get(DESK, {"pile": "aside"}).content.decode()


def test_a_row_given_back_is_listed_without_the_button(treasurer, row, withdrawal):
    """The yen add up to those of the home page; the 組戻 is taken back on the page of the row."""
    returned(withdrawal, row)
    page = treasurer.get(DESK, {"pile": "aside"}).content.decode()
    assert ("1件、2,000円" in page, button("undo_row", row) in page, "返した入金です" in page) == (True, False, True)


def test_the_home_page_leads_to_what_is_put_aside(treasurer, row):
    """The figure is a link."""
    assert f'href="{DESK}?pile=aside"' in treasurer.get("/").content.decode()


def test_after_taking_back_the_words_stand_right_above_the_row(treasurer, row, hanako):
    """The page lands at the row, so the message is there and nowhere else."""
    confirmed(row, hanako)
    answer = treasurer.post(reverse("donations:undo_row", args=[row.pk]), follow=True)
    page = answer.content.decode()
    note, opened = page.index("取り消しました。"), page.index(f'<li id="row-{row.pk}" class="open"')
    assert (page.count("取り消しました。"), page[note:opened].count("<li")) == (1, 0)


def test_after_a_reversal_is_taken_back_the_words_stand_right_above_the_withdrawal(treasurer, row, withdrawal):
    """They say that the original waits again too."""
    returned(withdrawal, row)
    answer = treasurer.post(reverse("donations:unlink_reversal", args=[withdrawal.pk]), follow=True)
    page = answer.content.decode()
    note, opened = page.index("取り消しました。"), page.index(f'<li id="row-{withdrawal.pk}" class="open"')
    assert ("それも照合待ちに戻りました" in page[note:opened], page[note:opened].count("<li")) == (True, 0)
