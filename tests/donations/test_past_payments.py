"""What was paid before: each supporter's last payment, and the group's own rates."""

from datetime import date

import pytest

from donations.models import PastPayment
from donations.past_payments import LastPayment, earlier_payments, payers, record_of_all
from donations.payer_register import Crowd
from donations.payment_rules import current_rules
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import AssociationFactory, PayerNameFactory, SupporterFactory

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2025, 4, 10), date(2025, 5, 10)


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


def earlier(day, yen, **payer):
    return PastPayment.objects.create(booked_on=day, amount_yen=yen, **payer)


def test_the_last_of_two_earlier_payments_counts(hanako):
    """Day and yen of the newest."""
    name = PayerNameFactory(supporter=hanako)
    earlier(MAY, 3_000, name=name)
    earlier(APRIL, 5_000, name=name)
    assert earlier_payments([hanako.pk]) == {hanako.pk: LastPayment(MAY, 3_000)}


def test_a_payment_without_a_name_counts_too(hanako):
    """Then the supporter was written beside it."""
    earlier(MAY, 3_000, supporter=hanako)
    assert earlier_payments([hanako.pk]) == {hanako.pk: LastPayment(MAY, 3_000)}


def test_of_a_joint_payment_nobody_knows_the_yen(hanako):
    """Both paid on that day; how much each, the ledger does not say."""
    taro = SupporterFactory(name="徳本　太郎")
    first, _second = [
        PayerNameFactory(supporter=one, as_written="徳本太郎・花子", joint_group=1, last_confirmed_on=MAY) for one in (taro, hanako)
    ]
    earlier(MAY, 4_000, name=first)
    assert earlier_payments([hanako.pk, taro.pk]) == {
        hanako.pk: LastPayment(MAY, None),
        taro.pk: LastPayment(MAY, None),
    }


def test_whoever_paid_once_is_a_payer(hanako):
    """By our ledger, by a learned name, or by a payment without a name; the others are not."""
    SupporterFactory()
    allocated, nameless = AllocationFactory().supporter, SupporterFactory()
    PayerNameFactory(supporter=hanako)
    earlier(MAY, 1_000, supporter=nameless)
    assert payers() == {hanako.pk, allocated.pk, nameless.pk}


def test_confirmed_names_of_nobody_are_strangers(hanako):
    """Two of three confirmed payments came from people who are no supporters."""
    PayerNameFactory(supporter=hanako, as_written="ﾄｸﾓﾄ ﾊﾅｺ")
    PayerNameFactory(supporter=None, as_written="ﾐｼﾗﾇ ﾋﾄ", confirmed_count=2)
    record = record_of_all(known=0.0)
    assert (record.rows, record.strangers, record.third_parties) == (3, 2, 0)


def test_a_relatives_name_is_a_third_party(hanako):
    """ﾔﾏﾀﾞ ｼﾞﾛｳ is not much like 徳本花子."""
    PayerNameFactory(supporter=hanako, as_written="ﾔﾏﾀﾞ ｼﾞﾛｳ", confirmed_count=2)
    assert record_of_all(known=0.0).third_parties == 2


def test_a_spelling_of_ones_own_name_is_no_third_party(hanako):
    """ﾄｸﾓﾄ ﾊﾅｺ with words of purpose, or with one letter wrong."""
    PayerNameFactory(supporter=hanako, as_written="ﾄｸﾓﾄ ﾊﾅｴ")
    assert record_of_all(known=0.0).third_parties == 0


def test_a_joint_payment_counts_once():
    """Two names of one group are one payment."""
    for one in SupporterFactory.create_batch(2):
        PayerNameFactory(supporter=one, as_written="徳本太郎・花子", joint_group=1)
    assert record_of_all(known=0.0).rows == 1


def test_the_same_amount_again_is_counted_over_both_ledgers(hanako):
    """¥3,000 before our ledger, ¥3,000 and ¥1,000 in it: one repetition of two, in the same month and one off."""
    earlier(APRIL, 3_000, supporter=hanako)
    for day, yen in ((date(2026, 4, 1), 3_000), (date(2027, 5, 1), 1_000)):
        AllocationFactory(supporter=hanako, transaction=TransactionFactory(booked_on=day, received_yen=yen))
    record = record_of_all(known=0.0)
    assert (record.repeated, record.months) == ((1, 2), (1, 1, 0))


def test_gifts_of_strangers_are_counted_by_amount(hanako):
    """One anonymous gift of ours, two of before; what supporters gave is none."""
    AllocationFactory(supporter=None, transaction=TransactionFactory(received_yen=5_000))
    name = PayerNameFactory(supporter=None, as_written="ﾐｼﾗﾇ ﾋﾄ")
    earlier(MAY, 5_000, name=name)
    earlier(MAY, 700)
    earlier(MAY, 5_000, supporter=hanako)
    assert dict(record_of_all(known=0.0).gifts) == {5_000: 2, 700: 1}


def test_the_group_s_own_record_moves_its_rates():
    """A group with many strangers expects more of them than one that knows nothing yet."""
    AssociationFactory()
    without = Crowd(current_rules()).population.stranger_rate
    PayerNameFactory(supporter=None, as_written="ﾐｼﾗﾇ ﾋﾄ", confirmed_count=100)
    assert (without, Crowd(current_rules()).population.stranger_rate) == (pytest.approx(0.06), pytest.approx(0.53))
