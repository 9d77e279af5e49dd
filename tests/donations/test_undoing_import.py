"""Undo of a whole import: while nothing hangs on it, the ledger is as if the file had never come."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CASCADE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations import import_traces
from donations.allocating import confirm, link_reversal, mark_receipted, set_aside, undo, undo_set_aside
from donations.bankfiles.yucho_direct_csv_writer import ledger
from donations.closing import close_month
from donations.desk import desk
from donations.entering import accounts_for_typing
from donations.erasing import erase_words
from donations.importing import import_statement
from donations.models import Allocation, BankStatement, Prediction, Slip, Transaction
from donations.shares import DONATION, Share
from donations.totals import account_ties, balance
from donations.undoing_import import ImportInUse, undo_import
from members.models import AccountAlias, AccountKind
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.conftest import NOW
from tests.donations.bank_file import bank_file, whole_days, year
from tests.factories.donations import BankStatementFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db
YEAR = year()
WHO = {"at": NOW, "by": "choubo"}


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


@pytest.fixture
def made(ours):
    """The year, imported."""
    return bring(bank_file(YEAR))


def bring(data, **facts):
    return import_statement(data=data, **WHO, **facts).statement


def take_back(statement):
    return undo_import(statement_id=statement.pk, **WHO)


def snapshot(account):
    """All that an import may change: rows in order, opening balance, figures, spellings, whole days."""
    account.refresh_from_db()
    cells = ("booked_on", "received_yen", "paid_out_yen", "detail_1", "detail_2", "balance_yen", "external_id")
    rows = list(Transaction.objects.filter(account=account).order_by("position").values_list(*cells))
    files = list(account.statements.order_by("pk").values_list("sha256", "complete_from", "complete_to", "gap_yen"))
    aliases = sorted(AccountAlias.objects.values_list("as_written", flat=True))
    return rows, account.opening_balance_yen, account.opening_on, balance(), aliases, files


# what an undo does


def test_after_an_undo_nothing_is_counted(ours):
    """No row, no yen, no opening balance, nothing on the desk."""
    before = snapshot(ours)
    take_back(bring(bank_file(YEAR)))
    assert (snapshot(ours), sum(map(len, desk().piles.values())), account_ties()[0].received_yen) == (before, 0, 0)


def test_it_says_how_much_it_took_back(made):
    """Rows and yen, both ways."""
    done = take_back(made)
    assert (done.rows, done.received_yen, done.paid_out_yen) == (12, 22_000, 330)


def test_the_rows_and_the_file_stay_on_record(made):
    """Marked with who and when, not deleted."""
    take_back(made)
    made.refresh_from_db()
    kept = Transaction.with_undone.filter(statement=made, undone_at=NOW).count()
    assert (kept, made.undone_at, made.undone_by) == (12, NOW, "choubo")


def test_the_undo_is_audited_with_its_rows(ours, made):
    """Who took twelve rows back, and that the opening balance moved."""
    take_back(made)
    events = AuditEvent.objects.order_by("pk").values_list("action", "by", "count")
    assert list(events)[-2:] == [("donations.opening_restored", "choubo", None), ("donations.import_undone", "choubo", 12)]


def test_the_same_file_comes_again_as_the_same_ledger(ours, made):
    """The digest of an undone import does not stand in the way."""
    before = snapshot(ours)
    take_back(made)
    bring(bank_file(YEAR))
    assert snapshot(ours) == before


def test_an_accepted_gap_is_open_again(ours):
    """The difference goes with the file that brought it."""
    bring(bank_file(YEAR[:4]))
    before = snapshot(ours)
    later = bring(bank_file(YEAR[7:]), accept_gap=True)
    take_back(later)
    assert snapshot(ours) == before


def test_an_older_file_gives_the_opening_balance_back(ours):
    """The earlier rows moved it to April; without them it is in June again."""
    bring(bank_file(YEAR[6:]))
    before = snapshot(ours)
    take_back(bring(bank_file(YEAR[:8])))
    assert snapshot(ours) == before


def test_an_opening_balance_typed_since_stays(ours, made):
    """A person's word is not overwritten."""
    ours.refresh_from_db()
    ours.opening_balance_yen, ours.opening_on = 5_000, date(2026, 1, 1)
    ours.save()
    take_back(made)
    ours.refresh_from_db()
    assert (ours.opening_balance_yen, ours.opening_on) == (5_000, date(2026, 1, 1))


def test_a_spelling_confirmed_with_the_file_is_forgotten(ours):
    """A file of the wrong account must not teach us its number."""
    wrong = bring(bank_file(YEAR, account="00100-*-***745"), account=ours)
    known = AccountAlias.objects.count()
    take_back(wrong)
    assert (known, AccountAlias.objects.count()) == (1, 0)


def test_rows_in_the_middle_make_room_again(ours):
    """A file that filled an accepted gap leaves the gap behind, and fills it once more."""
    bring(bank_file(YEAR[:4]))
    bring(bank_file(YEAR[7:]), accept_gap=True)
    middle = whole_days(YEAR[4:7], YEAR[3].booked_on, YEAR[6].booked_on)
    between = snapshot(ours)
    filled = bring(middle, accept_gap=True)
    whole = snapshot(ours)
    take_back(filled)
    again = snapshot(ours)
    bring(middle, accept_gap=True)
    assert (again, snapshot(ours)) == (between, whole)


def test_another_bank_without_files_may_be_typed_again():
    """Typing is refused where a file tells of the money; an undone file tells of none."""
    bank = BankAccountFactory(kind=AccountKind.OTHER_BANK, number="1234567", bank_name="あおぞら町銀行")
    made = BankStatementFactory(account=bank)
    before = accounts_for_typing().filter(pk=bank.pk).exists()
    take_back(made)
    assert (before, accounts_for_typing().filter(pk=bank.pk).exists()) == (False, True)


def test_twice_is_refused(made):
    """The second press finds it undone."""
    take_back(made)
    with pytest.raises(Refused, match="もう取り消してあります") as refusal:
        take_back(made)
    assert refusal.value.code == "already_undone"


def test_an_unknown_import_is_not_found():
    """No such file."""
    with pytest.raises(BankStatement.DoesNotExist):
        undo_import(statement_id=999, **WHO)


def test_an_undone_row_is_decided_no_more(made):
    """Whoever still has it on the screen reads why."""
    row = made.transactions.filter(received_yen__gt=0).first()
    take_back(made)
    with pytest.raises(Refused, match="取り込みは、取り消されました") as refusal:
        set_aside(transaction_id=row.pk, reason="not_a_gift", **WHO)
    assert refusal.value.code == "import_undone"


def test_the_database_keeps_typed_rows_standing(ours):
    """Only rows of a file can be marked undone."""
    with pytest.raises(IntegrityError):
        Transaction.objects.create(
            account=ours, position=1, booked_on=date(2026, 4, 1), received_yen=1, recorded_by="choubo", undone_at=NOW
        )


# what hangs on it


def refused(statement):
    """The sentence; nothing may have changed."""
    account = statement.account
    before = snapshot(account)
    with pytest.raises(ImportInUse) as refusal:
        take_back(statement)
    statement.refresh_from_db()
    assert (snapshot(account), statement.undone_at) == (before, None)
    return refusal.value


def gift(row, supporter=None):
    AssociationFactory()
    person = supporter or SupporterFactory()
    return confirm(transaction_id=row.pk, shares=[Share(person.pk, DONATION, row.received_yen, 2026)], **WHO)


def test_confirmed_rows_hold_it(made):
    """Counted, and the row is there to link to."""
    row = made.transactions.order_by("position").first()
    gift(row)
    refusal = refused(made)
    assert ("確定した行が1件" in refusal.message, [list(trace.rows) for trace in refusal.traces]) == (True, [[row]])


def test_receipts_are_named_first(made):
    """The receipt has to be voided before the confirmation can be undone."""
    gift(made.transactions.order_by("position").first())
    mark_receipted(allocation_ids=[Allocation.objects.get().pk], at=NOW)
    words = [trace.words for trace in refused(made).traces]
    assert words == ["領収書を出した行が1件あります。", "だれの入金かを確定した行が1件あります。"]


def test_rows_put_aside_hold_it(made):
    """保留・対象外 is a decision too."""
    set_aside(transaction_id=made.transactions.first().pk, reason="not_a_gift", **WHO)
    assert [trace.words for trace in refused(made).traces] == ["保留・対象外にした行が1件あります。"]


def test_a_reversal_holds_it(ours):
    """Both of its rows count, and its own set-aside is not told twice."""
    rows = ledger(0, [(date(2026, 4, 3), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"), (date(2026, 4, 6), -1000, "組戻", "ﾄｸﾓﾄ ﾊﾅｺ")])
    statement = bring(bank_file(rows))
    original, withdrawal = statement.transactions.order_by("position")
    link_reversal(withdrawal_id=withdrawal.pk, original_id=original.pk, **WHO)
    assert [trace.words for trace in refused(statement).traces] == ["組戻を決めた行が2件あります。"]


def test_what_was_taken_back_holds_it_no_more(ours, made):
    """Undone confirmations and set-asides stay as history of a row that counts no more."""
    rows = list(made.transactions.filter(received_yen__gt=0).order_by("position")[:2])
    gift(rows[0])
    undo(transaction_id=rows[0].pk, **WHO)
    set_aside(transaction_id=rows[1].pk, reason="not_a_gift", **WHO)
    undo_set_aside(transaction_id=rows[1].pk, **WHO)
    take_back(made)
    assert (Transaction.objects.count(), Allocation.objects.get().transaction_id) == (0, rows[0].pk)


def april(ours):
    """April and May in one file, April decided."""
    statement = bring(whole_days(YEAR[:4], date(2026, 4, 1), date(2026, 5, 31)))
    for row in statement.transactions.filter(booked_on__month=4):
        set_aside(transaction_id=row.pk, reason="not_a_gift", **WHO)
    return statement


def test_a_file_that_only_repeats_a_closed_month_is_free(ours):
    """The month rests on the first file, which shows the same days."""
    april(ours)
    close_month(account_id=ours.pk, month=date(2026, 4, 1), **WHO)
    again = bring(whole_days(YEAR[1:6], date(2026, 4, 10), date(2026, 6, 14)))
    take_back(again)
    assert BankStatement.objects.count() == 1


def test_a_closed_month_holds_the_file_that_shows_its_days(ours):
    """No row of it is in June, but it alone shows that nothing happened there."""
    april(ours)
    silent = bring(bank_file((), period=(date(2026, 6, 1), date(2026, 6, 30)), made_at=datetime(2026, 7, 5, 9, 0)))
    close_month(account_id=ours.pk, month=date(2026, 6, 1), **WHO)
    assert [trace.words for trace in refused(silent).traces] == ["締めた月(2026年6月)の明細があります。"]


def test_erasing_a_person_erases_the_words_of_undone_rows(made):
    """Nobody said whose they are, so all of them lose their words; the yen stay on record."""
    AssociationFactory()
    take_back(made)
    erase_words(supporter=SupporterFactory())
    words = set(Transaction.with_undone.values_list("detail_2", "message", "text_was_erased"))
    assert (words, Transaction.with_undone.count()) == ({("", "", True)}, 12)


def test_a_slip_on_a_row_holds_it(made):
    """Told by the name of its table; a slip that was withdrawn holds nothing."""
    row = made.transactions.filter(received_yen__gt=0).order_by("position").first()
    facts = {"account": made.account, "day": row.booked_on, "amount_yen": row.received_yen, "typed_at": NOW, "typed_by": "choubo"}
    Slip.objects.create(transaction=row, row_yen=row.received_yen, **facts)
    Slip.objects.create(withdrawn_at=NOW, withdrawn_by="choubo", **facts)
    assert [trace.words for trace in refused(made).traces] == ["「払込票」が付いている行が1件あります。"]


def test_what_the_program_thought_of_a_row_does_not_hold_it(made):
    """The record of its guess goes with the row."""
    Prediction.objects.create(
        transaction=made.transactions.first(), probability=0.9, was_certain=False, decided_at=NOW, outcome="changed"
    )
    take_back(made)
    assert Transaction.objects.count() == 0


def test_a_later_file_holds_it(ours):
    """Newest first: the later file was proved by this one's balance."""
    first = bring(bank_file(YEAR[:6]))
    second = bring(bank_file(YEAR))
    refusal = refused(first)
    take_back(second)
    take_back(first)
    assert ([list(trace.imports) for trace in refusal.traces], Transaction.objects.count()) == ([[second]], 0)


def test_a_later_file_without_rows_does_not_hold_it(ours, made):
    """It tells of no row, so nothing rests on ours."""
    bring(bank_file((), period=(date(2026, 9, 10), date(2026, 9, 20))))
    take_back(made)
    assert Transaction.objects.count() == 0


def test_a_later_file_of_another_account_does_not_hold_it(ours, made):
    """Each account has its own chain."""
    BankStatementFactory(account=BankAccountFactory(savings=True), row_count=3)
    take_back(made)
    assert Transaction.objects.count() == 0


def test_a_closed_month_holds_it(ours):
    """The month has to be opened first."""
    statement = bring(whole_days(YEAR[:4], date(2026, 4, 1), date(2026, 5, 31)))
    for row in statement.transactions.filter(received_yen__gt=0):
        set_aside(transaction_id=row.pk, reason="not_a_gift", **WHO)
    close_month(account_id=ours.pk, month=date(2026, 4, 1), **WHO)
    first = refused(statement).traces[0]
    assert (first.words, len(first.months)) == ("締めた月(2026年4月)の明細があります。", 1)


def test_any_table_that_points_to_a_row_is_looked_at(made):
    """A record of a room that is built later counts too: every foreign key that protects the row."""
    pointing = {one.related_model for one in Transaction._meta.related_objects if one.on_delete is not CASCADE}
    assert set(import_traces._reverse_links()) == pointing


# any order


pieces = st.tuples(st.just("bring"), st.integers(0, 11), st.integers(1, 12), st.booleans())
actions = st.lists(st.one_of(pieces, pieces, st.tuples(st.just("undo"))), min_size=2, max_size=8)


def file_of(first, length):
    rows = YEAR[first : first + length]
    return whole_days(rows, rows[0].booked_on, rows[-1].booked_on) if length % 2 else bank_file(rows)


def replay(steps):
    """Bring these files in; those that are refused or known add nothing."""
    standing = []
    for step in steps:
        if step[0] == "undo":
            if standing:
                undo_import(statement_id=standing.pop()[0], **WHO)
            continue
        _bring, first, length, accept = step
        try:
            result = import_statement(data=file_of(first, length), accept_gap=accept, **WHO)
        except Refused:
            continue
        if not result.is_repeat:
            standing.append((result.statement.pk, step))
    return [step for _pk, step in standing]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=actions)
def test_undone_files_might_as_well_never_have_come(ours, steps):
    """Any imports and undos of the last one leave what the remaining imports alone would make."""
    with transaction.atomic():
        standing = replay(steps)
        lived = snapshot(ours)
        transaction.set_rollback(True)
    ours.refresh_from_db()
    with transaction.atomic():
        assert replay(standing) == standing
        alone = snapshot(ours)
        transaction.set_rollback(True)
    ours.refresh_from_db()
    assert lived == alone
