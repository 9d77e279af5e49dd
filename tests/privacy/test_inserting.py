"""Many rows in one go: the same words reach the database and the same words are refused as with `save`."""

import pytest
from stdnum.jp import in_

from privacy.errors import NationalIdRefused, Refused
from privacy.inserting import insert_rows
from privacy.models import AuditEvent

pytestmark = pytest.mark.django_db
FIRST_ELEVEN = "12345678901"


@pytest.fixture
def insert(now):
    """Insert an event for each action, counted from 0."""

    def insert(*actions, **other):
        columns = {"action": actions, "count": range(len(actions)), **other}
        return insert_rows(like=AuditEvent(at=now, by="choubo"), columns=columns)

    return insert


def test_the_rows_are_those_that_save_would_have_made(insert, now):
    """Each value comes back as it went in, in the order given."""
    insert("a", "b", "a")
    AuditEvent(at=now, by="choubo", action="c", count=3).save()
    found = AuditEvent.objects.order_by("pk").values_list("at", "by", "action", "subject_type", "subject_id", "changed_fields", "count")
    assert list(found) == [(now, "choubo", action, "", None, "", count) for count, action in enumerate("abac")]


def test_no_row_is_nothing(insert):
    """Columns without a value insert no row."""
    assert (insert(), AuditEvent.objects.count()) == ([], 0)


def test_more_rows_than_go_at_once_all_arrive(insert):
    """The parts in which rows travel are not seen, and each primary key is that of its row."""
    keys = insert(*["a"] * 1_201)
    assert list(AuditEvent.objects.order_by("count").values_list("pk", "count")) == [(key, count) for count, key in enumerate(keys)]


def test_a_number_of_a_person_is_refused_before_any_row(insert):
    """One guarded text among many refuses all, and names the column."""
    number = FIRST_ELEVEN + in_.calc_check_digit(FIRST_ELEVEN)
    with pytest.raises(NationalIdRefused) as refusal:
        insert("a", number)
    assert ("何をした" in str(refusal.value), number in str(refusal.value), AuditEvent.objects.count()) == (True, False, 0)


def test_a_text_too_long_is_refused(insert):
    """SQLite would take it and PostgreSQL would not: neither sees it."""
    with pytest.raises(Refused) as refusal:
        insert("a" * 81)
    assert (refusal.value.code, AuditEvent.objects.count()) == ("too_long", 0)


@pytest.mark.parametrize("extra", [{"colour": ["red"]}, {"count": [1, 2]}, {"id": [1]}])
def test_columns_that_do_not_fit_are_an_error(insert, extra):
    """An unknown column, or one of another length, inserts nothing."""
    with pytest.raises(ValueError, match="one value for each row"):
        insert("a", **extra)
    assert AuditEvent.objects.count() == 0
