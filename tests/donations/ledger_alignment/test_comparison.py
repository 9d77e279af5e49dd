"""Two tellings of the same days, counted by day and amount."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from donations.ledger_alignment import LedgerRow
from donations.ledger_alignment.comparison import Sums, compare


def row(day, yen, words="振込"):
    return LedgerRow(date(2026, 9, day), max(yen, 0), max(-yen, 0), words, "", None)


def test_words_do_not_matter():
    """The same days and amounts, worded otherwise, are the same."""
    found = compare([row(1, 1000), row(2, -330)], [row(1, 1000, "A"), row(2, -330, "B")])
    assert (found.is_equal, found.same, found.ledger, found.file) == (True, ((0, 0), (1, 1)), Sums(1000, 330), Sums(1000, 330))


def test_equal_rows_are_counted():
    """Three there, two here: one is only in the file."""
    found = compare([row(1, 1000)] * 2, [row(1, 1000)] * 3)
    assert (found.same, found.only_ledger, found.only_file) == (((0, 0), (1, 1)), (), (2,))


def test_only_the_days_of_both_are_compared():
    """From the later beginning to the earlier end; the file's other rows are counted apart."""
    found = compare([row(2, 1), row(4, 2)], [row(1, 9), row(3, 7), row(5, 9)])
    assert (found.days, found.only_ledger, found.only_file, found.outside) == ((date(2026, 9, 2), date(2026, 9, 4)), (0, 1), (1,), (0, 2))


def test_the_days_asked_for_count_as_told():
    """A file of the whole month without a row on the first days says that there was none."""
    found = compare([row(1, 5), row(9, 1)], [row(9, 1)], period=(date(2026, 9, 1), date(2026, 9, 30)))
    assert (found.days, found.only_ledger) == ((date(2026, 9, 1), date(2026, 9, 9)), (0,))


def test_without_common_days_nothing_is_said():
    """Not equal, not different."""
    found = compare([row(1, 1)], [row(2, 1)])
    assert (found.days, found.is_equal, found.outside) == (None, False, (0,))


def test_a_daily_sum_is_seen():
    """Three rows here, their sum there, on one day."""
    found = compare([row(1, 6000), row(2, 1)], [row(1, 1000), row(1, 2000), row(1, 3000), row(2, 2)])
    assert found.daily_sums == (date(2026, 9, 1),)


ROWS = st.lists(st.builds(row, st.integers(1, 5), st.sampled_from([1000, 3000, -330])), max_size=12)


@given(ROWS, ROWS)
def test_every_row_is_somewhere_once(ledger, new):
    """Same, only here, only there or on other days; and the sums differ by what is left over."""
    found = compare(ledger, new)
    ours = [pair[0] for pair in found.same] + list(found.only_ledger)
    theirs = [pair[1] for pair in found.same] + list(found.only_file) + list(found.outside)
    assert sorted(theirs) == list(range(len(new)))
    assert len(set(ours)) == len(ours)
    rest = sum(new[index].net_yen for index in found.only_file) - sum(ledger[index].net_yen for index in found.only_ledger)
    assert found.file.net_yen - found.ledger.net_yen == rest
