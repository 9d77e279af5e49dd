"""A person decides about a remembered payer name."""

from datetime import date

import pytest

from members.editing_payer_names import (
    allow_payer_name,
    forget_names_of,
    forget_payer_name,
    reassign_payer_name,
)
from members.learning import learn_payer_name
from members.models import NameOrigin, PayerName
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.members import PayerNameFactory, SupporterFactory

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 15)


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


@pytest.fixture
def name():
    return PayerNameFactory(as_written="ｱｵｿﾗ ｼﾖﾃﾝ", confirmed_count=4, last_confirmed_on=MAY)


def learned():
    rows = PayerName.objects.filter(origin=NameOrigin.LEARNED).order_by("pk")
    return [(row.supporter_id, row.confirmed_count, row.blocked_for_auto, row.joint_group > 0) for row in rows]


def last_event():
    event = AuditEvent.objects.order_by("pk").last()
    return event.action, event.subject_type, event.changed_fields


# --- whose it is


def test_a_name_goes_to_another_supporter(name, hand):
    """It counts one confirmation there, and is nobody else's any more."""
    other = SupporterFactory()
    moved = reassign_payer_name(name_id=name.pk, supporters=[other], **hand)
    assert (learned(), moved.last_confirmed_on) == ([(other.pk, 1, False, False)], MAY)


def test_a_name_that_moves_meets_what_is_known_there(name, hand):
    """The other supporter has it already: one more confirmation, no second row."""
    known = PayerNameFactory(as_written=name.as_written, confirmed_count=2)
    moved = reassign_payer_name(name_id=name.pk, supporters=[known.supporter], **hand)
    assert (moved.pk, learned()) == (known.pk, [(known.supporter_id, 3, False, False)])


def test_a_name_becomes_nobodys(name, hand):
    """A one-off giver: the next transfer is given to no supporter."""
    reassign_payer_name(name_id=name.pk, supporters=[], **hand)
    assert learned() == [(None, 1, False, False)]


def test_a_name_becomes_that_of_two(name, hand):
    """They pay together: one row each, in one group."""
    couple = SupporterFactory.create_batch(2)
    moved = reassign_payer_name(name_id=name.pk, supporters=couple, **hand)
    assert (learned(), moved.joint_group > 0) == ([(one.pk, 1, False, True) for one in couple], True)


def test_a_joint_name_becomes_that_of_one(hand):
    """Both rows of the group go."""
    couple = SupporterFactory.create_batch(2)
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=couple, on=MAY, **hand)
    first = PayerName.objects.filter(joint_group__gt=0).earliest("pk")
    reassign_payer_name(name_id=first.pk, supporters=couple[:1], **hand)
    assert learned() == [(couple[0].pk, 1, False, False)]


def test_a_blocked_name_is_free_after_a_person_moved_it(name, hand):
    """The undo was about the former payer."""
    allow_payer_name(name_id=name.pk, may_decide=False, **hand)
    other = SupporterFactory()
    reassign_payer_name(name_id=name.pk, supporters=[other], **hand)
    assert learned() == [(other.pk, 1, False, False)]


def test_the_same_payer_again_changes_nothing(name, hand):
    """No count, no event."""
    reassign_payer_name(name_id=name.pk, supporters=[name.supporter], **hand)
    assert (learned(), AuditEvent.objects.count()) == ([(name.supporter_id, 4, False, False)], 0)


def test_moving_is_in_the_audit_trail_without_the_name(name, hand):
    """The id of the row, no text."""
    reassign_payer_name(name_id=name.pk, supporters=[], **hand)
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", "subject_id", "changed_fields"))
    assert actions[0] == ("members.payer_name_reassigned", name.pk, "")


def test_a_registered_name_is_not_moved(hand):
    """It follows the list: the supporter's sheet is the place to change it."""
    reading = SupporterFactory().payer_names.get(origin=NameOrigin.READING)
    with pytest.raises(Refused) as refused:
        reassign_payer_name(name_id=reading.pk, supporters=[], **hand)
    assert refused.value.code == "registered_name"


# --- whether it may decide


def test_a_blocked_name_is_let_free(name, hand):
    """With an event of its own."""
    PayerName.objects.filter(pk=name.pk).update(blocked_for_auto=True)
    assert (allow_payer_name(name_id=name.pk, may_decide=True, **hand), learned()[0][2], last_event()) == (
        True, False, ("members.payer_name_allowed", "members.payername", ""),
    )  # fmt: skip


def test_a_registered_name_may_be_blocked(hand):
    """Two people in one house, one reading: the treasurer wants to see these rows."""
    reading = SupporterFactory().payer_names.get(origin=NameOrigin.READING)
    allow_payer_name(name_id=reading.pk, may_decide=False, **hand)
    reading.refresh_from_db()
    assert (reading.blocked_for_auto, last_event()[0]) == (True, "members.payer_name_blocked")


def test_a_joint_name_is_blocked_for_all(hand):
    """The mark stands on every row of the group."""
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=SupporterFactory.create_batch(2), on=MAY, **hand)
    allow_payer_name(name_id=PayerName.objects.filter(joint_group__gt=0).latest("pk").pk, may_decide=False, **hand)
    assert [blocked for _who, _count, blocked, _joint in learned()] == [True, True]


def test_blocking_twice_is_recorded_once(name, hand):
    """The second press changes nothing."""
    answers = [allow_payer_name(name_id=name.pk, may_decide=False, **hand) for _press in range(2)]
    assert (answers, AuditEvent.objects.count()) == ([True, False], 1)


# --- forgetting


def test_a_forgotten_name_is_gone(name, hand):
    """The row is deleted; the audit trail has its id."""
    forget_payer_name(name_id=name.pk, **hand)
    assert (learned(), last_event()) == ([], ("members.payer_name_forgotten", "members.payername", ""))


def test_a_joint_name_is_forgotten_whole(hand):
    """Half of it would be the name of one."""
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=SupporterFactory.create_batch(2), on=MAY, **hand)
    forget_payer_name(name_id=PayerName.objects.filter(joint_group__gt=0).latest("pk").pk, **hand)
    assert learned() == []


def test_a_registered_name_is_not_forgotten(hand):
    """It would come back with the next change of the sheet."""
    reading = SupporterFactory().payer_names.get(origin=NameOrigin.READING)
    with pytest.raises(Refused) as refused:
        forget_payer_name(name_id=reading.pk, **hand)
    assert refused.value.code == "registered_name"


def test_all_names_of_an_erased_supporter_go(name, hand):
    """Learned and registered ones; those of others stay."""
    other = PayerNameFactory(as_written="ﾊﾀ ｼﾝ")
    forget_names_of(supporter=name.supporter, **hand)
    assert (name.supporter.payer_names.count(), learned()) == (0, [(other.supporter_id, 1, False, False)])


def test_a_joint_name_does_not_outlive_one_of_its_payers(hand):
    """Else the erased person's name would become the name of the other alone."""
    couple = SupporterFactory.create_batch(2)
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=couple, on=MAY, **hand)
    forget_names_of(supporter=couple[0], **hand)
    assert learned() == []


def test_names_go_with_the_row_of_the_supporter(name):
    """The database itself deletes them with the supporter."""
    name.supporter.delete()
    assert PayerName.objects.count() == 0
