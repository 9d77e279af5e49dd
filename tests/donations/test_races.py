"""Two people press at the same moment: real threads, as in an installation."""

from datetime import date

import pytest

from donations.allocating import Decision, RowsChanged, confirm, confirm_many, set_aside, undo
from donations.closing import close_month
from donations.entering import enter_cash
from donations.importing import import_statement
from donations.models import Allocation, BankStatement, MonthClosing, SetAsideReason, Transaction
from donations.shares import DONATION, Share
from donations.undoing_import import undo_import
from members.models import MembershipTerm, NameOrigin, PayerName
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.donations.bank_file import bank_file, year
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


@pytest.fixture
def imported(hanako, now):
    """A file of one row, and what it takes to undo its import."""
    AssociationFactory()
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    statement = import_statement(data=bank_file(year()[:1]), at=now, by="choubo").statement
    return statement, lambda: undo_import(statement_id=statement.pk, at=now, by="kaikei2")


def standing():
    """Rows that count, confirmations that stand, imports that stand."""
    return Transaction.objects.count(), Allocation.objects.live().count(), BankStatement.objects.count()


def test_an_import_is_undone_or_its_row_confirmed(tmp_path, imported, hanako, now):
    """Never both: no confirmation is left on a row that counts no more."""
    statement, undoing = imported
    with database_for_threads(tmp_path):
        outcomes = at_once(giving(statement.transactions.get(), hanako, now, "choubo"), undoing)
        ends = (outcomes, in_a_thread(standing))
    assert ends in ((["done", "import_in_use"], (1, 1, 1)), (["done", "import_undone"], (0, 0, 0)))


def test_an_import_is_undone_once(tmp_path, imported):
    """The slower of two is told."""
    _statement, undoing = imported
    with database_for_threads(tmp_path):
        assert (at_once(undoing, undoing), in_a_thread(standing)) == (["already_undone", "done"], (0, 0, 0))


def test_the_file_comes_again_while_it_is_undone(tmp_path, imported, now):
    """It was there still, or it is there anew: never twice."""
    _statement, undoing = imported

    def again():
        import_statement(data=bank_file(year()[:1]), at=now, by="choubo")

    with database_for_threads(tmp_path):
        assert (at_once(again, undoing), in_a_thread(standing)) in (
            (["done", "done"], (1, 0, 1)),
            (["done", "done"], (0, 0, 0)),
        )


def test_a_month_is_closed_without_the_money_or_with_it(tmp_path, now):
    """An entry that comes at the moment of closing is in the closing, or keeps the month open, or is refused."""
    box = BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)
    day = date(2026, 10, 3)

    def entering():
        enter_cash(account=box, booked_on=day, received_yen=500, at=now, by="choubo")

    def closing():
        close_month(account_id=box.pk, month=day, said_whole=True, at=now, by="kaikei2")

    def look():
        return Transaction.objects.count(), list(MonthClosing.objects.values_list("received_yen", flat=True))

    with database_for_threads(tmp_path):
        ends = (at_once(entering, closing), in_a_thread(look))
    assert ends in ((["done", "month_closed"], (0, [0])), (["done", "month_not_ready"], (1, [])))


def test_a_month_is_closed_once(tmp_path, now):
    """The slower of two is told."""
    box = BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)

    def closing():
        close_month(account_id=box.pk, month=date(2026, 10, 1), said_whole=True, at=now, by="choubo")

    with database_for_threads(tmp_path):
        assert (at_once(closing, closing), in_a_thread(MonthClosing.objects.count)) == (["already_closed", "done"], 1)
