"""How many errors to expect, and which rows to leave out."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.error_budget import Estimate, budget, estimate_of
from donations.predictions import OwnRecord

PLAIN = Estimate("test_data", 1.0)


@dataclass(frozen=True)
class Row:
    transaction_id: int
    yen: int
    expected_error: float


ROWS = [Row(1, 1_000, 0.2), Row(2, 2_000, 0.0), Row(3, 3_000, 0.1), Row(4, 4_000, 0.1)]


def test_without_a_limit_all_rows_are_kept():
    """Least certain first; equally sure ones by their number."""
    allowed = budget(ROWS, limit_errors=None, estimate=PLAIN)
    assert ([row.transaction_id for row in allowed.kept], allowed.left_out) == ([1, 3, 4, 2], ())


def test_the_least_certain_rows_are_left_out():
    """0.2 errors are allowed: the row of 0.2 must wait, so that the other three can go."""
    allowed = budget(ROWS, limit_errors=0.2, estimate=PLAIN)
    assert ([row.transaction_id for row in allowed.left_out], allowed.count, allowed.yen) == ([1], 3, 9_000)


def test_the_expectation_is_that_of_the_kept_rows():
    """And the highest that of all."""
    allowed = budget(ROWS, limit_errors=0.2, estimate=PLAIN)
    assert (allowed.expected_errors, allowed.highest_errors) == (pytest.approx(0.2), pytest.approx(0.4))


def test_a_group_that_errs_twice_as_often_may_confirm_less():
    """The factor of its own record counts."""
    allowed = budget(ROWS, limit_errors=0.2, estimate=Estimate("own_record", 2.0))
    assert ([row.transaction_id for row in allowed.kept], allowed.expected_errors) == ([4, 2], pytest.approx(0.2))


@given(
    st.lists(st.floats(0, 1, allow_nan=False), max_size=30),
    st.none() | st.floats(0, 30, allow_nan=False),
    st.floats(0.1, 5),
)
def test_the_limit_holds_and_no_row_gets_lost(errors, limit, factor):
    """Kept and left out are all rows; no kept row is less certain than one left out; the sum is under the limit."""
    rows = [Row(n, 1_000, error) for n, error in enumerate(errors)]
    allowed = budget(rows, limit_errors=limit, estimate=Estimate("own_record", factor))
    assert sorted(row.transaction_id for row in (*allowed.kept, *allowed.left_out)) == list(range(len(errors)))
    assert all(one.expected_error <= other.expected_error for one in allowed.kept for other in allowed.left_out)
    assert limit is None or allowed.expected_errors <= limit


def test_the_sentence_says_count_errors_and_source():
    """As a person reads it before anything is confirmed."""
    rows = [Row(n, 1_000, 0.3 / 852) for n in range(852)]
    assert budget(rows, limit_errors=None, estimate=PLAIN).sentence == (
        "852件を自動で照合します。誤りの見込みは0.3件です（試験データによる見積り）。"
    )


def test_the_sentence_says_what_waits():
    """Over the limit, not confirmed."""
    said = budget(ROWS, limit_errors=0.2, estimate=Estimate("own_record", 1.0)).sentence
    assert said == (
        "3件を自動で照合します。誤りの見込みは0.2件です（この会のこれまでの記録による見積り）。上限をこえる1件は、確定しません。"
    )


@pytest.mark.parametrize(
    ("record", "estimate"),
    [
        (OwnRecord(199, 1.0, 5), Estimate("test_data", 1.0)),
        (OwnRecord(200, 1.0, 1), Estimate("own_record", 1.0)),
        (OwnRecord(900, 1.0, 3), Estimate("own_record", 2.0)),
        (OwnRecord(900, 4.0, 0), Estimate("own_record", 0.2)),
    ],
)
def test_the_own_record_counts_once_it_is_long_enough(record, estimate):
    """From 200 decided rows on, seen over predicted errors, both counted from one."""
    assert estimate_of(record) == estimate
