"""A payment that the bank gave back is never confirmed by the program alone."""

from datetime import date

from donations.matching.suggestions import Pile
from donations.models import Allocation
from donations.reconciling import reconcile_certain
from donations.suggestions import suggest_all
from tests.factories.donations import SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, FeeRateFactory, SupporterFactory


def paid_and_given_back(*, words: str = "組戻") -> None:
    AssociationFactory()
    FeeRateFactory()
    SupporterFactory(name="青木　進", reading="アオキ ススム")
    TransactionFactory(received_yen=2_000, detail_2="ｱｵｷ ｽｽﾑ", booked_on=date(2026, 4, 10))
    TransactionFactory(
        received_yen=0, paid_out_yen=2_000, detail_1=words, detail_2="ｱｵｷ ｽｽﾑ", booked_on=date(2026, 4, 13)
    )


def test_a_row_with_a_reversal_is_asked_about(db) -> None:
    """The suggestion stays, the pile and the reason change."""
    paid_and_given_back()
    (row,) = suggest_all()
    assert (row.pile, row.asks[-1].code, len(row.candidates)) == (Pile.LIKELY, "returned", 1)


def test_a_row_with_a_reversal_is_not_confirmed_by_itself(db, now) -> None:
    """`reconcile --auto` leaves it."""
    paid_and_given_back()
    reconcile_certain(at=now, by="system")
    assert Allocation.objects.count() == 0


def test_a_payment_named_by_its_slip_is_found_again(db) -> None:
    """The bank wrote no name when the money came, and gives it back under one."""
    AssociationFactory()
    FeeRateFactory()
    SupporterFactory(name="青木　進", reading="アオキ ススム")
    paid = TransactionFactory(received_yen=2_000, detail_2="", booked_on=date(2026, 4, 10))
    SlipFactory(transaction=paid, payer_name="青木 進", kana="アオキ ススム")
    TransactionFactory(received_yen=0, paid_out_yen=2_000, detail_1="組戻", detail_2="ｱｵｷ ｽｽﾑ", booked_on=date(2026, 4, 13))
    (row,) = suggest_all()
    assert (row.pile, row.asks[-1].code) == (Pile.LIKELY, "returned")


def test_an_ordinary_withdrawal_changes_nothing(db) -> None:
    """Only words of a 組戻 make a payment doubtful."""
    paid_and_given_back(words="振替")
    (row,) = suggest_all()
    assert row.pile is Pile.CERTAIN
