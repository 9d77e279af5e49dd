"""Which row a slip hangs on: by day and amount, only where there is one answer."""

from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donations.slip_places import CREDITED_WITHIN, PlainRow, PlainSlip, find_places, rows_to_choose

OCT_3 = date(2026, 10, 3)


def day(number):
    return date(2026, 10, number)


def test_one_row_of_just_the_yen_is_the_place():
    """Credited on the stamped day."""
    assert find_places([PlainSlip(1, OCT_3, 3000)], [PlainRow(7, OCT_3, 3000)]) == {1: 7}


def test_the_bank_may_credit_up_to_ten_days_later():
    """The tenth day counts, the eleventh does not, the day before does not."""
    slip = PlainSlip(1, OCT_3, 3000)
    found = [find_places([slip], [PlainRow(7, day(n), 3000)]) for n in (2, 13, 14)]
    assert found == [{}, {1: 7}, {}]


def test_several_rows_are_left_to_a_person():
    """Two rows of the same yen: nobody knows which."""
    assert find_places([PlainSlip(1, OCT_3, 3000)], [PlainRow(7, OCT_3, 3000), PlainRow(8, day(5), 3000)]) == {}


def test_two_slips_for_one_row_are_left_to_a_person():
    """The row is of one of them."""
    assert find_places([PlainSlip(1, OCT_3, 3000), PlainSlip(2, OCT_3, 3000)], [PlainRow(7, OCT_3, 3000)]) == {}


def test_a_row_of_somebody_else_does_not_fit():
    """The bank names another payer."""
    assert find_places([PlainSlip(1, OCT_3, 3000, {"トクモトハナコ"})], [PlainRow(7, OCT_3, 3000, payer_key="サトウハナコ")]) == {}


def test_a_row_of_the_same_name_fits():
    """The bank names the payer of the slip by the reading."""
    rows = [PlainRow(7, OCT_3, 3000, payer_key="トクモトハナコ"), PlainRow(8, OCT_3, 3000, payer_key="サトウハナコ")]
    assert find_places([PlainSlip(1, OCT_3, 3000, {"徳本花子", "トクモトハナコ"})], rows) == {1: 7}


def test_the_slips_of_a_day_are_parts_of_its_sum():
    """Three slips and one nameless row of their sum."""
    slips = [PlainSlip(n, OCT_3, yen) for n, yen in ((1, 3000), (2, 2000), (3, 4000))]
    assert find_places(slips, [PlainRow(7, OCT_3, 9000)]) == {1: 7, 2: 7, 3: 7}


def test_the_slips_of_a_day_may_leave_a_rest():
    """Two slips of a larger row: the third is typed later."""
    slips = [PlainSlip(1, OCT_3, 3000), PlainSlip(2, OCT_3, 2000)]
    assert find_places(slips, [PlainRow(7, day(5), 9000)]) == {1: 7, 2: 7}


def test_a_later_slip_of_the_pile_follows():
    """The row holds slips of that day already and has as many yen left."""
    row = PlainRow(7, day(5), 9000, attached_yen=5000, days={OCT_3})
    assert find_places([PlainSlip(3, OCT_3, 4000)], [row]) == {3: 7}


def test_a_slip_of_another_day_does_not_follow():
    """Its own row may come yet."""
    row = PlainRow(7, day(5), 9000, attached_yen=5000, days={OCT_3})
    assert find_places([PlainSlip(3, day(4), 4000)], [row]) == {}


def test_a_slip_larger_than_the_rest_waits():
    """The sum of the slips is never more than the row."""
    row = PlainRow(7, OCT_3, 9000, attached_yen=5000, days={OCT_3})
    assert find_places([PlainSlip(3, OCT_3, 4001)], [row]) == {}


def test_one_slip_alone_is_no_daily_sum():
    """A larger row may be somebody else's."""
    assert find_places([PlainSlip(1, OCT_3, 3000)], [PlainRow(7, OCT_3, 9000)]) == {}


def test_two_larger_rows_are_left_to_a_person():
    """Either may be the sum of the day."""
    slips = [PlainSlip(1, OCT_3, 3000), PlainSlip(2, OCT_3, 2000)]
    assert find_places(slips, [PlainRow(7, OCT_3, 9000), PlainRow(8, day(4), 8000)]) == {}


def test_the_sum_of_the_very_day_is_its_row_beside_larger_ones():
    """Just their yen on just their day."""
    slips = [PlainSlip(1, OCT_3, 3000), PlainSlip(2, OCT_3, 2000)]
    assert find_places(slips, [PlainRow(7, OCT_3, 5000), PlainRow(8, day(4), 8000)]) == {1: 7, 2: 7}


def test_two_days_share_no_row():
    """Either pile may be what the row sums up."""
    slips = [PlainSlip(n, day(3 + n % 2), 2000) for n in range(4)]
    assert find_places(slips, [PlainRow(7, day(5), 9000)]) == {}


def test_a_person_is_offered_the_likeliest_first():
    """The fitting row, then the same yen under another name, then nameless larger sums; never one with too little left."""
    rows = [
        PlainRow(1, OCT_3, 2000), PlainRow(2, OCT_3, 9000), PlainRow(3, day(9), 3000, payer_key="サトウ"),
        PlainRow(4, day(9), 3000), PlainRow(5, OCT_3, 9000, payer_key="サトウ"), PlainRow(6, day(4), 4000, 2000, {OCT_3}),
    ]  # fmt: skip
    assert [row.id for row in rows_to_choose(PlainSlip(1, OCT_3, 3000), rows)] == [4, 3, 2]


days = st.integers(0, 20).map(lambda n: OCT_3 + timedelta(days=n))
yen = st.integers(1, 6).map(lambda n: n * 500)
slip_lists = st.lists(st.tuples(days, yen), max_size=8).map(
    lambda many: [PlainSlip(n, when, amount) for n, (when, amount) in enumerate(many)]
)


@st.composite
def plain_rows(draw):
    """A row, empty or with slips of some days on it."""
    received = draw(st.integers(1, 12)) * 500
    held = draw(st.sampled_from([0, 0, received // 2]))
    return received, held, draw(st.frozensets(days, min_size=1, max_size=2)) if held else frozenset(), draw(st.sampled_from(["", "", "ア"]))


row_lists = st.lists(st.tuples(days, plain_rows()), max_size=8).map(
    lambda many: [PlainRow(n, when, *facts) for n, (when, facts) in enumerate(many)]
)


@given(slip_lists, row_lists)
def test_the_slips_of_a_row_are_never_more_than_it(slips, rows):
    """Whatever waits and whatever came: on each row the yen of the slips found are at most its rest."""
    put: dict[int, int] = defaultdict(int)
    for slip, row in find_places(slips, rows).items():
        put[row] += slips[slip].amount_yen
    assert all(put[row.id] <= row.rest_yen for row in rows)


@given(slip_lists, row_lists)
def test_a_place_is_within_the_days_and_names_nobody_else(slips, rows):
    """No slip is credited before it was stamped, nor on a row of another payer."""
    found = find_places(slips, rows)
    assert all(
        timedelta(0) <= rows[row].booked_on - slips[slip].day <= CREDITED_WITHIN and not rows[row].payer_key
        for slip, row in found.items()
        if not rows[row].attached_yen
    )


@given(slip_lists, row_lists, st.randoms(use_true_random=False))
def test_the_order_plays_no_part(slips, rows, chance):
    """Slips typed and rows read in another order find the same places."""
    shuffled = chance.sample(slips, len(slips)), chance.sample(rows, len(rows))
    assert find_places(*shuffled) == find_places(slips, rows)
