"""What stands around a row of digits can tell that it is part of something else."""

import uuid

import pytest

from privacy.national_ids import FieldClass, scan
from tests.privacy.plain_numbers import grouped, made_number


@pytest.mark.parametrize("field_class", [FieldClass.STRUCTURED, FieldClass.FREE_TEXT])
def test_the_middle_of_a_uuid_is_no_number(field_class) -> None:
    """4-4-4 by chance, in one UUID of a thousand."""
    middle = grouped(made_number())
    head, tail = f"{uuid.uuid4().hex[:7]}a", f"b{uuid.uuid4().hex[:11]}"
    assert scan(f"{head}-{middle}-{tail}", field_class) == ()


def test_the_end_of_a_uuid_is_no_number() -> None:
    """Its last twelve signs."""
    assert scan(f"1a2b3c4d-0000-4000-8000-{made_number()}", FieldClass.FREE_TEXT) == ()


@pytest.mark.parametrize("before", ["", "a-", "12ab-", "番号 "])
def test_half_a_uuid_excuses_nothing(before) -> None:
    """Without the whole of it, the number is seen."""
    assert scan(f"{before}{grouped(made_number())}", FieldClass.STRUCTURED) != ()
