"""Many rows in one go: the same words reach the database and the same words are refused as with `save`."""

import pytest
from stdnum.jp import in_

from privacy.errors import NationalIdRefused, Refused
from privacy.inserting import insert_rows
from privacy.models import AuditEvent

pytestmark = pytest.mark.django_db
FIRST_ELEVEN = "12345678901"


def events(now, *actions, **other):
    count = len(actions)
    return {
        "at": [now] * count, "by": ["choubo"] * count, "action": actions, "subject_type": [""] * count,
        "subject_id": [None] * count, "changed_fields": [""] * count, "count": range(count), **other,
    }  # fmt: skip


def test_the_rows_are_those_that_save_would_have_made(now):
    """Each value comes back as it went in, in the order given."""
    assert insert_rows(AuditEvent, events(now, "a", "b", "a")) == 3
    AuditEvent(at=now, by="choubo", action="c", count=3).save()
    found = AuditEvent.objects.order_by("pk").values_list("at", "by", "action", "subject_type", "subject_id", "changed_fields", "count")
    assert list(found) == [(now, "choubo", action, "", None, "", count) for count, action in enumerate("abac")]


def test_no_row_is_nothing(now):
    """Columns without a value insert no row."""
    assert (insert_rows(AuditEvent, events(now)), AuditEvent.objects.count()) == (0, 0)


def test_more_rows_than_go_at_once_all_arrive(now):
    """The parts in which rows travel are not seen."""
    insert_rows(AuditEvent, events(now, *["a"] * 5_001))
    assert list(AuditEvent.objects.order_by("pk").values_list("count", flat=True)) == list(range(5_001))


def test_a_number_of_a_person_is_refused_before_any_row(now):
    """One guarded text among many refuses all, and names the column."""
    number = FIRST_ELEVEN + in_.calc_check_digit(FIRST_ELEVEN)
    with pytest.raises(NationalIdRefused) as refusal:
        insert_rows(AuditEvent, events(now, "a", number))
    assert ("何をした" in str(refusal.value), number in str(refusal.value), AuditEvent.objects.count()) == (True, False, 0)


def test_a_text_too_long_is_refused(now):
    """SQLite would take it and PostgreSQL would not: neither sees it."""
    with pytest.raises(Refused) as refusal:
        insert_rows(AuditEvent, events(now, "a" * 81))
    assert (refusal.value.code, AuditEvent.objects.count()) == ("too_long", 0)


@pytest.mark.parametrize("missing", ["by", "count"])
def test_a_column_not_named_is_an_error(now, missing):
    """No column is left to a default."""
    columns = events(now, "a")
    del columns[missing]
    with pytest.raises(ValueError, match="name each column"):
        insert_rows(AuditEvent, columns)


@pytest.mark.parametrize("extra", [{"colour": ["red"]}, {"count": [1, 2]}])
def test_columns_that_do_not_fit_are_an_error(now, extra):
    """An unknown column, or one of another length, inserts nothing."""
    with pytest.raises(ValueError, match="name each column"):
        insert_rows(AuditEvent, events(now, "a", **extra))
    assert AuditEvent.objects.count() == 0
