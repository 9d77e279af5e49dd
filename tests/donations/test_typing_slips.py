"""A slip is typed, corrected and taken back; it finds its row and never adds a yen."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from donations.attaching_slips import attach_slip, attach_waiting, detach_slip
from donations.models import Slip, Transaction
from donations.totals import balance
from donations.typing_slips import SlipFacts, correct_slip, type_slip, withdraw_slip
from members.models import AccountKind
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.donations import AllocationFactory, SlipFactory, TheAccountFactory, TransactionFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
OCT_3 = date(2026, 10, 3)
HANAKO = SlipFacts(
    day=OCT_3, amount_yen=3000, payer_name="徳本 花子", kana="トクモト ハナコ", postal_code="123-4567",
    address="みどり市1-2", phone="03-0000-1234", message="会費3口", supporter_number="12",
)  # fmt: skip


@pytest.fixture
def account():
    return TheAccountFactory()


@pytest.fixture
def type_one(account, now):
    """Types HANAKO's slip with other facts; `second=True` where there are two alike."""

    def typed(**facts):
        given = {name: facts.pop(name) for name in ("transaction_id", "is_second", "entry_key") if name in facts}
        return type_slip(account=account, facts=replace(HANAKO, **facts), at=now, by="choubo", **given)

    return typed


def nameless(yen=3000, on=OCT_3, **facts):
    return TransactionFactory(received_yen=yen, booked_on=on, detail_1="通常払込み", detail_2="", **facts)


def hangs_on():
    return dict(Slip.objects.live().order_by("pk").values_list("pk", "transaction_id"))


def refusal_of(action):
    with pytest.raises(Refused) as refusal:
        action()
    return refusal.value.code


# typing


def test_a_slip_is_kept_as_written(type_one, now):
    """Every field of the paper, who typed it and when."""
    slip = Slip.objects.values().get(pk=type_one().pk)
    written = {name: slip[name] for name in ("payer_name", "kana", "postal_code", "address", "phone", "message", "supporter_number")}
    assert (slip["day"], slip["amount_yen"], written, slip["typed_by"], slip["typed_at"]) == (
        OCT_3, 3000, {name: getattr(HANAKO, name) for name in written}, "choubo", now,
    )  # fmt: skip


def test_a_slip_hangs_on_its_row_at_once(type_one):
    """Exactly one row without a name has just these yen."""
    row = nameless(on=date(2026, 10, 5))
    nameless(yen=2000)
    slip = type_one()
    assert (slip.transaction, slip.row_yen, slip.covers_its_row) == (row, 3000, True)


def test_a_slip_waits_where_several_rows_fit(type_one):
    """Nobody knows which."""
    nameless()
    nameless()
    assert type_one().transaction is None


def test_a_slip_waits_for_its_row(type_one):
    """The bank has not shown it yet."""
    slip = type_one()
    assert list(Slip.objects.waiting()) == [slip]


def test_a_slip_does_not_hang_on_a_row_of_another_account(type_one):
    """The account on the slip is the account of the row."""
    nameless(account=BankAccountFactory(savings=True))
    assert type_one().transaction is None


def test_a_slip_adds_no_yen(type_one):
    """The books are the same before and after."""
    nameless()
    before = balance()
    type_one()
    assert balance() == before


def test_two_slips_of_a_day_are_parts_of_a_larger_row(type_one):
    """The second slip shows that the row is a sum of the day; both hang on it and its rest is open."""
    row = nameless(yen=9000)
    first = type_one()
    assert first.transaction is None
    second = type_one(amount_yen=2000, payer_name="佐藤 一郎")
    assert hangs_on() == {first.pk: row.pk, second.pk: row.pk}


def test_the_slips_of_a_row_end_at_its_yen(type_one):
    """A slip that is larger than the rest waits."""
    row = nameless(yen=9000)
    type_one()
    type_one(amount_yen=2000)
    third, fourth = type_one(amount_yen=4001), type_one(amount_yen=4000)
    assert (third.transaction, fourth.transaction) == (None, row)


def test_a_sheet_sent_twice_is_one_slip(type_one):
    """The key of a sheet is kept once."""
    assert [type_one(entry_key="abcdefghjkmnpqrstuvw").pk for _ in range(2)] == [Slip.objects.get().pk] * 2


def test_the_same_slip_is_asked_about(type_one):
    """Same day, yen, name and message: the same paper, most likely."""
    type_one()
    assert (refusal_of(type_one), Slip.objects.count()) == ("same_slip", 1)


def test_two_slips_alike_are_kept_when_a_person_says_so(type_one):
    """Somebody did pay twice."""
    type_one()
    type_one(is_second=True)
    assert Slip.objects.count() == 2


def test_a_withdrawn_slip_is_not_the_same_slip(type_one, now):
    """After taking one back it can be typed anew."""
    withdraw_slip(slip_id=type_one().pk, at=now, by="choubo")
    type_one()
    assert Slip.objects.live().count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"amount_yen": 0}, "yen_not_positive"),
        ({"amount_yen": -1}, "yen_not_positive"),
        ({"amount_yen": 1_000_000_000}, "yen_too_large"),
        ({"day": date(2026, 11, 24)}, "day_in_future"),
    ],
)
def test_impossible_slips_are_refused(type_one, facts, code):
    """Nothing is kept."""
    assert (refusal_of(lambda: type_one(**facts)), Slip.objects.count()) == (code, 0)


@pytest.mark.parametrize("kind", [AccountKind.CASH, AccountKind.POSTAL_SAVINGS, AccountKind.OTHER_BANK])
def test_only_a_transfer_account_has_slips(now, kind):
    """Cash has none, nor has any other account."""
    account = BankAccountFactory(kind=kind, number="1234567")
    assert refusal_of(lambda: type_slip(account=account, facts=HANAKO, at=now, by="choubo")) == "no_slips_here"


def test_a_number_of_a_person_is_refused(type_one):
    """A labelled My Number in the message stops the slip."""
    with pytest.raises(NationalIdRefused):
        type_one(message="マイナンバー 123456789018")
    assert Slip.objects.count() == 0


def test_typing_is_in_the_audit_trail(type_one):
    """That it was typed and that it was hung; no word of the payer."""
    nameless()
    slip = type_one()
    trail = AuditEvent.objects.order_by("pk").values_list("action", "subject_id", "changed_fields")
    assert list(trail) == [("donations.slip_typed", slip.pk, ""), ("donations.slip_attached", slip.pk, "transaction")]


def test_a_person_may_say_the_row(type_one):
    """Typed from the row itself, whatever its day."""
    row = nameless(on=date(2026, 9, 1))
    assert type_one(transaction_id=row.pk).transaction == row


def test_a_slip_too_large_for_the_row_said_is_not_kept(type_one):
    """All or nothing."""
    row = nameless(yen=2000)
    assert (refusal_of(lambda: type_one(transaction_id=row.pk)), Slip.objects.count()) == ("slip_too_large", 0)


# hanging and taking off


def test_a_person_hangs_a_slip_on_a_part_of_a_row(type_one, now):
    """The first slip of a daily sum."""
    slip, row = type_one(), nameless(yen=9000)
    attach_slip(slip_id=slip.pk, transaction_id=row.pk, at=now, by="choubo")
    slip.refresh_from_db()
    assert (slip.transaction, slip.row_yen, slip.covers_its_row) == (row, 9000, False)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"yen": 2999}, "slip_too_large"),
        ({"account": "other"}, "other_account"),
        ({"yen": 0, "paid_out_yen": 3000}, "not_incoming"),
    ],
)
def test_a_row_that_cannot_hold_the_slip_is_refused(type_one, now, facts, code):
    """Too few yen left, another account, money out."""
    if "account" in facts:
        facts = {"account": BankAccountFactory(savings=True)}
    slip, row = type_one(), nameless(**facts)
    assert refusal_of(lambda: attach_slip(slip_id=slip.pk, transaction_id=row.pk, at=now, by="choubo")) == code


def test_a_row_that_is_not_there_is_not_found(type_one, now):
    """No such row."""
    with pytest.raises(Transaction.DoesNotExist):
        attach_slip(slip_id=type_one().pk, transaction_id=999, at=now, by="choubo")


def test_a_slip_hangs_on_one_row(type_one, now):
    """It is taken off first."""
    nameless()
    slip, other = type_one(), nameless(on=date(2026, 10, 6))
    code = refusal_of(lambda: attach_slip(slip_id=slip.pk, transaction_id=other.pk, at=now, by="choubo"))
    assert code == "slip_hangs_already"


def test_hanging_it_where_it_hangs_is_no_error(type_one, now):
    """The button was pressed twice."""
    row = nameless()
    slip = type_one()
    assert attach_slip(slip_id=slip.pk, transaction_id=row.pk, at=now, by="choubo").transaction == row


def test_a_slip_taken_off_is_left_to_a_person(type_one, account, now):
    """It does not jump back on the row by itself."""
    nameless()
    slip = type_one()
    detach_slip(slip_id=slip.pk, at=now, by="choubo")
    assert (attach_waiting(account=account, at=now, by="choubo"), hangs_on()) == (0, {slip.pk: None})


def test_a_waiting_slip_cannot_be_taken_off(type_one, now):
    """There is nothing to take it off."""
    slip = type_one()
    assert refusal_of(lambda: detach_slip(slip_id=slip.pk, at=now, by="choubo")) == "slip_waits"


@pytest.mark.parametrize("change", ["detach", "withdraw", "correct"])
def test_the_slip_of_a_confirmed_row_stays(type_one, now, change):
    """What was learned from it has to be undone first."""
    row = nameless()
    slip = type_one()
    AllocationFactory(transaction=row)
    changes = {
        "detach": lambda: detach_slip(slip_id=slip.pk, at=now, by="choubo"),
        "withdraw": lambda: withdraw_slip(slip_id=slip.pk, at=now, by="choubo"),
        "correct": lambda: correct_slip(slip_id=slip.pk, facts=replace(HANAKO, payer_name="徳本 花"), at=now, by="choubo"),
    }
    assert (refusal_of(changes[change]), hangs_on()) == ("row_decided", {slip.pk: row.pk})


def test_the_slip_of_an_undone_confirmation_can_be_taken_off(type_one, now):
    """The row is open again."""
    row = nameless()
    slip = type_one()
    AllocationFactory(transaction=row, undone_at=now, undone_by="choubo")
    assert detach_slip(slip_id=slip.pk, at=now, by="choubo").transaction is None


# waiting slips


def test_waiting_slips_find_the_rows_that_came(account, now):
    """Each its own; how many is said."""
    slips = [SlipFactory(amount_yen=yen, day=OCT_3) for yen in (1000, 3000, 5000)]
    rows = [nameless(yen=yen, on=date(2026, 10, 6)) for yen in (1000, 3000)]
    assert (attach_waiting(account=account, at=now, by="choubo"), list(hangs_on().values())) == (
        2, [rows[0].pk, rows[1].pk, None],
    )  # fmt: skip
    assert Slip.objects.get(pk=slips[2].pk).transaction is None


def test_without_waiting_slips_one_question_is_asked(account, now, django_assert_num_queries):
    """An import is not slower for it."""
    nameless()
    with django_assert_num_queries(1):
        attach_waiting(account=account, at=now, by="choubo")


@pytest.mark.parametrize("count", [1, 3])
def test_waiting_slips_are_hung_in_a_fixed_number_of_queries(account, now, django_assert_num_queries, count):
    """Slips, slips on rows, rows, the savepoint and its end, the lock, the update, the audit trail."""
    for n in range(count):
        SlipFactory(amount_yen=1000 + n, day=OCT_3)
        nameless(yen=1000 + n)
    with django_assert_num_queries(8):
        attach_waiting(account=account, at=now, by="choubo")


# correcting


def test_a_text_is_corrected_where_the_slip_hangs(type_one, now):
    """The trail names the field, not the words."""
    row = nameless()
    slip = type_one()
    correct_slip(slip_id=slip.pk, facts=replace(HANAKO, kana="トクモト ハナ"), at=now, by="choubo")
    event = AuditEvent.objects.get(action="donations.slip_corrected")
    slip.refresh_from_db()
    assert (slip.kana, slip.transaction, event.changed_fields) == ("トクモト ハナ", row, "kana")


def test_other_yen_are_another_row(type_one, now):
    """¥3,000 was ¥8,000: the slip leaves the one row and finds the other."""
    nameless()
    other = nameless(yen=8000)
    slip = type_one()
    corrected = correct_slip(slip_id=slip.pk, facts=replace(HANAKO, amount_yen=8000), at=now, by="choubo")
    assert (corrected.transaction, corrected.row_yen) == (other, 8000)


def test_a_correction_without_a_change_writes_nothing(type_one, now):
    """Saved twice: no second event."""
    slip = type_one()
    before = AuditEvent.objects.count()
    correct_slip(slip_id=slip.pk, facts=HANAKO, at=now, by="choubo")
    assert AuditEvent.objects.count() == before


# taking back


def test_a_slip_taken_back_stays_as_a_record(type_one, now):
    """Marked, off its row, never deleted."""
    nameless()
    slip = withdraw_slip(slip_id=type_one().pk, at=now, by="kaikei2")
    assert (Slip.objects.live().count(), slip.transaction, slip.withdrawn_by) == (0, None, "kaikei2")


def test_a_slip_is_taken_back_once(type_one, now):
    """The second press is told so."""
    slip = withdraw_slip(slip_id=type_one().pk, at=now, by="choubo")
    assert refusal_of(lambda: withdraw_slip(slip_id=slip.pk, at=now, by="choubo")) == "slip_withdrawn"


# what the database holds by itself


def refused_by_the_database(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def test_the_database_refuses_more_slips_than_the_row():
    """Whatever program writes: inserted past the sum, or hung past it."""
    row = nameless(yen=5000)
    SlipFactory(transaction=row, amount_yen=3000)
    refused_by_the_database(lambda: SlipFactory(transaction=row, amount_yen=2001))
    waiting = SlipFactory(amount_yen=2001)
    refused_by_the_database(lambda: Slip.objects.filter(pk=waiting.pk).update(transaction=row, row_yen=5000))
    Slip.objects.filter(pk=waiting.pk).update(transaction=row, row_yen=5000, amount_yen=2000)
    refused_by_the_database(lambda: Slip.objects.filter(pk=waiting.pk).update(amount_yen=2001))
    assert sum(Slip.objects.values_list("amount_yen", flat=True)) == 5000


def test_a_slip_taken_back_makes_room(now):
    """Its yen count no more."""
    row = nameless(yen=5000)
    slip = SlipFactory(transaction=row, amount_yen=5000)
    withdraw_slip(slip_id=slip.pk, at=now, by="choubo")
    assert SlipFactory(transaction=row, amount_yen=5000).covers_its_row


def test_the_trigger_is_there():
    """A migration that rebuilds the table on SQLite has to make it again."""
    wanted = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'donations_slip' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'donations_slip'::regclass AND NOT tgisinternal",
    }
    ours = {"sqlite": ["slips_within_row_insert", "slips_within_row_update"], "postgresql": ["slips_within_row"]}
    with connection.cursor() as cursor:
        cursor.execute(wanted[connection.vendor])
        found = [name for (name,) in cursor.fetchall() if name.startswith("slips_within_row")]
    assert found == ours[connection.vendor]
