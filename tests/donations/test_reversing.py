from datetime import date

import pytest

from donations.allocating import confirm, link_reversal, unlink_reversal
from donations.entering import enter_cash, take_back
from donations.models import Allocation, Reversal, SetAside, SetAsideReason, Transaction
from donations.shares import DUES, Share
from donations.totals import balance
from members.models import MembershipTerm, NameOrigin, PayerName
from privacy.errors import Refused
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    AssociationFactory()
    return BankAccountFactory()


@pytest.fixture
def original(account):
    return TransactionFactory(account=account, received_yen=3_000, booked_on=date(2026, 4, 10))


@pytest.fixture
def withdrawal(account):
    return money_back(account)


def money_back(account, **facts):
    return TransactionFactory(
        account=account,
        **{"received_yen": 0, "paid_out_yen": 3_000, "detail_1": "組戻", "booked_on": date(2026, 4, 17)} | facts,
    )


def confirmed(row, now):
    shares = [Share(SupporterFactory().pk, DUES, 3_000, 2026, 3)]
    return confirm(transaction_id=row.pk, shares=shares, at=now, by="choubo")


def link(withdrawal, original, now):
    return link_reversal(
        withdrawal_id=withdrawal.pk, original_id=original.pk if original else None, at=now, by="choubo"
    )


def code_of(action, **facts):
    with pytest.raises(Refused) as refusal:
        action(**facts)
    return refusal.value.code


def test_the_original_is_set_aside_as_reversed(withdrawal, original, now):
    """Its yen belong to nobody."""
    link(withdrawal, original, now)
    held = SetAside.objects.get()
    assert (held.transaction, held.reason, held.amount_yen) == (original, SetAsideReason.REVERSED, 3_000)


def test_the_allocations_of_the_original_are_undone(withdrawal, original, now):
    """Who seemed to have paid has not, and the term is cancelled."""
    confirmed(original, now)
    link(withdrawal, original, now)
    assert (Allocation.objects.live().count(), MembershipTerm.objects.get().cancelled_at) == (0, now)


def test_the_learned_name_stays(withdrawal, original, now):
    """The payer was right; only the money went back."""
    confirmed(original, now)
    link(withdrawal, original, now)
    learned = PayerName.objects.get(origin=NameOrigin.LEARNED)
    assert (learned.confirmed_count, learned.blocked_for_auto) == (1, False)


def test_a_receipted_original_is_refused(withdrawal, original, now):
    """The receipt is voided first; nothing is linked."""
    confirmed(original, now)
    Allocation.objects.update(receipted_at=now)
    facts = {"withdrawal_id": withdrawal.pk, "original_id": original.pk, "at": now, "by": "choubo"}
    assert (code_of(link_reversal, **facts), Reversal.objects.count()) == ("receipted", 0)


def test_a_withdrawal_without_an_original_is_settled(withdrawal, now):
    """A person looked and found none: the row is not asked about again."""
    assert link(withdrawal, None, now).original is None


def test_the_ledger_still_adds_up(withdrawal, original, now):
    """Received = allocated + set aside + open, and the paid out yen are what the bank says."""
    confirmed(original, now)
    link(withdrawal, original, now)
    sums = balance()
    assert (sums.is_whole, sums.set_aside_yen, sums.paid_out_yen) == (True, 3_000, 3_000)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"paid_out_yen": 2_000}, "amounts_differ"),
        ({"booked_on": date(2026, 4, 9)}, "later_original"),
        ({"paid_out_yen": 0, "received_yen": 3_000}, "not_a_withdrawal"),
    ],
)
def test_an_impossible_pair_is_refused(account, original, now, facts, code):
    """Amount, order of days and direction must fit."""
    row = money_back(account, **facts)
    given = {"withdrawal_id": row.pk, "original_id": original.pk, "at": now, "by": "choubo"}
    assert code_of(link_reversal, **given) == code


def test_another_accounts_row_is_refused(withdrawal, now):
    """Money goes back from the account it came into."""
    other = TransactionFactory(account=BankAccountFactory(savings=True), received_yen=3_000)
    facts = {"withdrawal_id": withdrawal.pk, "original_id": other.pk, "at": now, "by": "choubo"}
    assert code_of(link_reversal, **facts) == "other_account"


def test_a_withdrawal_is_linked_once(withdrawal, original, now):
    """The second press finds it done."""
    link(withdrawal, original, now)
    facts = {"withdrawal_id": withdrawal.pk, "original_id": original.pk, "at": now, "by": "choubo"}
    assert code_of(link_reversal, **facts) == "already_linked"


def test_an_original_goes_back_once(account, withdrawal, original, now):
    """Two withdrawals do not give back one row."""
    link(withdrawal, original, now)
    facts = {"withdrawal_id": money_back(account).pk, "original_id": original.pk, "at": now, "by": "choubo"}
    assert code_of(link_reversal, **facts) == "already_reversed"


def test_money_out_is_no_original(account, withdrawal, now):
    """Only money that came in can go back."""
    facts = {"withdrawal_id": withdrawal.pk, "original_id": money_back(account).pk, "at": now, "by": "choubo"}
    assert code_of(link_reversal, **facts) == "not_incoming"


def test_unlinking_opens_the_original(withdrawal, original, now):
    """The row waits to be confirmed anew as a whole."""
    link(withdrawal, original, now)
    unlink_reversal(withdrawal_id=withdrawal.pk, at=now, by="choubo")
    assert Transaction.objects.unreconciled().get() == original


def test_unlinking_twice_is_refused(withdrawal, original, now):
    """The second press finds nothing."""
    link(withdrawal, original, now)
    unlink_reversal(withdrawal_id=withdrawal.pk, at=now, by="choubo")
    assert code_of(unlink_reversal, withdrawal_id=withdrawal.pk, at=now, by="choubo") == "nothing_to_undo"


def test_a_typed_row_taken_back_is_not_unlinked(now):
    """The cash box was corrected: that is no 組戻."""
    cash = BankAccountFactory(cash=True)
    entry = enter_cash(account=cash, booked_on=date(2026, 4, 10), received_yen=500, at=now, by="choubo")
    back = take_back(transaction_id=entry.pk, at=now, by="choubo")
    assert code_of(unlink_reversal, withdrawal_id=back.pk, at=now, by="choubo") == "taken_back"


def test_an_unknown_row_does_not_exist(withdrawal, now):
    """The page answers 404."""
    with pytest.raises(Transaction.DoesNotExist):
        link_reversal(withdrawal_id=withdrawal.pk, original_id=withdrawal.pk + 1, at=now, by="choubo")
