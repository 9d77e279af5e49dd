import pytest

from donations.allocating import Decision, confirm, confirm_many, set_aside, undo, undo_batch
from donations.models import Allocation, ReconcileBatch, SetAsideReason, Transaction
from donations.shares import DONATION, DUES, Share
from members.models import MembershipTerm, NameOrigin, PayerName
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    AssociationFactory()
    return BankAccountFactory()


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def confirmed(account, hanako, now):
    """A row of ¥3,500 confirmed by hand: three units and a gift."""
    row = TransactionFactory(account=account, received_yen=3_500)
    shares = [Share(hanako.pk, DUES, 3_000, 2026, 3), Share(hanako.pk, DONATION, 500, 2026)]
    confirm(transaction_id=row.pk, shares=shares, at=now, by="choubo")
    return row


@pytest.fixture
def batch(account, now):
    """Three rows confirmed as one batch."""
    decisions = [
        Decision(row.pk, (Share(SupporterFactory().pk, DUES, 1_000, 2026, 1),), expected_open_yen=1_000)
        for row in TransactionFactory.create_batch(3, account=account)
    ]
    return confirm_many(decisions=decisions, automatic=True, at=now, by="system")


def code_of(action, **facts):
    with pytest.raises(Refused) as refusal:
        action(**facts)
    return refusal.value.code


def test_undo_opens_the_row_again(confirmed, now):
    """All ¥3,500 wait for a decision."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    assert Transaction.objects.unreconciled().get().open_yen == 3_500


def test_undo_is_a_mark(confirmed, now):
    """Both allocations stay, with who took them back."""
    undo(transaction_id=confirmed.pk, at=now, by="kaikei2")
    assert list(Allocation.objects.values_list("undone_by", flat=True)) == ["kaikei2", "kaikei2"]


def test_undo_cancels_the_term(confirmed, now):
    """The supporter has not paid for the year any more."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    assert MembershipTerm.objects.get().cancelled_at == now


def test_undo_weakens_the_learned_name(confirmed, now):
    """The name is counted down and not used automatically."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    learned = PayerName.objects.get(origin=NameOrigin.LEARNED)
    assert (learned.confirmed_count, learned.blocked_for_auto) == (0, True)


def test_undo_leaves_an_audit_event(confirmed, now):
    """Who took back how many allocations of which row."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    event = AuditEvent.objects.get(action="donations.undone")
    assert (event.subject_id, event.count) == (confirmed.pk, 2)


def test_a_receipted_row_is_not_undone(confirmed, now):
    """The refusal says to void the receipt first; the row stays confirmed."""
    Allocation.objects.filter(amount_yen=500).update(receipted_at=now)
    with pytest.raises(Refused, match="領収書を無効にして") as refusal:
        undo(transaction_id=confirmed.pk, at=now, by="choubo")
    assert (refusal.value.code, Allocation.objects.live().count()) == ("receipted", 2)


def test_undoing_twice_is_refused(confirmed, now):
    """The second press finds nothing to undo."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    assert code_of(undo, transaction_id=confirmed.pk, at=now, by="choubo") == "nothing_to_undo"


def test_undo_opens_a_rest_put_aside(account, hanako, now):
    """¥1,000 were confirmed and the rest put aside: after undo the whole row is open."""
    row = TransactionFactory(account=account, received_yen=3_000)
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DUES, 1_000, 2026, 1)], at=now, by="choubo")
    set_aside(transaction_id=row.pk, reason=SetAsideReason.ASKING, note="電話で確認中", at=now, by="choubo")
    undo(transaction_id=row.pk, at=now, by="choubo")
    assert Transaction.objects.unreconciled().get().open_yen == 3_000


def test_a_confirmed_row_can_be_confirmed_anew(confirmed, hanako, now):
    """After undo the same row goes to another share."""
    undo(transaction_id=confirmed.pk, at=now, by="choubo")
    confirm(transaction_id=confirmed.pk, shares=[Share(hanako.pk, DONATION, 3_500, 2026)], at=now, by="choubo")
    assert Allocation.objects.live().get().amount_yen == 3_500


def test_a_batch_is_undone_as_one(batch, now):
    """All three rows are open again."""
    undo_batch(batch_id=batch.pk, at=now, by="choubo")
    assert Transaction.objects.unreconciled().count() == 3


def test_an_undone_batch_says_who_and_when(batch, now):
    """The batch itself carries the mark."""
    undo_batch(batch_id=batch.pk, at=now, by="choubo")
    batch.refresh_from_db()
    assert (batch.undone_by, batch.undone_at) == ("choubo", now)


def test_a_batch_cancels_all_its_terms(batch, now):
    """Nobody of the batch has paid any more."""
    undo_batch(batch_id=batch.pk, at=now, by="choubo")
    assert MembershipTerm.objects.filter(cancelled_at=None).count() == 0


def test_what_was_undone_singly_does_not_stop_the_batch(batch, now):
    """Two are left of three; both are undone."""
    undo(transaction_id=batch.allocations.first().transaction_id, at=now, by="choubo")
    assert len(undo_batch(batch_id=batch.pk, at=now, by="choubo")) == 2


def test_one_receipt_stops_the_whole_batch(batch, now):
    """All or none: with a receipt for one of three, three stay confirmed."""
    Allocation.objects.filter(pk=batch.allocations.first().pk).update(receipted_at=now)
    assert (code_of(undo_batch, batch_id=batch.pk, at=now, by="choubo"), Allocation.objects.live().count()) == (
        "receipted",
        3,
    )


def test_two_receipted_shares_of_a_row_are_one_row(confirmed, now):
    """Dues and gift of one payment: the sentence counts payments."""
    Allocation.objects.update(receipted_at=now)
    with pytest.raises(Refused, match="領収書を出した入金が1件あるので"):
        undo(transaction_id=confirmed.pk, at=now, by="choubo")


def test_a_batch_is_undone_once(batch, now):
    """The second time there is nothing left."""
    undo_batch(batch_id=batch.pk, at=now, by="choubo")
    assert code_of(undo_batch, batch_id=batch.pk, at=now, by="choubo") == "nothing_to_undo"


def test_an_unknown_batch_does_not_exist(now):
    """The command refuses it, the page answers 404."""
    with pytest.raises(ReconcileBatch.DoesNotExist):
        undo_batch(batch_id=1, at=now, by="choubo")


def test_an_undone_batch_leaves_other_batches_alone(batch, now):
    """A confirmation of another day stays."""
    other = AllocationFactory()
    undo_batch(batch_id=batch.pk, at=now, by="choubo")
    assert Allocation.objects.live().get() == other


