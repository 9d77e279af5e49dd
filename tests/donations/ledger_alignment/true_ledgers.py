"""True ledgers, what a bank exports of them, and what it tells of the same days later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from donations.ledger_alignment import Days, LedgerRow

FIRST_DAY = date(2026, 9, 1)
Movement = tuple[int, int, str]


def chained(movements: list[Movement], opening_yen: int = 0, *, numbered: bool = False) -> list[LedgerRow]:
    """Rows of (days after the one before, yen, name), with running balance and, if asked, daily numbers."""
    rows: list[LedgerRow] = []
    day, balance, number = FIRST_DAY, opening_yen, 0
    for later, yen, name in movements:
        number = 1 if later or not rows else number + 1
        day, balance = day + timedelta(days=later), balance + yen
        written = f"{day:%Y%m%d}{number:07d}" if numbered else ""
        rows.append(LedgerRow(day, max(yen, 0), max(-yen, 0), "振込", name, balance, written))
    return rows


# Few amounts that often cancel out, and many rows on one day: the case in which balances alone say least.
movements = st.lists(
    st.tuples(
        st.sampled_from((0, 0, 0, 1, 2)), st.sampled_from((1000, -1000, 2000, -2000)), st.sampled_from("あい")
    ),
    min_size=1,
    max_size=14,
)


@dataclass(frozen=True)
class Export:
    """Rows `begins` to `ends` of the truth, and the days it shows whole."""

    begins: int
    ends: int
    days: Days


@st.composite
def exports_by_day(draw: st.DrawFn, truth: list[LedgerRow]) -> Export:
    """What the bank gives: the days asked for, as far as they had been booked at that moment."""
    booked = draw(st.integers(1, len(truth)))
    from_day = FIRST_DAY + timedelta(days=draw(st.integers(0, 6)))
    to_day = from_day + timedelta(days=draw(st.integers(0, 8)))
    inside = [index for index in range(booked) if from_day <= truth[index].booked_on <= to_day]
    newest = truth[booked - 1].booked_on
    last_whole = min(to_day, newest - timedelta(days=1)) if booked < len(truth) else to_day
    begins, ends = (inside[0], inside[-1] + 1) if inside else (0, 0)
    return Export(begins, ends, (from_day, max(last_whole, from_day - timedelta(days=1))))


@st.composite
def replays(draw: st.DrawFn) -> tuple[list[LedgerRow], list[Export]]:
    truth = chained(draw(movements))
    return truth, draw(st.lists(exports_by_day(truth), min_size=1, max_size=6))


@st.composite
def altered(draw: st.DrawFn) -> tuple[list[LedgerRow], list[LedgerRow], Days]:
    """A stored ledger, what the bank tells of the same days later, and the days that later file shows whole."""
    before = draw(movements)
    place = draw(st.integers(0, len(before) - 1))
    later, yen, name = before[place]
    kind = draw(st.sampled_from(("amount", "removed", "added")))
    after = list(before)
    if kind == "amount":
        after[place] = (later, yen + draw(st.sampled_from((1000, -1000, 500))) or 7000, name)
    elif kind == "removed":
        del after[place]
        if later and place < len(after):
            after[place] = (after[place][0] + later, *after[place][1:])
    else:
        after.insert(place, (later, draw(st.sampled_from((1000, -1000, 300))), name))
        after[place + 1] = (0, yen, name)
    total = sum(movement[0] for movement in before)
    days_after = sum(movement[0] for movement in after)
    stored = chained(before)
    now = chained([*after, (total - days_after + 3, 9000, "う")])
    return stored, now, (FIRST_DAY - timedelta(days=3), now[-1].booked_on)


def said_days(truth: Sequence[LedgerRow], begins: int, ends: int) -> Days:
    """The days a file of these rows says it shows: from its first row's day up to the day before the next row of the truth."""
    last = truth[ends - 1].booked_on
    until = truth[ends].booked_on - timedelta(days=1) if ends < len(truth) else last
    return truth[begins].booked_on, max(last, until)
