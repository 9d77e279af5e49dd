from datetime import date

import pytest

from donations.allocating import (
    Decision,
    RowsChanged,
    confirm,
    confirm_many,
    mark_receipted,
    unmark_receipted,
)
from donations.models import Allocation, Purpose, ReconcileBatch, Transaction
from donations.shares import DONATION, DUES, Share
from members.models import MembershipTerm, NameOrigin, PayerName
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.donations import AllocationFactory, SetAsideFactory, TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)


@pytest.fixture
def account():
    return BankAccountFactory()


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def row(account):
    return TransactionFactory(account=account, received_yen=3_500)


def three_units_and_a_gift(supporter):
    return [Share(supporter.pk, DUES, 3_000, 2026, 3), Share(supporter.pk, DONATION, 500, 2026)]


def code_of(action, **facts):
    with pytest.raises(Refused) as refusal:
        action(**facts)
    return refusal.value.code


def test_confirming_writes_the_allocations(row, hanako, now):
    """Three units and ¥500 of カンパ are two allocations of one batch, by a person."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    assert list(
        Allocation.objects.order_by("pk").values_list("supporter", "purpose", "amount_yen", "units", "automatic")
    ) == [(hanako.pk, Purpose.DUES, 3_000, 3, False), (hanako.pk, Purpose.DONATION, 500, 0, False)]


def test_confirming_renews_the_term(row, hanako, now):
    """The dues buy a term of three units for fiscal year 2026, paid on the bank's day."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    term = MembershipTerm.objects.get()
    assert (term.supporter, term.units, term.unit_price_yen, term.fiscal_year, term.paid_on) == (
        hanako, 3, 1_000, 2026, date(2026, 4, 10),
    )  # fmt: skip


def test_the_allocation_of_dues_knows_its_term(row, hanako, now):
    """Undoing must find the term again."""
    made = confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    assert [Allocation.objects.get(pk=key).term_id for key in made] == [MembershipTerm.objects.get().pk, None]


def test_confirming_learns_the_payer_name(row, hanako, now):
    """The payer text of the bank is this supporter's from now on."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    learned = PayerName.objects.get(origin=NameOrigin.LEARNED)
    assert (learned.key, learned.supporter, learned.confirmed_count) == ("トクモトハナコ", hanako, 1)


def test_words_around_the_name_are_not_learned(account, hanako, now):
    """ﾄｸﾓﾄ ﾊﾅｺ ｶｲﾋ teaches the name, not the word for dues."""
    row = TransactionFactory(account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ ｶｲﾋ")
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DUES, 1_000, 2026, 1)], at=now, by="choubo")
    assert PayerName.objects.get(origin=NameOrigin.LEARNED).key == "トクモトハナコ"


def test_an_anonymous_gift_teaches_that_the_payer_is_nobodys(row, now):
    """Next time the program says that this payer is no supporter."""
    confirm(transaction_id=row.pk, shares=[Share(None, DONATION, 3_500, 2026)], at=now, by="choubo")
    assert PayerName.objects.get().supporter is None


def test_two_people_are_learned_together(row, hanako, now):
    """A transfer of a couple is remembered as that of both."""
    taro = SupporterFactory()
    both = [Share(hanako.pk, DUES, 2_000, 2026, 2), Share(taro.pk, DONATION, 1_500, 2026)]
    confirm(transaction_id=row.pk, shares=both, at=now, by="choubo")
    learned = PayerName.objects.filter(origin=NameOrigin.LEARNED)
    assert {one.supporter for one in learned} == {hanako, taro}


def test_confirming_leaves_one_audit_event_of_the_row(row, hanako, now):
    """Who confirmed what, and how many allocations; the terms and names have events of their own."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    event = AuditEvent.objects.get(action="donations.confirmed")
    assert (event.by, event.subject_type, event.subject_id, event.count) == (
        "choubo", "donations.transaction", row.pk, 2,
    )  # fmt: skip


def test_a_part_leaves_the_rest_open(row, hanako, now):
    """After ¥3,000 of ¥3,500 there are ¥500 left to decide about."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako)[:1], at=now, by="choubo")
    assert Transaction.objects.unreconciled().get().open_yen == 500


def test_a_second_confirmation_is_refused(row, hanako, now):
    """A decided row is not confirmed twice; the refusal says who decided it."""
    confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="choubo")
    with pytest.raises(Refused, match="11月23日 10時30分にchouboさんが確定しています") as refusal:
        confirm(transaction_id=row.pk, shares=three_units_and_a_gift(hanako), at=now, by="tayori")
    assert refusal.value.code == "already_decided"


def test_more_than_was_received_is_refused(row, hanako, now):
    """¥3,501 do not come out of ¥3,500."""
    shares = [Share(hanako.pk, DONATION, 3_501, 2026)]
    assert code_of(confirm, transaction_id=row.pk, shares=shares, at=now, by="choubo") == "too_much"


def test_a_refused_confirmation_writes_nothing(row, hanako, now):
    """No batch, no event, no term stays behind."""
    shares = [Share(hanako.pk, DUES, 4_000, 2026, 4)]
    code_of(confirm, transaction_id=row.pk, shares=shares, at=now, by="choubo")
    assert (ReconcileBatch.objects.count(), AuditEvent.objects.count(), MembershipTerm.objects.count()) == (0, 0, 0)


def test_a_row_that_changed_since_it_was_shown_is_refused(row, hanako, now):
    """The person saw ¥3,500 open, another decided about ¥500 meanwhile."""
    confirm(transaction_id=row.pk, shares=[Share(None, DONATION, 500, 2026)], at=now, by="tayori")
    shares = [Share(hanako.pk, DUES, 3_000, 2026, 3)]
    facts = {"transaction_id": row.pk, "shares": shares, "expected_open_yen": 3_500, "at": now, "by": "choubo"}
    assert code_of(confirm, **facts) == "changed_since_shown"


def test_money_out_is_refused(account, hanako, now):
    """A fee is nobody's gift."""
    fee = TransactionFactory(account=account, withdrawal=True)
    shares = [Share(hanako.pk, DONATION, 165, 2026)]
    assert code_of(confirm, transaction_id=fee.pk, shares=shares, at=now, by="choubo") == "not_incoming"


def test_a_row_put_aside_is_refused(row, hanako, now):
    """What waits for an answer is taken up again first."""
    SetAsideFactory(transaction=row)
    shares = [Share(hanako.pk, DONATION, 500, 2026)]
    assert code_of(confirm, transaction_id=row.pk, shares=shares, at=now, by="choubo") == "set_aside"


@pytest.mark.parametrize(
    ("share", "code"),
    [
        (Share(None, DUES, 1_000, 2026, 1), "dues_need_a_supporter"),
        (Share(1, DUES, 1_000, 2026, 0), "dues_need_units"),
        (Share(1, DUES, 1_000, 2026, 3), "dues_need_units"),
        (Share(1, DONATION, 1_000, 2026, 1), "units_without_dues"),
        (Share(1, DONATION, 0, 2026), "amount_not_positive"),
        (Share(1, "loan", 1_000, 2026), "unknown_purpose"),
        (Share(10**9, DONATION, 1_000, 2026), "unknown_supporter"),
    ],
)
def test_an_impossible_share_is_refused(row, now, share, code):
    """Each impossible share has a code of its own."""
    assert code_of(confirm, transaction_id=row.pk, shares=[share], at=now, by="choubo") == code


def test_no_share_is_refused(row, now):
    """Confirming nothing is no decision."""
    assert code_of(confirm, transaction_id=row.pk, shares=[], at=now, by="choubo") == "no_shares"


def test_an_unknown_row_does_not_exist(now):
    """The view answers it with 404."""
    with pytest.raises(Transaction.DoesNotExist):
        confirm(transaction_id=1, shares=[Share(None, DONATION, 1, 2026)], at=now, by="choubo")


def decisions(account, count):
    rows = TransactionFactory.create_batch(count, account=account)
    return [
        Decision(row.pk, (Share(SupporterFactory().pk, DUES, 1_000, 2026, 1),), expected_open_yen=1_000)
        for row in rows
    ]


def test_many_are_one_batch(account, now):
    """Three rows confirmed at once carry the same batch, marked as the program's."""
    batch = confirm_many(decisions=decisions(account, 3), automatic=True, at=now, by="system")
    assert list(Allocation.objects.values_list("batch", "automatic")) == [(batch.pk, True)] * 3


def test_many_renew_and_learn(account, now):
    """Each of them has a term and a learned name, as if confirmed one by one."""
    confirm_many(decisions=decisions(account, 3), automatic=True, at=now, by="system")
    learned = PayerName.objects.filter(origin=NameOrigin.LEARNED)
    assert (MembershipTerm.objects.count(), learned.count()) == (3, 3)


def test_one_changed_row_stops_them_all(account, now):
    """All or none: the refusal names the row that somebody else decided meanwhile."""
    several = decisions(account, 3)
    confirm(transaction_id=several[1].transaction_id, shares=several[1].shares, at=now, by="tayori")
    with pytest.raises(RowsChanged) as refusal:
        confirm_many(decisions=several, automatic=False, at=now, by="choubo")
    assert (refusal.value.transaction_ids, Allocation.objects.count()) == ((several[1].transaction_id,), 1)


@pytest.mark.parametrize("count", [3, 30])
def test_many_take_a_fixed_number_of_queries(account, now, count, django_assert_num_queries):
    """Three rows and thirty rows cost the same."""
    several = decisions(account, count)
    with django_assert_num_queries(22):
        confirm_many(decisions=several, automatic=True, at=now, by="system")


def test_a_receipt_marks_its_allocations(now):
    """From then on the allocation carries the moment."""
    allocation = AllocationFactory()
    assert mark_receipted(allocation_ids=[allocation.pk], at=now) == 1


def test_an_allocation_has_one_receipt(now):
    """The second receipt for the same yen is refused."""
    allocation = AllocationFactory(receipted_at=now)
    assert code_of(mark_receipted, allocation_ids=[allocation.pk], at=now) == "not_receiptable"


def test_a_void_receipt_frees_its_allocations(now):
    """They may be undone or receipted again."""
    allocation = AllocationFactory(receipted_at=now)
    unmark_receipted(allocation_ids=[allocation.pk])
    allocation.refresh_from_db()
    assert allocation.receipted_at is None
