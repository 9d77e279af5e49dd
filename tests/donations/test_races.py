"""Two people press at the same moment: real threads, as in an installation."""

import pytest

from donations.allocating import Decision, RowsChanged, confirm, confirm_many, set_aside, undo
from donations.models import Allocation, SetAsideReason
from donations.shares import DONATION, Share
from members.models import MembershipTerm, NameOrigin, PayerName
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    AssociationFactory()
    return TransactionFactory(account=BankAccountFactory(), received_yen=1_000)


@pytest.fixture
def hanako():
    return SupporterFactory()


@pytest.fixture
def database_file(tmp_path, row, hanako):
    with database_for_threads(tmp_path):
        yield


def giving(row, supporter, now, by):
    shares = [Share(supporter.pk, DONATION, 1_000, 2026)]
    return lambda: confirm(transaction_id=row.pk, shares=shares, at=now, by=by)


def test_one_of_two_confirmations_wins(database_file, row, hanako, now):
    """The other is refused in words, and the row is allocated once."""
    outcomes = at_once(giving(row, hanako, now, "choubo"), giving(row, hanako, now, "kaikei2"))
    assert (outcomes, in_a_thread(lambda: Allocation.objects.live().count())) == (["already_decided", "done"], 1)


def test_eight_presses_allocate_once(database_file, row, hanako, now):
    """However many press."""
    outcomes = at_once(*(giving(row, hanako, now, f"kaikei{n}") for n in range(8)))
    assert (outcomes.count("done"), in_a_thread(lambda: Allocation.objects.live().count())) == (1, 1)


def test_a_row_is_confirmed_or_put_aside(database_file, row, hanako, now):
    """Never both: the slower one is refused."""

    def put_aside():
        set_aside(transaction_id=row.pk, reason=SetAsideReason.ASKING, note="確認中", at=now, by="kaikei2")

    outcomes = at_once(giving(row, hanako, now, "choubo"), put_aside)
    assert outcomes in (["already_decided", "done"], ["done", "set_aside"])


def test_a_batch_and_a_single_confirmation(database_file, row, hanako, now):
    """The batch is refused as a whole, or the single one is: the row is allocated once."""
    decision = Decision(row.pk, (Share(hanako.pk, DONATION, 1_000, 2026),), 1_000)

    def batch():
        confirm_many(decisions=[decision], automatic=True, at=now, by="system")

    outcomes = at_once(giving(row, hanako, now, "choubo"), batch)
    assert outcomes in (["already_decided", "done"], ["done", RowsChanged.code])


def test_two_undos_undo_once(database_file, row, hanako, now):
    """The second finds nothing to undo."""
    in_a_thread(giving(row, hanako, now, "choubo"))

    def take_back():
        undo(transaction_id=row.pk, at=now, by="choubo")

    assert at_once(take_back, take_back) == ["done", "nothing_to_undo"]


def test_the_loser_leaves_no_term(database_file, row, hanako, now):
    """A refused confirmation of dues renews nothing."""
    shares = [Share(hanako.pk, "dues", 1_000, 2026, 1)]

    def paying():
        confirm(transaction_id=row.pk, shares=shares, at=now, by="choubo")

    at_once(paying, paying, paying)
    assert in_a_thread(MembershipTerm.objects.count) == 1


def test_a_new_payer_name_is_learned_from_two_rows_at_once(tmp_path, row, hanako, now):
    """Both rows are confirmed, the name is known once, with both confirmations."""
    rows = [TransactionFactory(account=row.account, received_yen=1_000, detail_2="ｱﾀﾗｼｲ ﾋﾄ") for _ in range(2)]

    def learned():
        return list(PayerName.objects.filter(origin=NameOrigin.LEARNED).values_list("confirmed_count", flat=True))

    with database_for_threads(tmp_path):
        outcomes = at_once(*(giving(one, hanako, now, "choubo") for one in rows))
        assert (outcomes, in_a_thread(learned)) == (["done", "done"], [2])
