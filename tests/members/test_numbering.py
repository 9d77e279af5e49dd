"""Supporter numbers with a check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.numbering import LARGEST_SERIAL, is_supporter_number, supporter_number

SERIALS = st.integers(1, LARGEST_SERIAL)


@given(serial=SERIALS)
def test_every_number_is_recognised_and_shorter_than_twelve_digits(serial):
    """A number of ours has 5 to 10 digits and passes its own check."""
    number = supporter_number(serial)
    assert is_supporter_number(number)
    assert 5 <= len(number) <= 10


@given(serial=SERIALS, data=st.data())
def test_one_wrong_digit_is_noticed(serial, data):
    """Changing any single digit breaks the number."""
    number = supporter_number(serial)
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != number[place]]))
    assert not is_supporter_number(number[:place] + digit + number[place + 1 :])


@given(first=SERIALS, second=SERIALS)
def test_different_serials_give_different_numbers(first, second):
    """Numbers are as distinct as their serials."""
    assert (supporter_number(first) == supporter_number(second)) == (first == second)


@pytest.mark.parametrize("serial", [0, -1, LARGEST_SERIAL + 1])
def test_serials_out_of_range_are_refused(serial):
    """No number is made that could grow to twelve digits."""
    with pytest.raises(ValueError, match="serial"):
        supporter_number(serial)


@pytest.mark.parametrize("text", ["", "0013", "00000", "０００１３", "000013", "A0013"])
def test_other_texts_are_no_numbers(text):
    """Width, length, padding and letters are not forgiven here."""
    assert not is_supporter_number(text)
