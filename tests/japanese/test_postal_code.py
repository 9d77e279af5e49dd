import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.errors import FormatError, Reason
from japanese.postal_code import compact, format, is_valid, validate  # noqa: A004


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "123-4567",
        "〒123-4567",
        "〒 １２３－４５６７",
        "123ー4567",
        "123 4567",
        "123‐4567",
        "〒123−4567",
    ],
)
def test_spellings_are_read(text):
    """Any width and dash, with or without 〒."""
    assert (compact(text), validate(text), format(text)) == ("1234567", "1234567", "123-4567")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("600001", Reason.LENGTH),
        ("12345678", Reason.LENGTH),
        ("123", Reason.LENGTH),
        ("1234-567", Reason.STRUCTURE),
        ("123-456", Reason.STRUCTURE),
        ("東京都", Reason.STRUCTURE),
        ("123-4567 東京都", Reason.STRUCTURE),
        ("000-0001", Reason.RANGE),
    ],
)
def test_other_texts_are_refused(text, reason):
    """Each refusal has its reason."""
    with pytest.raises(FormatError) as caught:
        validate(text)
    assert caught.value.reason is reason
    assert not is_valid(text)


def test_leading_zero_is_kept():
    """Codes of Hokkaido and Tohoku begin with 0."""
    assert format("0600001") == "060-0001"


@given(st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_format_reads_back(digits):
    """Format and compact undo each other."""
    assert compact(format(digits)) == digits
