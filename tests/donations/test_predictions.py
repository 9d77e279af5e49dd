"""What the program predicted, what a person found, and the tables of both."""

from datetime import UTC, date, datetime, timedelta

import pytest

from donations.allocating import Decision, confirm, confirm_many, undo, undo_batch
from donations.models import Outcome, Prediction
from donations.predicting import Predicted, note_decisions
from donations.predictions import Bin, OwnRecord, calibration_table, own_record
from donations.reconciling import reconcile_certain
from donations.shares import DONATION, Share
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako():
    AssociationFactory()
    FeeRateFactory()
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def taro():
    return SupporterFactory(name="徳本　太郎", reading="トクモト タロウ")


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def given_to(supporter):
    return [Share(supporter.pk, DONATION, 1_000, 2026)]


def predicted(supporter, probability=0.97):
    return Predicted(frozenset({supporter.pk}), probability, was_certain=True)


def outcomes():
    return list(Prediction.objects.order_by("transaction").values_list("outcome", flat=True))


def test_a_row_confirmed_as_suggested_is_noted(hanako, hand, now):
    """With its probability and pile, and nothing that names anybody."""
    row = TransactionFactory()
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako), **hand)
    assert Prediction.objects.values_list("transaction", "probability", "was_certain", "decided_at", "outcome").get() == (
        row.pk, 0.97, True, now, Outcome.AS_SUGGESTED,
    )  # fmt: skip


def test_a_row_given_to_somebody_else_was_wrong(hanako, taro, hand):
    """The person knew better."""
    confirm(transaction_id=TransactionFactory().pk, shares=given_to(taro), predicted=predicted(hanako), **hand)
    assert outcomes() == [Outcome.CHANGED]


def test_a_row_without_a_prediction_is_not_noted(hanako, hand):
    """Nobody asked the program."""
    confirm(transaction_id=TransactionFactory().pk, shares=given_to(hanako), **hand)
    assert outcomes() == []


def test_what_is_taken_back_was_wrong(hanako, hand):
    """Until it is decided again."""
    row = TransactionFactory()
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako), **hand)
    undo(transaction_id=row.pk, **hand)
    assert outcomes() == [Outcome.UNDONE]


def test_the_same_payer_again_was_right_after_all(hanako, hand):
    """The undo was about the purpose, not about the person; the first prediction stays."""
    row = TransactionFactory()
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako), **hand)
    undo(transaction_id=row.pk, **hand)
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako, 0.2), **hand)
    assert list(Prediction.objects.values_list("outcome", "probability")) == [(Outcome.AS_SUGGESTED, 0.97)]


def test_another_payer_afterwards_was_wrong(hanako, taro, hand):
    """The undo was about the person."""
    row = TransactionFactory()
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako), **hand)
    undo(transaction_id=row.pk, **hand)
    confirm(transaction_id=row.pk, shares=given_to(taro), **hand)
    assert outcomes() == [Outcome.CHANGED]


def test_a_batch_taken_back_marks_all_its_rows(hanako, taro, hand):
    """But a row that was changed when it was decided stays what it was."""
    decisions = [
        Decision(TransactionFactory().pk, given_to(one), 1_000, predicted(hanako)) for one in (hanako, taro)
    ]
    batch = confirm_many(decisions=decisions, automatic=True, **hand)
    undo_batch(batch_id=batch.pk, **hand)
    assert outcomes() == [Outcome.UNDONE, Outcome.CHANGED]


def test_the_automatic_run_notes_its_rows(hanako, hand):
    """Each as certain, as sure as it was shown."""
    TransactionFactory(detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    result = reconcile_certain(**hand)
    noted = Prediction.objects.get()
    assert (noted.was_certain, 1 - noted.probability) == (True, pytest.approx(result.expected_errors))


def noted(month, probability, outcome=Outcome.AS_SUGGESTED, *, was_certain=True):
    return Prediction.objects.create(
        transaction=TransactionFactory(), probability=probability, was_certain=was_certain, outcome=outcome,
        decided_at=datetime(2026, month, 15, 3, 0, tzinfo=UTC),
    )  # fmt: skip


def test_the_table_has_a_month_and_its_bins():
    """April: two rows of 99.5 % and one of 60 %, of which one was wrong; May comes first."""
    noted(4, 0.995)
    noted(4, 0.995)
    noted(4, 0.6, Outcome.CHANGED, was_certain=False)
    noted(5, 0.9999)
    may, april = calibration_table()
    assert (may.month, april.month) == (date(2026, 5, 1), date(2026, 4, 1))
    assert april.bins == (
        Bin(0.99, 2, pytest.approx(0.01), 0),
        Bin(0.5, 1, pytest.approx(0.4), 1),
    )
    assert (april.decided, april.predicted_errors, april.seen_errors) == (3, pytest.approx(0.41), 1)


def test_the_months_are_ours_not_those_of_greenwich():
    """0:30 on 1 May in Tokyo is April in Greenwich."""
    noted(4, 0.995)
    Prediction.objects.update(decided_at=datetime(2026, 4, 30, 15, 30, tzinfo=UTC))
    assert calibration_table()[0].month == date(2026, 5, 1)


def test_the_own_record_counts_the_certain_pile_only():
    """Two certain rows, one of them taken back; the third was asked about anyway."""
    noted(4, 0.99)
    noted(4, 0.99, Outcome.UNDONE)
    noted(4, 0.5, Outcome.CHANGED, was_certain=False)
    assert own_record() == OwnRecord(2, pytest.approx(0.02), 1)


def test_without_a_record_there_is_nothing():
    """Before the first decision."""
    assert (own_record(), calibration_table()) == (OwnRecord(0, 0.0, 0), [])


@pytest.mark.parametrize("count", [1, 3])
def test_noting_takes_a_fixed_number_of_queries(hanako, hand, django_assert_num_queries, count):
    """One look-up and one insert for a batch."""
    rows = TransactionFactory.create_batch(count)
    with django_assert_num_queries(2):
        note_decisions(decided=[(row.pk, frozenset({hanako.pk}), predicted(hanako)) for row in rows], at=hand["at"])


def test_undone_after_days_counts_in_the_first_month(hanako, hand, now):
    """The month is that of the decision."""
    row = TransactionFactory()
    confirm(transaction_id=row.pk, shares=given_to(hanako), predicted=predicted(hanako), **hand)
    undo(transaction_id=row.pk, at=now + timedelta(days=40), by="choubo")
    assert [month.month for month in calibration_table()] == [date(2026, 11, 1)]
