"""What confirmed lines teach."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.matching.learned import Confirmed, learned_key, learned_names
from donations.matching.lines import Line
from donations.matching.parse import parse
from donations.matching.rates import population_of
from donations.matching.register import KnownName, Person

ICHIRO = Person(1, "", "", "individual", "佐藤 一郎", "サトウ イチロウ", 1000, usual_units=3, usual_month=5)
HARUKO = Person(2, "", "", "individual", "山田 春子", "ヤマダ ハルコ", 1000)


def confirmed(payer_text, *ids, day=date(2025, 5, 1), received_yen=3000, line_id=1):
    return Confirmed(Line(line_id, day, received_yen, 0, payer_text, channel="振込"), frozenset(ids))


@pytest.mark.parametrize(
    ("text", "key"),
    [("ｻﾄｳ ｲﾁﾛｳ", "サトウイチロウ"), ("0123 ｻﾄｳ ｲﾁﾛｳ", "サトウイチロウ"), ("ｻﾄｳ ｲﾁﾛｳ ｶｲﾋ", "サトウイチロウ"), ("", "")],
)
def test_a_line_is_remembered_without_number_and_purpose(text, key):
    """The bare payer name; nothing for a line without one."""
    assert learned_key(parse(confirmed(text).line)) == key


def test_confirmations_are_counted_and_the_last_one_kept():
    """Twice the same name in two ways of writing: one entry."""
    rows = [confirmed("ｽｽﾞｷ ﾊﾅｺ", 1), confirmed("ｽｽﾞｷﾊﾅｺ", 1, day=date(2025, 9, 3), received_yen=5000, line_id=2)]
    assert learned_names(rows) == [
        KnownName(
            "スズキハナコ", frozenset({1}), "learned", 2, date(2025, 9, 3),
            last_text="ｽｽﾞｷﾊﾅｺ", last_channel="振込", last_amount_yen=5000,
        ),
    ]  # fmt: skip


def test_a_name_of_two_together_and_of_nobody():
    """A joint payment keeps both, a one-off giver has none."""
    names = learned_names([confirmed("佐藤　一郎・春子", 1, 2), confirmed("ｵﾝﾀﾞ ﾌﾐｵ")])
    assert [(known.key, known.supporter_ids) for known in names] == [
        ("オンダフミオ", frozenset()), ("佐藤一郎春子", frozenset({1, 2})),
    ]


def test_without_a_record_the_rates_are_the_usual_ones():
    """Six in a hundred from strangers, eight through third parties."""
    crowd = population_of([ICHIRO, HARUKO], [])
    assert (crowd.stranger_rate, crowd.third_party_rate, crowd.usual_amount) == (0.06, 0.08, 0.6)


def test_strangers_raise_their_rate():
    """A hundred confirmed strangers beside the hundred usual lines."""
    crowd = population_of([ICHIRO], [confirmed("ｵﾝﾀﾞ ﾌﾐｵ", line_id=place) for place in range(100)])
    assert crowd.stranger_rate == pytest.approx(0.53)


def test_a_ledger_without_strangers_does_not_mean_that_there_are_none():
    """A thousand lines of supporters only: the rate stops at three in a hundred."""
    crowd = population_of([ICHIRO], [confirmed("ｻﾄｳ ｲﾁﾛｳ", 1, line_id=place) for place in range(1000)])
    assert crowd.stranger_rate == 0.03


def test_an_own_name_is_no_third_party():
    """Fifty own names lower the rate, fifty of somebody else's raise it."""
    own = population_of([ICHIRO, HARUKO], [confirmed("ｻﾄｳ ｲﾁﾛｳ", 1)] * 50)
    other = population_of([ICHIRO, HARUKO], [confirmed("ｵﾝﾀﾞ ﾌﾐｵ", 1)] * 50)
    assert own.third_party_rate < 0.08 < other.third_party_rate


def test_usual_amounts_and_months_are_learned():
    """All in the usual month with the usual units: both rates rise."""
    crowd = population_of([ICHIRO], [confirmed("ｻﾄｳ ｲﾁﾛｳ", 1, line_id=place) for place in range(60)])
    assert (crowd.usual_amount, crowd.months[0] > 8, crowd.months[2] < 0.3) == (pytest.approx(0.84), True, True)


@given(st.permutations(range(6)))
def test_the_order_of_a_batch_plays_no_part(order):
    """The same lines in any order teach the same names and rates."""
    rows = [
        confirmed("ｻﾄｳ ｲﾁﾛｳ", 1),
        confirmed("ｻﾄｳｲﾁﾛｳ", 1, line_id=2, received_yen=5000),
        confirmed("ﾔﾏﾀﾞ ﾊﾙｺ", 2, line_id=3),
        confirmed("ﾔﾏﾀﾞ ﾊﾙｺ", 1, line_id=4),
        confirmed("佐藤　一郎・春子", 1, 2, line_id=5),
        confirmed("ｵﾝﾀﾞ ﾌﾐｵ", line_id=6),
    ]
    mixed = [rows[place] for place in order]
    people = [ICHIRO, HARUKO]
    assert (learned_names(mixed), population_of(people, mixed)) == (learned_names(rows), population_of(people, rows))
