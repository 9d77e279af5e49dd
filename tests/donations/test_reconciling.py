from datetime import date, timedelta

import pytest

from donations.allocating import undo_batch
from donations.models import Allocation, ReconcileBatch, Transaction
from donations.reconciling import confirm_shown, reconcile_certain
from donations.suggestions import suggest
from members.models import NameOrigin, PayerName
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def rows(account, hanako):
    """A certain row, a stranger's and a fee."""
    return [
        TransactionFactory(account=account, received_yen=2_000, detail_2="ﾄｸﾓﾄ ﾊﾅｺ"),
        TransactionFactory(account=account, received_yen=3_000, detail_2="ﾐｼﾗﾇ ﾋﾄ"),
        TransactionFactory(account=account, withdrawal=True),
    ]


def auto(now, **facts):
    return reconcile_certain(at=now, by="system", **facts)


def shown():
    return {row.transaction.pk: row.digest for row in suggest(Transaction.objects.unreconciled())}


def test_only_the_certain_row_is_confirmed(rows, now):
    """One of two incoming rows has exactly one supporter."""
    auto(now)
    assert [one.transaction for one in Allocation.objects.live()] == [rows[0]]


def test_the_result_counts_rows_and_yen(rows, now):
    """What was confirmed and what is left."""
    result = auto(now)
    assert (result.confirmed, result.confirmed_yen, result.left, result.left_yen) == (1, 2_000, 1, 3_000)


def test_the_batch_is_the_programs(rows, now):
    """It is marked automatic and named in the result."""
    batch = ReconcileBatch.objects.get(pk=auto(now).batch)
    assert (batch.automatic, batch.by) == (True, "system")


def test_a_second_run_confirms_nothing(rows, now):
    """No empty batch either."""
    auto(now)
    result = auto(now)
    assert (result.confirmed, result.batch, ReconcileBatch.objects.count()) == (0, None, 1)


def test_an_undone_batch_is_not_confirmed_again(rows, now):
    """The undo blocks the names for automatic use: a person decides."""
    undo_batch(batch_id=auto(now).batch, at=now, by="choubo")
    assert auto(now).confirmed == 0


def test_learning_comes_after_the_batch(account, hanako, now):
    """Three rows of one payer count as three confirmations, learned at the end."""
    TransactionFactory.create_batch(3, account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    auto(now)
    assert PayerName.objects.get(origin=NameOrigin.LEARNED).confirmed_count == 3


def test_the_day_of_a_row_is_the_bank_s_word(account, hanako, today, now):
    """A row that the bank dates ahead is confirmed like any other, as on the desk."""
    TransactionFactory(account=account, booked_on=today + timedelta(days=1))
    assert auto(now).confirmed == 1


def test_progress_ends_with_all_rows(rows, now):
    """Both incoming rows were judged."""
    seen = []
    auto(now, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 2)]


def test_what_was_shown_is_confirmed(rows, now):
    """The person saw the suggestion and pressed the button: one batch by hand."""
    result = confirm_shown(shown={rows[0].pk: shown()[rows[0].pk]}, at=now, by="choubo")
    assert (result.confirmed, Allocation.objects.get().automatic) == (1, False)


def test_a_changed_suggestion_is_not_confirmed(rows, hanako, now):
    """A namesake was registered after the page was drawn: the row is named, not confirmed."""
    before = shown()
    SupporterFactory(name="徳元　華子", reading="トクモト ハナコ")
    result = confirm_shown(shown={rows[0].pk: before[rows[0].pk]}, at=now, by="choubo")
    assert (result.confirmed, result.changed, Allocation.objects.count()) == (0, (rows[0].pk,), 0)


def test_another_price_is_another_suggestion(rows, now):
    """The unit became dearer after the page was drawn."""
    before = shown()
    FeeRateFactory(unit_price_yen=2_000, valid_from=date(2026, 4, 1))
    assert confirm_shown(shown={rows[0].pk: before[rows[0].pk]}, at=now, by="choubo").changed == (rows[0].pk,)


def test_a_row_that_was_never_certain_is_not_confirmed(rows, now):
    """A posted digest of a stranger's row confirms nothing."""
    result = confirm_shown(shown={rows[1].pk: shown()[rows[1].pk]}, at=now, by="choubo")
    assert (result.confirmed, result.changed) == (0, (rows[1].pk,))


def test_pressing_twice_confirms_once(rows, now):
    """The second press finds the row decided and says nothing of it."""
    before = {rows[0].pk: shown()[rows[0].pk]}
    confirm_shown(shown=before, at=now, by="choubo")
    result = confirm_shown(shown=before, at=now, by="choubo")
    assert (result.confirmed, result.changed, Allocation.objects.count()) == (0, (), 1)


def test_no_rows_confirm_nothing(rows, now):
    """A button pressed without a tick writes no batch."""
    assert confirm_shown(shown={}, at=now, by="choubo").batch is None
