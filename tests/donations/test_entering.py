from datetime import date, timedelta

import pytest

from donations.entering import LARGEST_YEN, accounts_for_typing, enter_cash, take_back
from donations.models import Reversal, SetAside, Transaction
from donations.totals import balance
from members.models import AccountKind
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.donations import (
    AllocationFactory,
    BankStatementFactory,
    SetAsideFactory,
    TransactionFactory,
)
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def box():
    return BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)


def enter(box, now, **facts):
    return enter_cash(**{"account": box, "booked_on": date(2026, 11, 20), "received_yen": 500, "at": now, "by": "choubo", **facts})


def test_an_entry_is_a_row_like_the_banks(box, now):
    """Cash becomes an incoming row of its account, with the payer where the bank puts him."""
    entry = enter(box, now, payer_name="佐藤 花子", message="集会")
    entry.refresh_from_db()
    assert (entry.received_yen, entry.detail_1, entry.detail_2, entry.message, entry.recorded_by, entry.statement) == (
        500, "現金", "佐藤 花子", "集会", "choubo", None,
    )  # fmt: skip


def test_an_entry_is_in_the_audit_trail(box, now):
    """Who typed it and when is kept, with the row it made."""
    entry = enter(box, now)
    event = AuditEvent.objects.get()
    assert (event.action, event.by, event.at, event.subject_id) == ("donations.cash_entered", "choubo", now, entry.pk)


def test_entries_stand_one_after_the_other(box, now):
    """Each entry goes behind the last."""
    assert [enter(box, now).position, enter(box, now).position] == [1, 2]


def test_the_same_sheet_twice_is_one_entry(box, now):
    """A key names one sheet: sent again it returns the first row and adds nothing."""
    first, second = (enter(box, now, entry_key="abcdefghjkmnpqrstuvw") for _ in range(2))
    assert (first.pk, Transaction.objects.count()) == (second.pk, 1)


def test_two_equal_gifts_are_two_entries(box, now):
    """Two people may give ¥500 on one day: different sheets are different rows."""
    enter(box, now, entry_key="abcdefghjkmnpqrstuvw")
    enter(box, now, entry_key="abcdefghjkmnpqrstuvx")
    assert Transaction.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"received_yen": 0}, "yen_not_positive"),
        ({"received_yen": -5}, "yen_not_positive"),
        ({"received_yen": LARGEST_YEN + 1}, "yen_too_large"),
        ({"booked_on": date(2026, 11, 24)}, "day_in_future"),
    ],
)
def test_impossible_entries_are_refused(box, now, facts, code):
    """No yen, too many yen and a day to come are refused and nothing is written."""
    with pytest.raises(Refused) as refusal:
        enter(box, now, **facts)
    assert (refusal.value.code, Transaction.objects.count()) == (code, 0)


def test_today_is_not_the_future(box, now, today):
    """Money of today may be typed today; the day is Japan's, not the server's."""
    assert enter(box, now, booked_on=today).booked_on == today


def test_the_postal_account_is_not_typed(now):
    """Its file will bring the same money again."""
    with pytest.raises(Refused) as refusal:
        enter(BankAccountFactory(), now)
    assert refusal.value.code == "account_has_files"


def test_another_bank_may_be_typed_until_it_gives_a_file(now):
    """A bank without files is typed; once a file was imported, no more."""
    bank = BankAccountFactory(kind=AccountKind.OTHER_BANK, name="みどり信金", number="1234567")
    enter(bank, now)
    before = list(accounts_for_typing())
    BankStatementFactory(account=bank)
    assert (before, list(accounts_for_typing())) == ([bank], [])


def test_a_number_of_a_person_is_refused(box, now):
    """A labelled My Number in the memo stops the entry."""
    with pytest.raises(NationalIdRefused):
        enter(box, now, message="マイナンバー 123456789018")
    assert Transaction.objects.count() == 0


def test_taking_back_adds_a_row_and_deletes_none(box, now):
    """Both rows stay, linked, and the yen are neither open nor given to anybody."""
    entry = enter(box, now)
    reversing = take_back(transaction_id=entry.pk, at=now, by="choubo")
    found = balance()
    assert Reversal.objects.get().original == entry
    assert (reversing.paid_out_yen, found.received_yen, found.paid_out_yen, found.open_yen, found.is_whole) == (500, 500, 500, 0, True)


def test_taking_back_twice_is_refused(box, now):
    """An entry is taken back once."""
    entry = enter(box, now)
    take_back(transaction_id=entry.pk, at=now, by="choubo")
    with pytest.raises(Refused) as refusal:
        take_back(transaction_id=entry.pk, at=now, by="choubo")
    assert (refusal.value.code, Transaction.objects.count()) == ("already_taken_back", 2)


def test_an_allocated_entry_stays(box, now):
    """What somebody was credited with is first undone at the desk."""
    entry = enter(box, now)
    AllocationFactory(transaction=entry)
    with pytest.raises(Refused) as refusal:
        take_back(transaction_id=entry.pk, at=now, by="choubo")
    assert (refusal.value.code, SetAside.objects.count()) == ("allocated", 0)


def test_an_entry_set_aside_stays(box, now):
    """What was set aside is first taken out of there."""
    entry = enter(box, now)
    SetAsideFactory(transaction=entry)
    with pytest.raises(Refused) as refusal:
        take_back(transaction_id=entry.pk, at=now, by="choubo")
    assert refusal.value.code == "set_aside"


def test_a_row_of_a_file_cannot_be_taken_back(now):
    """The bank's rows are the bank's."""
    row = TransactionFactory(statement=BankStatementFactory())
    with pytest.raises(Refused) as refusal:
        take_back(transaction_id=row.pk, at=now, by="choubo")
    assert refusal.value.code == "bank_row_stays"


def test_the_reversing_row_cannot_be_taken_back(box, now):
    """Undoing an undoing is a new entry."""
    reversing = take_back(transaction_id=enter(box, now).pk, at=now, by="choubo")
    with pytest.raises(Refused) as refusal:
        take_back(transaction_id=reversing.pk, at=now + timedelta(days=1), by="choubo")
    assert refusal.value.code == "bank_row_stays"
