import pytest

from donations.allocating import confirm, link_reversal, set_aside, undo_set_aside
from donations.models import SetAside, SetAsideReason, Transaction
from donations.shares import DONATION, Share
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.donations import TransactionFactory
from tests.factories.members import BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return BankAccountFactory()


@pytest.fixture
def row(account):
    return TransactionFactory(account=account, received_yen=3_000)


def code_of(action, **facts):
    with pytest.raises(Refused) as refusal:
        action(**facts)
    return refusal.value.code


def aside(row, now, reason=SetAsideReason.ASKING, note="手紙で問い合わせ中"):
    return set_aside(transaction_id=row.pk, reason=reason, note=note, at=now, by="choubo")


def test_a_row_put_aside_is_not_asked_about(row, now):
    """Nothing is left to decide."""
    aside(row, now)
    assert Transaction.objects.unreconciled().count() == 0


def test_the_open_rest_is_put_aside(row, now):
    """¥1,000 are confirmed, ¥2,000 put aside."""
    confirm(transaction_id=row.pk, shares=[Share(SupporterFactory().pk, DONATION, 1_000, 2026)], at=now, by="choubo")
    assert aside(row, now).amount_yen == 2_000


def test_putting_aside_leaves_an_audit_event(row, now):
    """The event names the row, not the note."""
    aside(row, now)
    event = AuditEvent.objects.get()
    assert (event.action, event.subject_id, event.changed_fields) == ("donations.set_aside", row.pk, "set_asides")


@pytest.mark.parametrize("reason", [SetAsideReason.ASKING, SetAsideReason.TO_RETURN, SetAsideReason.OTHER])
def test_what_waits_needs_a_note(row, now, reason):
    """Whoever comes next must be able to see what is waited for."""
    assert code_of(set_aside, transaction_id=row.pk, reason=reason, note=" ", at=now, by="choubo") == "note_needed"


def test_no_gift_needs_no_note(row, now):
    """Interest explains itself."""
    assert aside(row, now, SetAsideReason.NOT_A_GIFT, "").note == ""


@pytest.mark.parametrize("reason", ["", "because", SetAsideReason.REVERSED])
def test_only_offered_reasons_are_taken(row, now, reason):
    """REVERSED is written by linking a withdrawal, never chosen."""
    facts = {"transaction_id": row.pk, "reason": reason, "note": "x", "at": now, "by": "choubo"}
    assert code_of(set_aside, **facts) == "unknown_reason"


def test_a_number_in_the_note_is_refused(row, now):
    """The note is guarded like every text; nothing is written."""
    with pytest.raises(NationalIdRefused):
        aside(row, now, note="マイナンバー 123456789018")
    assert SetAside.objects.count() == 0


def test_putting_aside_twice_is_refused(row, now):
    """The second press finds it done."""
    aside(row, now)
    facts = {"transaction_id": row.pk, "reason": SetAsideReason.ASKING, "note": "x", "at": now, "by": "choubo"}
    assert code_of(set_aside, **facts) == "set_aside"


def test_taking_it_up_again_opens_the_row(row, now):
    """All ¥3,000 wait for a decision."""
    aside(row, now)
    undo_set_aside(transaction_id=row.pk, at=now, by="choubo")
    assert Transaction.objects.unreconciled().get().open_yen == 3_000


def test_taking_up_what_is_not_aside_is_refused(row, now):
    """The second press finds nothing."""
    assert code_of(undo_set_aside, transaction_id=row.pk, at=now, by="choubo") == "nothing_to_undo"


def test_a_reversed_row_is_not_opened_here(account, row, now):
    """The money is gone: the 組戻 itself has to be taken back."""
    back = TransactionFactory(account=account, received_yen=0, paid_out_yen=3_000, detail_1="組戻", booked_on=row.booked_on)
    link_reversal(withdrawal_id=back.pk, original_id=row.pk, at=now, by="choubo")
    assert code_of(undo_set_aside, transaction_id=row.pk, at=now, by="choubo") == "reversed"
