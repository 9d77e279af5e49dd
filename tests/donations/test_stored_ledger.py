"""For any true ledger: what is stored after any exports is the truth to the row, or the import stopped and said why."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from donations.bankfiles.statement import Statement, StatementLine
from donations.guarded_file import GuardedFile
from donations.importing import import_guarded, import_statement
from donations.ledger_alignment import Days, Gap, LedgerRow
from donations.models import BankStatement, Transaction
from donations.statement_words import difference
from donations.totals import balance
from members.models import BankAccount
from privacy.errors import Refused
from tests.donations.bank_file import bank_file
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
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
STOPS = {"gap", "history_changed"}
quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def empty_ledger() -> Iterator[None]:
    """An account of ours without rows; all is taken back afterwards, since one test runs many examples."""
    with transaction.atomic():
        BankAccountFactory(opening_balance_yen=None, opening_on=None)
        yield
        transaction.set_rollback(True)


def exported(rows: Sequence[LedgerRow], days: Days) -> bytes:
    """The file that shows `days` whole: asked for from the first of them on, made two days after the last."""
    last = max([days[1], *(row.booked_on for row in rows)])
    return bank_file(rows, period=(days[0], max(days[0], last)), made_at=datetime.combine(days[1] + timedelta(days=2), time(9, 0)))


def bring(data: bytes, *, accept_gap: bool = False) -> Refused | None:
    """Import; gives the refusal, after which not a row and not a statement may have come."""
    before = stored(), BankStatement.objects.count()
    try:
        import_statement(data=data, accept_gap=accept_gap, at=NOW, by="choubo")
    except Refused as refusal:
        assert (stored(), BankStatement.objects.count()) == before
        return refusal
    return None


def stored() -> list[LedgerRow]:
    rows = Transaction.objects.in_bank_order().values_list(
        "booked_on", "received_yen", "paid_out_yen", "detail_1", "detail_2", "balance_yen", "external_id"
    )
    return [LedgerRow(*row) for row in rows]


def whole(truth: Sequence[LedgerRow], held: set[int]) -> list[LedgerRow]:
    return [truth[index] for index in sorted(held)]


def span(export: Export) -> set[int]:
    return set(range(export.begins, export.ends))


@quick
@given(replays())
def test_any_exports_leave_the_truth_or_stop(made):
    """Contiguous, overlapping, repeated, in any order: after each file the ledger is one piece of the truth that ties."""
    truth, exports = made
    held: set[int] = set()
    with empty_ledger():
        for export in [*exports, *exports]:
            refusal = bring(exported(truth[export.begins : export.ends], export.days))
            if refusal is None:
                held |= span(export)
            else:
                assert refusal.code == "gap"
            assert stored() == whole(truth, held)
            assert not held or held == set(range(min(held), max(held) + 1))
        assert balance().bank_difference_yen == 0


@quick
@given(replays())
def test_accepted_gaps_leave_the_truth_of_the_days_held(made):
    """With every gap accepted the files still find their places between each other, to the row."""
    truth, exports = made
    held: set[int] = set()
    with empty_ledger():
        for export in exports:
            refusal = bring(exported(truth[export.begins : export.ends], export.days), accept_gap=True)
            if refusal is None:
                held |= span(export)
            else:
                assert refusal.code == "history_changed"
            assert stored() == whole(truth, held)


@quick
@given(movements, st.data())
def test_the_newest_day_may_grow(yens, data):
    """Downloaded again and again while the day goes on, each file ending anywhere: never a row lost or doubled."""
    truth = chained([(later, abs(yen), name) for later, yen, name in yens])
    with empty_ledger():
        for ends in sorted(data.draw(st.lists(st.integers(1, len(truth)), min_size=1, max_size=5))):
            newest = truth[ends - 1].booked_on
            assert bring(exported(truth[:ends], (FIRST_DAY, newest - timedelta(days=1)))) is None
            assert stored() == truth[:ends]


@quick
@given(st.integers(2, 6), st.sampled_from([1000, 3000]), st.data())
def test_equal_rows_on_a_day_stay_as_many(count, yen, data):
    """The same payer, the same yen, the same day, several times, cut anywhere and brought again."""
    truth = chained([(0, yen, "あ")] * count)
    with empty_ledger():
        for ends in [*sorted(data.draw(st.lists(st.integers(1, count), max_size=3))), count, count]:
            bring(bank_file(truth[:ends], made_at=datetime.combine(FIRST_DAY, time(12, 0))))
        assert (stored(), balance().received_yen) == (truth, yen * count)


@quick
@given(movements, st.data())
def test_other_words_for_known_rows_add_nothing(yens, data):
    """The bank words any rows otherwise and gives other numbers: the stored words stay, no row comes."""
    truth = chained(yens, numbered=True)
    days = (FIRST_DAY, truth[-1].booked_on)
    texts = [data.draw(st.sampled_from([row.detail_2, "ﾍﾞﾂ ﾉ ﾅﾏｴ", ""])) for row in truth]
    told = [replace(row, detail_1="ﾌﾘｺﾐ", detail_2=text, external_id="") for row, text in zip(truth, texts, strict=True)]
    with empty_ledger():
        assert (bring(exported(truth, days)), bring(exported(told, days))) == (None, None)
        assert stored() == truth


@quick
@given(movements, st.data())
def test_a_gap_stops_with_the_yen_and_the_two_days(yens, data):
    """Whole days of incoming yen are missing between two files: the sentence says how many yen and between which days."""
    truth = chained([(max(1, later), abs(yen), name) for later, yen, name in yens])
    assume(len(truth) >= 3)
    ends = data.draw(st.integers(1, len(truth) - 2))
    begins = data.draw(st.integers(ends + 1, len(truth) - 1))
    older, newer = truth[:ends], truth[begins:]
    with empty_ledger():
        assert bring(exported(older, (FIRST_DAY, older[-1].booked_on))) is None
        refusal = bring(exported(newer, (newer[0].booked_on, newer[-1].booked_on)))
        yen = sum(row.net_yen for row in truth[ends:begins])
        sentence = difference(Gap(yen, older[-1].booked_on, newer[0].booked_on))
        assert refusal is not None
        assert (refusal.code, refusal.message.startswith(sentence), stored()) == ("gap", True, older)


@quick
@given(altered())
def test_a_changed_past_stops_or_was_none(made):
    """A row changed, removed or added behind our back: stopped with both days, or the ledger is what the bank tells now."""
    before, now, new_days = made
    with empty_ledger():
        assert bring(exported(before, (FIRST_DAY, before[-1].booked_on))) is None
        refusal = bring(exported(now, new_days))
        if refusal is None:
            assert [replace(row, detail_2="") for row in stored()] == [replace(row, detail_2="") for row in now]
            return
        assert (refusal.code in STOPS, stored()) == (True, before)
        assert refusal.message.count("年") >= 2


@quick
@given(st.data())
def test_without_balances_identical_rows_are_counted(data):
    """Files that print no balance, of whole days in any order: every row once, as many equal ones as there are."""
    truth = [replace(row, balance_yen=None) for row in chained(data.draw(movements))]
    held: set[int] = set()
    with empty_ledger():
        account = BankAccount.objects.get()
        for export in data.draw(st.lists(exports_by_day(truth), min_size=1, max_size=5)):
            import_guarded(file=without_balances(truth[export.begins : export.ends], export.days), account=account, at=NOW, by="choubo")
            held |= span(export)
            assert sorted(map(repr, stored())) == sorted(map(repr, whole(truth, held)))
            assert [row.booked_on for row in stored()] == sorted(row.booked_on for row in stored())


def without_balances(rows: Sequence[LedgerRow], days: Days) -> GuardedFile:
    """These rows as a format tells them that knows no balance."""
    lines = tuple(
        StatementLine(place, row.booked_on, row.received_yen, row.paid_out_yen, row.detail_1, row.detail_2, None, row.external_id)
        for place, row in enumerate(rows, start=1)
    )
    made_at = datetime.combine(days[1] + timedelta(days=2), time(9, 0))
    last = max([days[1], days[0], *(row.booked_on for row in rows)])
    statement = Statement("zengin_01", "", days[0], last, made_at, None, lines, None, None)
    return GuardedFile(statement, sha256(repr((rows, days)).encode()).digest())


@quick
@given(movements, st.data())
def test_parts_cut_inside_a_day_leave_the_truth(yens, data):
    """The bank's _01 and _02, cut after so many rows, brought in either order, then the whole."""
    truth = chained([(later, abs(yen), name) for later, yen, name in yens], numbered=True)
    assume(len(truth) > 1)
    cut = data.draw(st.integers(1, len(truth) - 1))
    parts = [(0, cut), (cut, len(truth))]
    with empty_ledger():
        for begins, ends in [*data.draw(st.permutations(parts)), (0, len(truth))]:
            assert bring(exported(truth[begins:ends], said_days(truth, begins, ends))) is None
        assert stored() == truth
