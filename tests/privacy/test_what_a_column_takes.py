"""SQLite takes a text of any length and U+0000, PostgreSQL does not: our columns refuse both, everywhere, in words."""

import pytest
from django.db import transaction
from django.db.models import Value

from privacy.errors import Refused
from privacy.fields import refuse_too_long
from privacy.models import AuditEvent, Refusal

LONGEST = 80
TOO_LONG = "あ" * (LONGEST + 1)


def write(way: str, action: str, now) -> None:
    if way == "save":
        AuditEvent(at=now, by="system", action=action).save()
    elif way == "bulk_create":
        AuditEvent.objects.bulk_create([AuditEvent(at=now, by="system", action=action)])
    elif way == "update":
        AuditEvent.objects.update(action=action)
    else:
        AuditEvent.objects.update(action=Value(action))


@pytest.mark.parametrize("way", ["save", "bulk_create", "update", "value"])
@pytest.mark.parametrize(("action", "code"), [(TOO_LONG, "too_long"), ("a\x00b", "bad_character")], ids=["long", "nul"])
def test_every_way_in_refuses_it(db, now, way, action, code) -> None:
    """The code says which, the column is named, what stood there stands there still."""
    AuditEvent.objects.create(at=now, by="system", action="before")
    with pytest.raises(Refused) as refused, transaction.atomic():
        write(way, action, now)
    assert (refused.value.code, refused.value.column) == (code, "何をした")
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["before"]


@pytest.mark.parametrize("way", ["save", "bulk_create"])
def test_a_text_as_long_as_its_column_is_taken(db, now, way) -> None:
    """Characters count, not bytes; 𠮷 is one."""
    write(way, "𠮷" * LONGEST, now)
    assert AuditEvent.objects.get().action == "𠮷" * LONGEST


def test_a_number_is_refused_as_a_number_first(db, now) -> None:
    """A long text with a number of the state is told as what matters more."""
    with pytest.raises(Refused) as refused:
        Refusal.objects.create(at=now, by="system", place="マイナンバー 1234-5678-9018" * 9, rule="x")
    assert refused.value.code == "national_id_refused"


def test_the_sentence_names_line_column_and_both_lengths() -> None:
    """So that the person finds the cell, and knows how much to take off."""
    with pytest.raises(Refused) as refused:
        refuse_too_long("ああああ", most=3, column="備考", line=12)
    assert (refused.value.line, refused.value.message) == (
        12,
        "12行目の「備考」は3文字までです。いまは4文字あるため、保存しませんでした。短くしてから、もう一度お試しください。",
    )
