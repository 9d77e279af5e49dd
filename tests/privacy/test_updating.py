"""Many rows changed in one go, each to its own values."""

import pytest
from stdnum.jp import in_

from privacy.errors import NationalIdRefused
from privacy.inserting import insert_rows
from privacy.models import AuditEvent
from privacy.updating import update_rows

pytestmark = pytest.mark.django_db
FIRST_ELEVEN = "12345678901"


@pytest.fixture
def keys(now):
    """The keys of three events."""
    return insert_rows(like=AuditEvent(at=now, by="choubo"), columns={"action": ["a", "b", "c"]})


def stored():
    return list(AuditEvent.objects.order_by("pk").values_list("action", "count", "by"))


def test_each_row_gets_its_own_values(keys):
    """Rows named are changed in the columns named; nothing else is."""
    update_rows(model=AuditEvent, keys=[keys[2], keys[0]], columns={"action": ["z", "x"], "count": [3, None]})
    assert stored() == [("x", None, "choubo"), ("b", None, "choubo"), ("z", 3, "choubo")]


def test_no_key_changes_nothing(keys):
    """Nothing to do is no error."""
    update_rows(model=AuditEvent, keys=[], columns={"action": []})
    assert [action for action, _count, _by in stored()] == ["a", "b", "c"]


def test_a_number_of_a_person_is_refused_before_any_row(keys):
    """One guarded text among many refuses all."""
    number = FIRST_ELEVEN + in_.calc_check_digit(FIRST_ELEVEN)
    with pytest.raises(NationalIdRefused) as refusal:
        update_rows(model=AuditEvent, keys=keys, columns={"action": ["x", "y", number]})
    assert (number in str(refusal.value), [action for action, _count, _by in stored()]) == (False, ["a", "b", "c"])


@pytest.mark.parametrize("columns", [{"colour": ["r", "g", "b"]}, {"action": ["x"]}, {"id": [7, 8, 9]}, {}])
def test_columns_that_do_not_fit_are_an_error(keys, columns):
    """An unknown column, another length, the primary key or none at all changes nothing."""
    with pytest.raises(ValueError, match="one value for each key"):
        update_rows(model=AuditEvent, keys=keys, columns=columns)
    assert [action for action, _count, _by in stored()] == ["a", "b", "c"]
