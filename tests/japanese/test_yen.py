from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.errors import FormatError, Reason
from japanese.yen import LARGEST_YEN, AmountStyle, format_yen, is_valid, parse_yen, receipt_amount, units_text


@pytest.mark.parametrize(
    ("text", "amount_yen"),
    [
        ("1000", 1000),
        ("1,000", 1000),
        ("１，０００円", 1000),
        ("1、000円", 1000),
        ("¥1,000", 1000),
        ("￥ 1,000", 1000),
        ("\\1,000", 1000),
        ("￥1,000－", 1000),
        ("￥7,000※", 7000),
        ("金1,000円也", 1000),
        (" 12,345,678 ", 12_345_678),
        ("0", 0),
        ("007", 7),
        ("999999999999", LARGEST_YEN),
    ],
)
def test_amounts_are_read(text, amount_yen):
    """Full and half width, commas, marks and the closed forms of receipts."""
    assert parse_yen(text) == amount_yen
    assert is_valid(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("　", Reason.EMPTY),
        ("1.5", Reason.DECIMALS),
        ("1,000.00", Reason.DECIMALS),
        ("￥1.000", Reason.DECIMALS),
        ("1,00", Reason.CHARACTERS),
        ("1,0000", Reason.CHARACTERS),
        ("千円", Reason.CHARACTERS),
        ("3口", Reason.CHARACTERS),
        ("1000-", Reason.CHARACTERS),
        ("円", Reason.CHARACTERS),
        ("1e3", Reason.CHARACTERS),
        ("١٠٠", Reason.CHARACTERS),
        ("-500", Reason.SIGN),
        ("－５００円", Reason.SIGN),
        ("△500", Reason.SIGN),
        ("+500", Reason.SIGN),
        ("1000000000000", Reason.RANGE),
    ],
)
def test_other_texts_are_refused(text, reason):
    """Each refusal has its reason."""
    with pytest.raises(FormatError) as caught:
        parse_yen(text)
    assert caught.value.reason is reason
    assert not is_valid(text)


@pytest.mark.parametrize("text", ["-500", "−５００", "△500円", "▲ 500"])
def test_negative_amounts_where_allowed(text):
    """A balance may be negative: hyphen, minus sign and accountants' triangles."""
    assert parse_yen(text, allow_negative=True) == -500


def test_plus_sign_is_never_read():
    """Nobody writes one on purpose."""
    with pytest.raises(FormatError):
        parse_yen("+500", allow_negative=True)


def test_zero_has_no_sign():
    """A signed zero is zero."""
    assert str(parse_yen("-0", allow_negative=True)) == "0"


@given(st.integers(-LARGEST_YEN, LARGEST_YEN))
def test_screen_form_reads_back(amount_yen):
    """What a screen shows can be typed again."""
    assert parse_yen(format_yen(amount_yen), allow_negative=True) == amount_yen


@given(st.integers(1, LARGEST_YEN), st.sampled_from(AmountStyle))
def test_receipt_form_reads_back(amount_yen, style):
    """What a receipt shows says the same amount."""
    assert parse_yen(receipt_amount(amount_yen, style)) == amount_yen


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    """No other error than FormatError leaves the parser; without leave nothing negative does."""
    with suppress(FormatError):
        assert parse_yen(text) >= 0


@pytest.mark.parametrize(
    ("style", "written"),
    [(AmountStyle.DASH, "￥1,000－"), (AmountStyle.KOME, "￥1,000※"), (AmountStyle.KIN, "金1,000円也")],
)
def test_receipt_styles(style, written):
    """Closed on both sides in each style."""
    assert receipt_amount(1000, style) == written


def test_receipt_style_is_the_dash_by_default():
    """The usual closing mark."""
    assert receipt_amount(7000) == "￥7,000－"


@pytest.mark.parametrize("amount_yen", [0, -1])
def test_no_receipt_for_nothing(amount_yen):
    """Below one yen there is nothing to receipt."""
    with pytest.raises(FormatError) as caught:
        receipt_amount(amount_yen)
    assert caught.value.reason is Reason.RANGE


def test_units_text():
    """Units are counted in 口."""
    assert [units_text(1), units_text(12), units_text(1200)] == ["1口", "12口", "1,200口"]


def test_units_text_refuses_none():
    """Zero units are not a membership."""
    with pytest.raises(FormatError):
        units_text(0)
