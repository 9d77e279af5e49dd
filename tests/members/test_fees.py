"""How a payment becomes units and a gift."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members import fees
from members.fees import Split, split_payment
from members.models import SplitRule

YEN = st.integers(0, 10**9)
PRICE = st.integers(1, 10**6)


@given(received_yen=YEN, unit_price_yen=PRICE, rule=st.sampled_from(fees.RULES))
def test_no_yen_is_lost_or_made(received_yen, unit_price_yen, rule):
    """Dues and gift add up to what was received."""
    split = split_payment(received_yen, unit_price_yen=unit_price_yen, rule=rule)
    assert split.dues_yen + split.donation_yen == received_yen


@given(received_yen=YEN, unit_price_yen=PRICE)
def test_the_gift_is_less_than_one_unit(received_yen, unit_price_yen):
    """As many whole units as the money buys."""
    split = split_payment(received_yen, unit_price_yen=unit_price_yen, rule=fees.UNITS_THEN_DONATION)
    assert 0 <= split.donation_yen < unit_price_yen
    assert split.dues_yen == split.units * unit_price_yen


@pytest.mark.parametrize(
    ("received", "price", "expected"),
    [(3000, 1000, Split(3, 3000, 0)), (3000, 3000, Split(1, 3000, 0)), (500, 1000, Split(0, 0, 500))],
)
def test_three_thousand_yen_depends_on_the_price_of_a_unit(received, price, expected):
    """¥3,000 are three individual units or one organisational unit; less than a unit is a gift."""
    assert split_payment(received, unit_price_yen=price, rule="units_then_donation") == expected


def test_everything_may_count_as_a_gift():
    """"all_donation" buys no units."""
    assert split_payment(3000, unit_price_yen=1000, rule="all_donation") == Split(0, 0, 3000)


@pytest.mark.parametrize(("received", "price", "rule"), [(-1, 1000, "all_donation"), (1, 0, "all_donation"), (1, 1, "")])
def test_impossible_questions_are_refused(received, price, rule):
    """Negative yen, a free unit and an unknown rule are mistakes of the caller."""
    with pytest.raises(ValueError):
        split_payment(received, unit_price_yen=price, rule=rule)


def test_the_rules_are_those_of_the_settings():
    """The pure rule names and the choices of the settings page are one list."""
    assert set(fees.RULES) == set(SplitRule.values)
