"""The rules of the import, one by one."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from donations.ledger_alignment import Gap, HistoryChanged, LedgerRow, Proof, align

SEPTEMBER = date(2026, 9, 1)


def ledger(*movements: tuple[int, int, str], opening_yen: int = 10_000) -> list[LedgerRow]:
    """Rows of (day of September, yen, name) with their running balance."""
    rows: list[LedgerRow] = []
    balance = opening_yen
    for day, yen, name in movements:
        balance += yen
        rows.append(LedgerRow(date(2026, 9, day), max(yen, 0), max(-yen, 0), "振込", name, balance))
    return rows


TRUTH = ledger(
    (1, 1000, "あおき"),
    (1, 1000, "いとう"),
    (2, 3000, "うえだ"),
    (5, -165, "料金"),
    (5, 1000, "あおき"),
    (9, 5000, "えんどう"),
)


def test_the_first_file_is_all_new() -> None:
    """Nothing is stored yet."""
    answer = align([], TRUTH)
    assert (answer.new_rows, answer.proof, answer.prepend) == ((0, 1, 2, 3, 4, 5), Proof.FIRST, False)


def test_the_same_file_again_is_all_known() -> None:
    """Nothing is added, each row finds itself."""
    answer = align(TRUTH, TRUTH)
    assert (answer.new_rows, answer.known) == ((), tuple((n, n) for n in range(6)))


def test_an_overlapping_file_adds_only_what_is_new() -> None:
    """Rows 2 and 3 are known, 4 and 5 go to the end."""
    answer = align(TRUTH[:4], TRUTH[2:])
    assert (answer.new_rows, answer.insert_before, answer.proof) == ((2, 3), (4, 4), Proof.OVERLAP)


def test_a_file_that_goes_on_exactly_is_added() -> None:
    """No common row, but the balance continues."""
    answer = align(TRUTH[:3], TRUTH[3:])
    assert (answer.new_rows, answer.insert_before, answer.proof) == ((0, 1, 2), (3, 3, 3), Proof.BALANCE)


def test_an_older_file_goes_before() -> None:
    """It ends exactly where the stored ledger begins."""
    answer = align(TRUTH[3:], TRUTH[:3])
    assert (answer.new_rows, answer.insert_before, answer.prepend) == ((0, 1, 2), (0, 0, 0), True)


def test_a_longer_file_goes_around() -> None:
    """Older rows before, newer rows after."""
    answer = align(TRUTH[2:4], TRUTH)
    assert (answer.new_rows, answer.insert_before) == ((0, 1, 4, 5), (0, 0, 2, 2))


def test_equal_rows_on_one_day_stay_two() -> None:
    """Same payer, same amount, same day: the balance tells them apart."""
    twice = ledger((1, 1000, "あおき"), (1, 1000, "あおき"))
    assert align(twice[:1], twice).new_rows == (1,)


def test_the_newest_day_may_still_grow() -> None:
    """The same days asked for again, one row more on the last."""
    answer = align(TRUTH[:4], TRUTH[:5])
    assert (answer.new_rows, answer.insert_before) == ((4,), (4,))


def test_other_wording_adds_nothing() -> None:
    """The bank changes its notation; the old words stay, the change is told."""
    changed = [replace(row, detail_2=f"{row.detail_2} 様") for row in TRUTH[:2]]
    answer = align(TRUTH, changed)
    assert (answer.new_rows, answer.wording_changed) == ((), ((0, 0), (1, 1)))


def test_width_and_dashes_are_no_other_wording() -> None:
    """料　金 and 料金, － and −, half and full width are the same words."""
    stored = [replace(TRUTH[0], detail_1="料　金", detail_2="ﾀﾞﾝﾀｲ－ｱ")]
    answer = align(stored, [replace(TRUTH[0], detail_1="料金", detail_2="ダンタイ\u2212ア")])
    assert (answer.known, answer.wording_changed) == (((0, 0),), ())


def test_other_numbers_of_the_bank_add_nothing() -> None:
    """The 明細ＩＤ is evidence, never the key."""
    answer = align([replace(TRUTH[0], external_id="1")], [replace(TRUTH[0], external_id="7")])
    assert (answer.new_rows, answer.numbers_changed) == ((), ((0, 0),))


def test_a_gap_stops_with_yen_and_dates() -> None:
    """Rows 2 to 4, together 3,835 yen, are in neither."""
    answer = align(TRUTH[:2], TRUTH[5:])
    assert (answer.problem, answer.new_rows) == (Gap(3835, date(2026, 9, 1), date(2026, 9, 9)), ())


def test_a_gap_before_the_ledger_stops_too() -> None:
    """An older file that does not reach the ledger."""
    assert align(TRUTH[5:], TRUTH[:2]).problem == Gap(3835, date(2026, 9, 1), date(2026, 9, 9))


def test_an_accepted_gap_is_stored_beside() -> None:
    """Somebody decided; the answer says which gap it was."""
    answer = align(TRUTH[:2], TRUTH[5:], accept_gap=True)
    assert (answer.new_rows, answer.insert_before, answer.accepted) == (
        (0,),
        (2,),
        Gap(3835, date(2026, 9, 1), date(2026, 9, 9)),
    )


def test_the_missing_file_goes_into_the_accepted_gap() -> None:
    """It overlaps both sides; its rows go between."""
    answer = align([*TRUTH[:2], TRUTH[5]], TRUTH[1:])
    assert (answer.new_rows, answer.insert_before, answer.known) == ((1, 2, 3), (2, 2, 2), ((0, 1), (4, 2)))


def test_a_file_may_fill_a_part_of_an_accepted_gap() -> None:
    """It touches neither side: still a gap, to be accepted again."""
    assert align([TRUTH[0], TRUTH[5]], TRUTH[2:4]).problem == Gap(1000, date(2026, 9, 1), date(2026, 9, 2))


def test_a_removed_row_is_a_changed_past() -> None:
    """The bank no longer shows うえだ: 3,000 yen less, from 2 September on."""
    now = ledger(
        (1, 1000, "あおき"),
        (1, 1000, "いとう"),
        (5, -165, "料金"),
        (5, 1000, "あおき"),
        (9, 5000, "えんどう"),
    )
    assert align(TRUTH, now).problem == HistoryChanged(-3000, date(2026, 9, 2), date(2026, 9, 5), 2)


def test_an_inserted_row_is_a_changed_past() -> None:
    """The bank now shows 500 yen more on a day that was closed."""
    now = ledger(
        (1, 1000, "あおき"), (1, 1000, "いとう"), (1, 500, "後から"), (2, 3000, "うえだ"), (9, 1, "新")
    )
    assert align(TRUTH[:3], now).problem == HistoryChanged(500, date(2026, 9, 2), date(2026, 9, 1), 2)


def test_a_changed_order_is_a_changed_past_of_no_yen() -> None:
    """Same rows, other order: nothing is imported, the difference is 0 yen."""
    now = [*TRUTH[:3], *ledger((5, 1000, "あおき"), (5, -165, "料金"), opening_yen=15_000), TRUTH[5]]
    assert align(TRUTH[:5], now).problem == HistoryChanged(0, date(2026, 9, 5), date(2026, 9, 5), 3)


def test_balances_that_meet_by_chance_are_a_gap_when_days_are_known_to_be_missing() -> None:
    """The rows between cancel out; only the days show that they are missing."""
    rows = ledger((1, 1000, "あおき"), (5, 2000, "いとう"), (6, -2000, "組戻"), (9, 1000, "うえだ"))
    stored_days, new_days = [(SEPTEMBER, date(2026, 9, 3))], (date(2026, 9, 8), date(2026, 9, 10))
    answer = align(rows[:1], rows[3:], stored_days=stored_days, new_days=new_days)
    assert answer.problem == Gap(0, date(2026, 9, 1), date(2026, 9, 9))


def test_days_that_join_are_no_gap() -> None:
    """The same rows, but the files cover every day between."""
    rows = ledger((1, 1000, "あおき"), (9, 1000, "うえだ"))
    answer = align(
        rows[:1],
        rows[1:],
        stored_days=[(SEPTEMBER, date(2026, 9, 5))],
        new_days=(date(2026, 9, 6), date(2026, 9, 10)),
    )
    assert (answer.problem, answer.new_rows) == (None, (0,))


def test_two_ways_that_balances_allow_equally_stop() -> None:
    """One day, in and out: does the second file come before or after? Nothing tells."""
    in_and_out = ledger((1, 1000, "あおき"), (1, -1000, "組戻"))
    other = ledger((1, 2000, "いとう"), (1, -2000, "組戻"))
    assert isinstance(align(in_and_out, other).problem, HistoryChanged)


def test_the_banks_numbers_decide_between_two_ways() -> None:
    """The same two files with the daily counter: いとう comes after."""
    in_and_out = ledger((1, 1000, "あおき"), (1, -1000, "組戻"))
    other = ledger((1, 2000, "いとう"), (1, -2000, "組戻"))
    numbered = [replace(row, external_id=f"20260901{n:07d}") for n, row in enumerate(in_and_out + other, 1)]
    assert align(numbered[:2], numbered[2:]).insert_before == (2, 2)


def test_an_empty_file_changes_nothing() -> None:
    """Zero rows are valid."""
    answer = align(TRUTH, [])
    assert (answer.new_rows, answer.known, answer.problem) == ((), (), None)


def test_a_row_without_balance_is_a_mistake_of_the_caller() -> None:
    """Such rows are counted, not aligned."""
    with pytest.raises(ValueError, match="new row 0 has no balance"):
        align(TRUTH, [replace(TRUTH[0], balance_yen=None)])


def test_a_broken_chain_is_a_mistake_of_the_caller() -> None:
    """The readers refuse such a file before."""
    with pytest.raises(ValueError, match="new row 1 does not continue"):
        align([], [TRUTH[0], TRUTH[3]])


def many(rows: int, yen: tuple[int, ...], per_day: int) -> list[LedgerRow]:
    """So many rows with amounts in turn."""
    made, balance = [], 0
    for number in range(rows):
        amount = yen[number % len(yen)]
        balance += amount
        day = SEPTEMBER + timedelta(days=number // per_day)
        made.append(LedgerRow(day, max(amount, 0), max(-amount, 0), "振込", "ﾔﾏﾀﾞ ﾊﾅｺ", balance))
    return made


@pytest.mark.parametrize(("yen", "per_day"), [((1000,), 30), ((1000, -1000), 30), ((1000, -1000), 100_000)])
def test_ten_thousand_rows_against_ten_thousand_take_under_a_second(
    yen: tuple[int, ...], per_day: int
) -> None:
    """CPU time stays linear, also for payments that cancel out all day long."""
    rows = many(15_000, yen, per_day)
    before = time.process_time()
    answer = align(rows[:10_000], rows[5_000:])
    assert (answer.problem, time.process_time() - before < 1) == (None, True)
