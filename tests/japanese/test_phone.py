import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.errors import FormatError, Reason
from japanese.phone import compact, format, is_valid, validate  # noqa: A004


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("03-1234-5678", "03-1234-5678"),
        ("０３－１２３４－５６７８", "03-1234-5678"),
        ("03(1234)5678", "03-1234-5678"),
        ("(03) 1234-5678", "03-1234-5678"),
        ("03 1234 5678", "03-1234-5678"),
        ("0312345678", "0312345678"),
        ("+81-3-1234-5678", "03-1234-5678"),
        ("+81 (0)3-1234-5678", "03-1234-5678"),
        ("＋８１ 90 1234 5678", "090-1234-5678"),
        ("+819012345678", "09012345678"),
        ("090ー1234ー5678", "090-1234-5678"),
        ("TEL:03-1234-5678", "03-1234-5678"),
        ("電話 03-1234-5678", "03-1234-5678"),
        ("0120-123-456", "0120-123-456"),
        ("0800-123-4567", "0800-123-4567"),
        ("050-1234-5678", "050-1234-5678"),
        ("01234-5-6789", "01234-5-6789"),
    ],
)
def test_numbers_are_written_nationally(text, written):
    """Separators stay where they were typed; +81 becomes 0."""
    assert format(text) == written
    assert validate(text) == written.replace("-", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("電話", Reason.EMPTY),
        ("なし", Reason.CHARACTERS),
        ("03-1234-5678 内線5", Reason.CHARACTERS),
        ("03-1234-5678/090-1234-5678", Reason.CHARACTERS),
        ("03-1234-5678 090-1234-5678", Reason.LENGTH),
        ("+1-202-555-0100", Reason.STRUCTURE),
        ("9012345678", Reason.STRUCTURE),
        ("819012345678", Reason.STRUCTURE),
        ("123456789018", Reason.STRUCTURE),
        ("010-81-90-1234-5678", Reason.STRUCTURE),
        ("00-1234-5678", Reason.STRUCTURE),
        ("03-1234-567", Reason.LENGTH),
        ("03-1234-56789", Reason.LENGTH),
        ("090-1234-567", Reason.LENGTH),
        ("012345678901", Reason.LENGTH),
        ("()", Reason.STRUCTURE),
    ],
)
def test_other_texts_are_refused(text, reason):
    """Each refusal has its reason; a twelve-digit number never passes."""
    with pytest.raises(FormatError) as caught:
        validate(text)
    assert caught.value.reason is reason
    assert not is_valid(text)


@given(st.text("0123456789+81-() ", max_size=18))
def test_never_twelve_digits(text):
    """Whatever passes has ten or eleven digits, starts with 0, and formats to a text that passes again."""
    try:
        digits = validate(text)
    except FormatError:
        return
    assert (len(digits) in {10, 11}, digits[0]) == (True, "0")
    assert format(format(text)) == format(text)
    assert compact(format(text)) == digits
