"""Files without balances: identical rows are counted."""

from dataclasses import replace
from datetime import date

from donations.ledger_alignment import HistoryChanged, LedgerRow, Proof, align_by_count


def row(day: int, yen: int, name: str) -> LedgerRow:
    """One row of September without a balance."""
    return LedgerRow(date(2026, 9, day), max(yen, 0), max(-yen, 0), "振込", name, None)


STORED = [row(1, 1000, "あおき"), row(1, 1000, "あおき"), row(3, 3000, "いとう")]


def test_the_same_file_again_adds_nothing() -> None:
    """Each row is found once, the two equal ones too."""
    answer = align_by_count(STORED, STORED)
    assert (answer.new_rows, len(answer.known), answer.proof) == ((), 3, Proof.COUNT)


def test_the_third_identical_row_is_new() -> None:
    """Two are stored, three are in the file."""
    answer = align_by_count(STORED[:2], [STORED[0]] * 3)
    assert (answer.new_rows, answer.insert_before) == ((2,), (2,))


def test_an_older_row_goes_before() -> None:
    """By its day."""
    assert align_by_count(STORED[2:], STORED[:2]).insert_before == (0, 0)


def test_a_row_gone_from_a_whole_day_stops() -> None:
    """The bank shows 2 to 5 September and no longer いとう."""
    stored = [*STORED, row(5, 500, "うえだ")]
    answer = align_by_count(stored, [row(2, 700, "えんどう"), row(5, 500, "うえだ")])
    assert answer.problem == HistoryChanged(-3000, date(2026, 9, 3), date(2026, 9, 5), 1)


def test_new_words_on_a_stored_row_stop() -> None:
    """いとう became イトウ（株）: adding it would count 3,000 yen twice."""
    answer = align_by_count(STORED, [replace(STORED[2], detail_2="イトウ（株）")])
    assert answer.problem == HistoryChanged(0, date(2026, 9, 3), date(2026, 9, 3), 0)


def test_somebody_may_accept_the_change() -> None:
    """Then what looks new is added."""
    answer = align_by_count(STORED, [replace(STORED[2], detail_2="イトウ（株）")], accept_changes=True)
    assert (answer.problem, answer.new_rows) == (None, (0,))


def test_an_unseen_gap_is_told() -> None:
    """Nothing proves what happened between 3 and 20 September."""
    assert align_by_count(STORED, [row(20, 1000, "あおき")]).unproven == (date(2026, 9, 3), date(2026, 9, 20))


def test_width_does_not_make_another_row() -> None:
    """Half-width and full-width kana are the same words."""
    assert align_by_count([row(1, 5, "ﾔﾏﾀﾞ ﾊﾅｺ")], [row(1, 5, "ヤマダ　ハナコ")]).new_rows == ()
