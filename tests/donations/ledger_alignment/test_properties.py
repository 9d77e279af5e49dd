"""For any true ledger: exports in any order give exactly the truth, or stop and say why."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from donations.ledger_alignment import Alignment, Days, Gap, HistoryChanged, LedgerRow, align, align_by_count
from tests.donations.ledger_alignment.true_ledgers import (
    FIRST_DAY,
    Export,
    altered,
    chained,
    exports_by_day,
    movements,
    replays,
    said_days,
)


def stored_after(stored: list[LedgerRow], new: list[LedgerRow], answer: Alignment) -> list[LedgerRow]:
    """What the application does with the answer."""
    ledger: list[LedgerRow] = []
    places = list(zip(answer.insert_before, answer.new_rows, strict=True))
    for index in range(len(stored) + 1):
        ledger += [new[row] for place, row in places if place == index]
        ledger += stored[index : index + 1]
    assert len(ledger) == len(stored) + len(places)
    return ledger


@given(replays())
@settings(max_examples=120)
def test_exports_in_any_order_give_the_truth_or_stop(made: tuple[list[LedgerRow], list[Export]]) -> None:
    """After each file the ledger is one unbroken piece of the truth; a file is refused only for a real gap."""
    truth, exports = made
    ledger: list[LedgerRow] = []
    days: list[Days] = []
    held: set[int] = set()
    for export in [*exports, *exports]:
        rows = truth[export.begins : export.ends]
        answer = align(ledger, rows, stored_days=days, new_days=export.days)
        if answer.problem:
            assert isinstance(answer.problem, Gap)
            continue
        ledger = stored_after(ledger, rows, answer)
        held |= set(range(export.begins, export.ends))
        days.append(export.days)
        assert ledger == [truth[index] for index in sorted(held)]
        assert not held or held == set(range(min(held), max(held) + 1))


@given(st.data())
@settings(max_examples=120)
def test_without_known_days_rows_that_never_cancel_out_give_the_truth(data: st.DataObject) -> None:
    """Only money in, nothing known about the days, cut anywhere: every file fits exactly or leaves a gap with its yen."""
    truth = chained([(later, abs(yen), name) for later, yen, name in data.draw(movements)])
    ledger: list[LedgerRow] = []
    low = high = 0
    for _ in range(data.draw(st.integers(1, 6))):
        begins = data.draw(st.integers(0, len(truth) - 1))
        ends = data.draw(st.integers(begins + 1, len(truth)))
        answer = align(ledger, truth[begins:ends])
        if ledger and (begins > high or ends < low):
            missing = truth[high:begins] if begins > high else truth[ends:low]
            same_day = (
                truth[high - 1].booked_on == truth[begins].booked_on
                if begins > high
                else (truth[ends - 1].booked_on == truth[low].booked_on)
            )
            assert isinstance(answer.problem, HistoryChanged if same_day else Gap)
            assert same_day or answer.problem.yen == sum(row.net_yen for row in missing)
            continue
        ledger = stored_after(ledger, truth[begins:ends], answer)
        low, high = (min(low, begins), max(high, ends)) if high else (begins, ends)
        assert ledger == truth[low:high]


@given(replays())
@settings(max_examples=120)
def test_accepted_gaps_are_filled_in_the_right_place(made: tuple[list[LedgerRow], list[Export]]) -> None:
    """With every gap accepted, any order still ends with the truth of all the days held."""
    truth, exports = made
    ledger: list[LedgerRow] = []
    days: list[Days] = []
    held: set[int] = set()
    for export in exports:
        rows = truth[export.begins : export.ends]
        answer = align(ledger, rows, stored_days=days, new_days=export.days, accept_gap=True)
        if answer.problem:
            assert isinstance(answer.problem, HistoryChanged)
            continue
        ledger = stored_after(ledger, rows, answer)
        held |= set(range(export.begins, export.ends))
        days.append(export.days)
        assert ledger == [truth[index] for index in sorted(held)]


@given(st.data())
@settings(max_examples=120)
def test_any_slices_with_the_banks_numbers_give_the_truth(data: st.DataObject) -> None:
    """Cut anywhere, even inside a day of payments that cancel out: the daily numbers decide."""
    truth = chained(data.draw(movements), numbered=True)
    begins = data.draw(st.integers(0, len(truth) - 1))
    ends = data.draw(st.integers(begins + 1, len(truth)))
    ledger, low, high = truth[begins:ends], begins, ends
    for _ in range(data.draw(st.integers(0, 5))):
        a = data.draw(st.integers(0, high))
        b = data.draw(st.integers(max(a + 1, low), len(truth))) if a < len(truth) else a
        assume(a < b)
        answer = align(ledger, truth[a:b])
        assert answer.problem is None
        ledger, low, high = stored_after(ledger, truth[a:b], answer), min(low, a), max(high, b)
        assert ledger == truth[low:high]


@given(altered())
@settings(max_examples=120)
def test_a_changed_past_is_never_taken_for_something_else(
    made: tuple[list[LedgerRow], list[LedgerRow], Days],
) -> None:
    """A row changed, removed or added behind our back stops the import, unless the stored rows still stand as they are."""
    stored, now, new_days = made
    keys = [replace(row, detail_2="") for row in stored]
    assume([replace(row, detail_2="") for row in now[: len(stored)]] != keys)
    answer = align(stored, now, stored_days=[(FIRST_DAY, stored[-1].booked_on)], new_days=new_days)
    if stored[0].booked_on > now[0].booked_on or now[0].booked_on > stored[-1].booked_on:
        assert answer.problem is not None or stored_after(stored, now, answer) == now
    else:
        assert isinstance(answer.problem, HistoryChanged)


@given(replays())
def test_the_answer_is_complete(made: tuple[list[LedgerRow], list[Export]]) -> None:
    """Every row of a file is either new or known, once."""
    truth, exports = made
    new = truth[exports[0].begins : exports[0].ends]
    answer = align(truth, new, stored_days=[(FIRST_DAY, date(2027, 1, 1))], new_days=exports[0].days)
    assert sorted([*answer.new_rows, *(index for index, _ in answer.known)]) == list(range(len(new)))


@given(st.data())
@settings(max_examples=120)
def test_counting_gives_the_truth_of_whole_days(data: st.DataObject) -> None:
    """Without balances: exports of whole days in any order give every row once, identical rows included."""
    truth = [replace(row, balance_yen=None) for row in chained(data.draw(movements))]
    ledger: list[LedgerRow] = []
    held: set[int] = set()
    for _ in range(data.draw(st.integers(1, 5))):
        export = data.draw(exports_by_day(truth))
        new = truth[export.begins : export.ends]
        answer = align_by_count(ledger, new, new_period=export.days)
        assert answer.problem is None
        ledger = stored_after(ledger, new, answer)
        held |= set(range(export.begins, export.ends))
        assert sorted(map(repr, ledger)) == sorted(repr(truth[index]) for index in held)
        assert [row.booked_on for row in ledger] == sorted(row.booked_on for row in ledger)


@given(st.data(), st.booleans())
@settings(max_examples=120)
def test_files_cut_inside_a_day_give_the_truth(data: st.DataObject, numbered: bool) -> None:  # noqa: FBT001
    """The bank ends a part after so many rows and says nothing: each file claims its days whole, and they fit all the same.

    Without the bank's numbers payers must differ: else the same row may as well have come again with another balance.
    """
    drawn = enumerate(data.draw(movements))
    truth = chained([(later, abs(yen), name if numbered else str(place)) for place, (later, yen, name) in drawn], numbered=numbered)
    ledger: list[LedgerRow] = []
    days: list[Days] = []
    low = high = 0
    for _ in range(data.draw(st.integers(1, 6))):
        begins = data.draw(st.integers(0, high if ledger else len(truth) - 1))
        ends = data.draw(st.integers(max(begins + 1, low), len(truth))) if begins < len(truth) else begins
        assume(begins < ends)
        rows = truth[begins:ends]
        claimed = said_days(truth, begins, ends)
        answer = align(ledger, rows, stored_days=days, new_days=claimed)
        assert answer.problem is None
        ledger, low, high = stored_after(ledger, rows, answer), *((min(low, begins), max(high, ends)) if high else (begins, ends))
        days.append(claimed)
        assert ledger == truth[low:high]


def test_a_number_on_both_sides_is_no_cut() -> None:
    """The bank's number of the stored row comes again behind it: the past changed, and nothing is added."""
    (row,) = chained([(0, 1000, "あ")], numbered=True)
    again = replace(row, balance_yen=2000)
    answer = align([row], [again], stored_days=[(FIRST_DAY, FIRST_DAY)], new_days=(row.booked_on, row.booked_on))
    assert isinstance(answer.problem, HistoryChanged)
