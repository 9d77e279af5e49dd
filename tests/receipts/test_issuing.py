"""Issuing copies the words, numbers without gaps, and never twice for the same yen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from donations.models import Allocation, Purpose
from members.models import ReceiptPeriod, ReceiptPolicy
from privacy.errors import Refused
from privacy.models import AuditEvent
from receipts.issuing import issue_due, reissue, void
from receipts.models import Receipt, ReceiptLine, ReceiptReissue
from tests.factories.donations import AllocationFactory, SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.receipts import make_receipt

UNTIL = date(2026, 11, 23)


def issue(now, **words) -> list[Receipt]:
    return issue_due(**{"until": UNTIL, "today": UNTIL, "at": now, "by": "insatsu", **words})


def test_one_receipt_for_each_payment(db, now) -> None:
    """Two gifts are two receipts, numbered in the order the money came."""
    AssociationFactory()
    late = AllocationFactory(transaction__booked_on=date(2026, 9, 1))
    early = AllocationFactory(transaction__booked_on=date(2026, 5, 1))
    assert [(one.number, one.supporter_id) for one in issue(now)] == [
        ("R2026-00001", early.supporter_id), ("R2026-00002", late.supporter_id),
    ]


def test_dues_and_gift_of_one_payment_share_a_receipt(db, now) -> None:
    """A payment split into dues and gift gets one receipt with two lines."""
    AssociationFactory()
    supporter, row = SupporterFactory(), TransactionFactory(received_yen=2500)
    AllocationFactory(transaction=row, supporter=supporter, amount_yen=2000, purpose=Purpose.DUES, units=2)
    AllocationFactory(transaction=row, supporter=supporter, amount_yen=500)
    (made,) = issue(now)
    assert (made.total_yen, made.purpose_line, made.lines.count()) == (
        2500, "2026年度 賛同金(2口)およびカンパとして", 2,
    )


def test_the_words_are_a_copy(db, now) -> None:
    """A later change of the supporter does not change the receipt."""
    made = make_receipt(SupporterFactory(name="髙﨑　邦子", prefecture="東京都", address="杉並区阿佐谷南1-2-3"))
    made.supporter.name = "別の名前"
    made.supporter.save()
    made.refresh_from_db()
    assert (made.addressee, made.honorific, made.address) == ("髙﨑　邦子", "様", "東京都杉並区阿佐谷南1-2-3")


def test_an_organisation_is_addressed_as_one(db, now) -> None:
    """御中, not 様."""
    assert make_receipt(SupporterFactory(organisation=True)).honorific == "御中"


def test_issuing_again_issues_nothing(db, now) -> None:
    """No yen is receipted twice, and nothing is recorded the second time."""
    make_receipt()
    events = AuditEvent.objects.count()
    assert (issue(now), AuditEvent.objects.count()) == ([], events)


def test_a_per_year_policy_adds_the_year_up(db, now) -> None:
    """One receipt for a supporter's two payments of a fiscal year; another for the year before."""
    AssociationFactory(receipt_period=ReceiptPeriod.PER_YEAR)
    supporter = SupporterFactory()
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 1)):
        AllocationFactory(supporter=supporter, transaction__booked_on=day)
    assert [one.total_yen for one in issue(now)] == [1000, 2000]


@pytest.mark.parametrize(
    ("policy", "wants", "message", "issued"),
    [
        (ReceiptPolicy.ALL, False, "", 1),
        (ReceiptPolicy.ON_REQUEST, False, "", 0),
        (ReceiptPolicy.ON_REQUEST, True, "", 1),
        (ReceiptPolicy.ON_REQUEST, False, "領収書をお願いします", 1),
        (ReceiptPolicy.NONE, True, "領収書をお願いします", 0),
    ],
)
def test_the_policy_decides(db, now, policy, wants, message, issued) -> None:
    """All, on request (flag or words), none."""
    AssociationFactory(receipt_policy=policy)
    AllocationFactory(supporter=SupporterFactory(wants_receipt=wants), transaction__message=message)
    assert len(issue(now)) == issued


@pytest.mark.parametrize(("slip_yen", "issued"), [(1000, 1), (600, 0)])
def test_the_words_on_a_slip_ask_for_one(db, now, slip_yen, issued) -> None:
    """The message of the slip that covers the row; of a part of a daily sum nobody can tell whose wish it is."""
    AssociationFactory(receipt_policy=ReceiptPolicy.ON_REQUEST)
    row = AllocationFactory(supporter=SupporterFactory(wants_receipt=False)).transaction
    SlipFactory(transaction=row, amount_yen=slip_yen, message="領収書をお願いします")
    assert len(issue(now)) == issued


def test_whoever_asks_by_name_gets_one(db, now) -> None:
    """With a supporter given, the policy does not matter."""
    AssociationFactory(receipt_policy=ReceiptPolicy.NONE)
    row = AllocationFactory()
    assert len(issue(now, supporter=row.supporter)) == 1


def test_a_later_payment_is_not_due_yet(db, now) -> None:
    """Only payments up to the day count."""
    AssociationFactory()
    AllocationFactory(transaction__booked_on=date(2026, 11, 22))
    assert issue(now, until=date(2026, 11, 21)) == []


def test_an_anonymous_gift_gets_no_receipt(db, now) -> None:
    """There is nobody to write to."""
    AssociationFactory()
    AllocationFactory(supporter=None)
    assert issue(now) == []


def test_a_day_to_come_is_refused(db, now) -> None:
    """Until tomorrow cannot be known."""
    AssociationFactory()
    with pytest.raises(Refused) as refused:
        issue(now, until=date(2026, 11, 24))
    assert refused.value.code == "until_in_future"


def test_without_a_group_nothing_is_issued(db, now) -> None:
    """The first run comes first."""
    with pytest.raises(Refused) as refused:
        issue(now)
    assert refused.value.code == "no_association"


def test_void_keeps_number_and_lines(db, now) -> None:
    """The row stays, its payments may be receipted anew, the new one names the old."""
    old = make_receipt()
    void(receipt=old, reason="宛名ちがい", at=now, by="insatsu")
    (new,) = issue(now)
    assert (new.number, new.replaces, Receipt.objects.count(), ReceiptLine.objects.count()) == (
        "R2026-00002", old, 2, 2,
    )


def test_void_twice_is_refused(db, now) -> None:
    """The second time says that it is void already."""
    old = make_receipt()
    void(receipt=old, reason="宛名ちがい", at=now, by="insatsu")
    with pytest.raises(Refused) as refused:
        void(receipt=old, reason="宛名ちがい", at=now, by="insatsu")
    assert refused.value.code == "already_void"


def test_void_without_a_reason_is_refused(db, now) -> None:
    """A successor must be able to read why."""
    with pytest.raises(Refused) as refused:
        void(receipt=make_receipt(), reason=" ", at=now, by="insatsu")
    assert refused.value.code == "reason_missing"


def test_reissue_keeps_the_number(db, now) -> None:
    """Each reissue is counted under the same number."""
    made = make_receipt()
    for _time in range(2):
        reissue(receipt=made, reason="なくした", today=UNTIL, at=now, by="insatsu")
    assert list(ReceiptReissue.objects.values_list("receipt__number", "nth")) == [("R2026-00001", 1), ("R2026-00001", 2)]


def test_a_void_receipt_is_not_reissued(db, now) -> None:
    """A void number gets no second paper."""
    made = make_receipt()
    void(receipt=made, reason="宛名ちがい", at=now, by="insatsu")
    with pytest.raises(Refused) as refused:
        reissue(receipt=made, reason="なくした", today=UNTIL, at=now, by="insatsu")
    assert refused.value.code == "void_receipt"


def test_the_database_allows_one_valid_receipt_for_an_allocation(db, now) -> None:
    """Even past our code the second valid line is refused."""
    line = make_receipt().lines.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_numbers_have_no_gaps_after_a_failure(db, now, monkeypatch) -> None:
    """A failure inside issuing gives its numbers back."""
    make_receipt()
    AllocationFactory()
    monkeypatch.setattr("receipts.issuing.mark_receipted", lambda **_words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue(now)
    monkeypatch.undo()
    assert [one.number for one in issue(now)] == ["R2026-00002"]


@pytest.mark.django_db(transaction=True)
def test_two_people_issuing_at_once_issue_once(now) -> None:
    """The second waits for the first and then finds nothing due."""
    AssociationFactory()
    AllocationFactory.create_batch(3)

    def work(_n: int) -> int:
        try:
            return len(issue(now))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        issued = sorted(pool.map(work, range(2)))
    assert (issued, Allocation.objects.filter(receipted_at=None).count()) == ([0, 3], 0)
