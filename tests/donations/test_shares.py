from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from donations.shares import (
    DONATION,
    DUES,
    Payer,
    PaymentRules,
    Share,
    anonymous_share,
    default_shares,
    digest,
    joint_shares,
)

PAID_ON = date(2026, 11, 20)
PRICES = (
    ("individual", date(2000, 1, 1), 1_000),
    ("organisation", date(2000, 1, 1), 3_000),
    ("individual", date(2027, 4, 1), 1_500),
)
ANN = Payer(1, "individual")
GROUP = Payer(2, "organisation")


def rules(*, split="units_then_donation", year="day_of_payment", start_month=4, prices=PRICES):
    return PaymentRules(split, year, start_month, prices)


def shared(amount_yen, payer=ANN, paid_on=PAID_ON, **changes):
    return default_shares(amount_yen=amount_yen, payer=payer, paid_on=paid_on, rules=rules(**changes))


payers = st.builds(
    Payer,
    st.integers(1, 9),
    st.sampled_from(["individual", "organisation"]),
    st.one_of(st.none(), st.integers(1, 50_000)),
    st.frozensets(st.integers(2024, 2030)),
)
any_rules = st.builds(
    PaymentRules,
    st.sampled_from(["units_then_donation", "all_donation"]),
    st.sampled_from(["day_of_payment", "first_unpaid"]),
    st.integers(1, 12),
    st.sampled_from([PRICES, (), PRICES[:1]]),
)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_three_thousand_of_an_individual_are_three_units():
    """¥3,000 from a person buy three units of ¥1,000."""
    assert shared(3_000) == (Share(1, DUES, 3_000, 2026, 3),)


def test_three_thousand_of_an_organisation_are_one_unit():
    """The same ¥3,000 from an organisation buy one unit."""
    assert shared(3_000, GROUP) == (Share(2, DUES, 3_000, 2026, 1),)


def test_what_is_over_is_a_donation():
    """¥3,500 are three units and ¥500 of カンパ."""
    assert shared(3_500) == (Share(1, DUES, 3_000, 2026, 3), Share(1, DONATION, 500, 2026))


def test_less_than_a_unit_is_a_donation():
    """¥2,999 from an organisation buy no unit."""
    assert shared(2_999, GROUP) == (Share(2, DONATION, 2_999, 2026),)


def test_all_donation_buys_no_units():
    """A group may count every yen as カンパ."""
    assert shared(3_000, split="all_donation") == (Share(1, DONATION, 3_000, 2026),)


def test_without_a_price_all_is_a_donation():
    """Before the first price there are no units to buy."""
    assert shared(3_000, prices=()) == (Share(1, DONATION, 3_000, 2026),)


def test_the_price_is_that_of_the_day():
    """From 2027-04-01 a unit costs ¥1,500."""
    assert shared(3_000, paid_on=date(2027, 4, 1)) == (Share(1, DUES, 3_000, 2027, 2),)


def test_the_day_before_has_the_old_price():
    """On 2027-03-31 a unit still costs ¥1,000, for fiscal year 2026."""
    assert shared(3_000, paid_on=date(2027, 3, 31)) == (Share(1, DUES, 3_000, 2026, 3),)


def test_first_unpaid_year_comes_after_the_paid_ones():
    """2026 and 2027 are paid: the dues count for 2028, the gift for the year of the day."""
    found = shared(1_200, Payer(1, "individual", None, {2026, 2027}), year="first_unpaid")
    assert found == (Share(1, DUES, 1_000, 2028, 1), Share(1, DONATION, 200, 2026))


def test_an_unpaid_past_year_is_not_filled():
    """Counting begins with the year of the payment."""
    assert shared(1_000, Payer(1, "individual", None, {2024}), year="first_unpaid")[0].fiscal_year == 2026


def test_joint_payers_give_as_last_time():
    """¥5,000 of two who gave ¥2,000 and ¥3,000 last time are shared the same way."""
    pair = [Payer(1, "individual", 2_000), Payer(3, "individual", 3_000)]
    found = joint_shares(amount_yen=5_000, payers=pair, paid_on=PAID_ON, rules=rules())
    assert found == (Share(1, DUES, 2_000, 2026, 2), Share(3, DUES, 3_000, 2026, 3))


def test_joint_payers_without_a_history_give_equal_parts():
    """¥2,000 of two new payers are ¥1,000 each."""
    pair = [Payer(1, "individual"), Payer(3, "individual")]
    found = joint_shares(amount_yen=2_000, payers=pair, paid_on=PAID_ON, rules=rules())
    assert found == (Share(1, DUES, 1_000, 2026, 1), Share(3, DUES, 1_000, 2026, 1))


def test_one_yen_of_two_goes_to_the_first():
    """Where nothing is left for the second payer, only the first has a share."""
    pair = [Payer(1, "individual"), Payer(3, "individual")]
    found = joint_shares(amount_yen=1, payers=pair, paid_on=PAID_ON, rules=rules())
    assert found == (Share(1, DONATION, 1, 2026),)


def test_an_anonymous_gift_is_nobodys():
    """All of it, as カンパ, with no supporter."""
    assert anonymous_share(amount_yen=700, paid_on=PAID_ON, rules=rules()) == (Share(None, DONATION, 700, 2026),)


def test_a_digest_changes_with_the_fiscal_year():
    """A person who was shown another year was shown another thing."""
    now = digest(transaction_id=1, open_yen=1_000, shares=[Share(1, DUES, 1_000, 2026, 1)])
    assert now != digest(transaction_id=1, open_yen=1_000, shares=[Share(1, DUES, 1_000, 2027, 1)])


def test_a_digest_is_stable():
    """The same row shown twice has the same fingerprint, in any process."""
    shares = [Share(1, DUES, 1_000, 2026, 1)]
    assert digest(transaction_id=1, open_yen=1_000, shares=shares) == digest(
        transaction_id=1, open_yen=1_000, shares=tuple(shares)
    )


@given(st.integers(1, 10**9), payers, days, any_rules)
def test_no_yen_is_lost_or_made(amount_yen, payer, paid_on, group):
    """The shares of any payment add up to it."""
    found = default_shares(amount_yen=amount_yen, payer=payer, paid_on=paid_on, rules=group)
    assert sum(share.amount_yen for share in found) == amount_yen


@given(st.integers(1, 10**9), payers, days, any_rules)
def test_dues_are_whole_units_at_the_price_of_the_day(amount_yen, payer, paid_on, group):
    """A share of dues is units × the price of this kind on this day; only dues have units."""
    for share in default_shares(amount_yen=amount_yen, payer=payer, paid_on=paid_on, rules=group):
        price = group.unit_price_yen(payer.kind, paid_on) if share.purpose == DUES else 0
        assert share.units * price == (share.amount_yen if share.purpose == DUES else 0)


@given(st.integers(1, 10**9), payers, days, any_rules)
def test_the_donation_is_less_than_a_unit(amount_yen, payer, paid_on, group):
    """Where units are bought at all, what is over would not have bought another."""
    found = default_shares(amount_yen=amount_yen, payer=payer, paid_on=paid_on, rules=group)
    bought = [share.unit_price_yen for share in found if share.purpose == DUES]
    over = sum(share.amount_yen for share in found if share.purpose == DONATION)
    assert not bought or over < bought[0]


@given(st.integers(1, 10**6), st.lists(payers, min_size=2, max_size=4), days, any_rules)
def test_joint_shares_add_up(amount_yen, several, paid_on, group):
    """No yen is lost or made among several payers, and no share is empty."""
    found = joint_shares(amount_yen=amount_yen, payers=several, paid_on=paid_on, rules=group)
    assert (sum(share.amount_yen for share in found), min(share.amount_yen for share in found) > 0) == (
        amount_yen,
        True,
    )
