"""月締め: a month whose rows are decided and whose balance is the bank's is locked, until somebody opens it with a reason."""

from datetime import date

import pytest
from django.db import IntegrityError

from donations.allocating import (
    Decision,
    confirm,
    confirm_many,
    link_reversal,
    mark_receipted,
    set_aside,
    undo,
    undo_batch,
    undo_set_aside,
    unlink_reversal,
    unmark_receipted,
)
from donations.bankfiles.yucho_direct_csv_writer import ledger
from donations.closing import close_month, reopen_month
from donations.entering import enter_cash, take_back
from donations.importing import import_statement
from donations.models import Allocation, MonthClosing, Transaction
from donations.month_checks import month_states, months_of
from donations.shares import DONATION, Share
from donations.undoing_import import undo_import
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.conftest import NOW, TODAY
from tests.donations.bank_file import bank_file, whole_days
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db
WHO = {"at": NOW, "by": "choubo"}
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
ROWS = ledger(
    10_000,
    [
        (date(2026, 9, 10), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
        (date(2026, 9, 30), -165, "料　金", ""),
        (date(2026, 10, 2), 3000, "振込", "ｻﾄｳ ｲﾁﾛｳ"),
        (date(2026, 10, 15), 5000, "払込", ""),
        (date(2026, 10, 20), -3000, "組戻", "ｻﾄｳ ｲﾁﾛｳ"),
        (date(2026, 11, 4), 2000, "振込", "ｽｽﾞｷ ｼﾞﾛｳ"),
    ],
)


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


@pytest.fixture
def autumn(ours):
    """September and October whole, with everything decided but October's rows."""
    bring(whole_days(ROWS, SEPTEMBER, date(2026, 11, 10)))
    put_aside(ROWS[0])
    return ours


@pytest.fixture
def decided(autumn):
    """October: one row given back, one put aside."""
    link_reversal(withdrawal_id=stored(ROWS[4]).pk, original_id=stored(ROWS[2]).pk, **WHO)
    put_aside(ROWS[3])
    return autumn


@pytest.fixture
def closed(decided):
    close_month(account_id=decided.pk, month=OCTOBER, **WHO)
    return decided


@pytest.fixture
def box():
    return BankAccountFactory(cash=True, opening_balance_yen=None, opening_on=None)


def bring(data, **facts):
    return import_statement(data=data, **WHO, **facts).statement


def stored(line):
    return Transaction.objects.get(booked_on=line.booked_on, received_yen=line.received_yen, paid_out_yen=line.paid_out_yen)


def put_aside(line):
    set_aside(transaction_id=stored(line).pk, reason="not_a_gift", **WHO)


def missing(account, month):
    (state,) = month_states(account, [month], today=TODAY)
    return [one.kind for one in state.missing]


def code_of(action, **facts):
    """The code with which `action` is refused."""
    with pytest.raises(Refused) as refusal:
        action(**facts, **WHO)
    return refusal.value.code


# what it takes


def test_what_is_missing_is_told(autumn):
    """Two rows nobody decided about, and a withdrawal that asks."""
    (state,) = month_states(autumn, [OCTOBER], today=TODAY)
    assert [one.words for one in state.missing] == [
        "だれの入金か決まっていない行が2件あります。",
        "組戻かどうか決まっていない出金が1件あります。",
    ]


def test_a_month_with_open_rows_is_refused(autumn):
    """The sentence says what is missing, and nothing is written."""
    with pytest.raises(Refused, match="だれの入金か決まっていない行が2件") as refusal:
        close_month(account_id=autumn.pk, month=OCTOBER, **WHO)
    assert (refusal.value.code, MonthClosing.objects.count()) == ("month_not_ready", 0)


def test_a_decided_month_is_closed_with_its_figures(decided):
    """Rows, yen in and out, the bank's balance at its end."""
    made = close_month(account_id=decided.pk, month=date(2026, 10, 31), **WHO)
    assert (made.month, made.row_count, made.received_yen, made.paid_out_yen, made.closing_yen, made.said_whole) == (
        OCTOBER, 3, 8_000, 3_000, 15_835, False,
    )  # fmt: skip


def test_the_closing_is_audited(closed):
    """Who closed it, with how many rows."""
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.by, event.count) == ("donations.month_closed", "choubo", 3)


def test_a_month_that_is_not_over_is_not_closed(decided):
    """November has days to come."""
    assert (missing(decided, NOVEMBER), code_of(close_month, account_id=decided.pk, month=NOVEMBER)) == (
        ["not_over"], "month_not_ready",
    )  # fmt: skip


def test_a_month_is_closed_once(closed):
    """The second press is told."""
    assert code_of(close_month, account_id=closed.pk, month=OCTOBER) == "already_closed"


def test_months_are_closed_in_any_order(closed):
    """October is closed, September still open; it can be closed afterwards."""
    assert close_month(account_id=closed.pk, month=SEPTEMBER, **WHO).closing_yen == 10_835


def test_days_no_file_shows_need_a_persons_word(ours):
    """The file ends in the middle of October."""
    bring(whole_days(ROWS[:3], SEPTEMBER, date(2026, 10, 10)))
    put_aside(ROWS[2])
    refused = code_of(close_month, account_id=ours.pk, month=OCTOBER)
    made = close_month(account_id=ours.pk, month=OCTOBER, said_whole=True, **WHO)
    assert (refused, made.said_whole) == ("days_not_shown", True)


def test_the_days_are_named(ours):
    """From the day after the file to the end of the month."""
    bring(whole_days(ROWS[:3], SEPTEMBER, date(2026, 10, 10)))
    put_aside(ROWS[2])
    (state,) = month_states(ours, [OCTOBER], today=TODAY)
    assert [one.words for one in state.missing] == ["10月11日〜10月31日の明細が全部そろっているか、ファイルからは分かりません。"]


def test_missing_rows_keep_the_months_open_in_which_they_may_lie(ours):
    """Nothing is known of 11 October to 3 November: neither month closes, September does."""
    bring(whole_days(ROWS[:3], SEPTEMBER, date(2026, 10, 10)))
    bring(whole_days(ROWS[5:], date(2026, 11, 4), date(2026, 11, 10)), accept_gap=True)
    for line in (ROWS[0], ROWS[2], ROWS[5]):
        put_aside(line)
    assert [missing(ours, month) for month in (SEPTEMBER, OCTOBER)] == [[], ["difference", "days"]]


def test_the_difference_is_told_in_yen_and_days(ours):
    """2,000 yen moved between the two files."""
    bring(whole_days(ROWS[:3], SEPTEMBER, date(2026, 10, 10)))
    bring(whole_days(ROWS[5:], date(2026, 11, 4), date(2026, 11, 10)), accept_gap=True)
    put_aside(ROWS[2])
    (state,) = month_states(ours, [OCTOBER], today=TODAY)
    assert state.missing[0].words == (
        "2026-10-02〜2026-11-04の間で、銀行の残高と2,000円合いません。足りないファイルを取り込んでください。"
    )


def test_no_word_replaces_a_missing_file(ours):
    """A difference stays a difference."""
    bring(whole_days(ROWS[:3], SEPTEMBER, date(2026, 10, 10)))
    bring(whole_days(ROWS[5:], date(2026, 11, 4), date(2026, 11, 10)), accept_gap=True)
    put_aside(ROWS[2])
    assert code_of(close_month, account_id=ours.pk, month=OCTOBER, said_whole=True) == "month_not_ready"


def test_an_opening_balance_that_differs_keeps_the_first_month_open(autumn):
    """The typed balance does not lead to the first row."""
    autumn.refresh_from_db()
    autumn.opening_balance_yen = 9_000
    autumn.save()
    assert (missing(autumn, SEPTEMBER), "difference" in missing(autumn, OCTOBER)) == (["difference"], False)


def test_cash_is_closed_on_a_persons_word(box):
    """No bank tells of the box."""
    entry = enter_cash(account=box, booked_on=date(2026, 10, 3), received_yen=500, **WHO)
    set_aside(transaction_id=entry.pk, reason="not_a_gift", **WHO)
    made = close_month(account_id=box.pk, month=OCTOBER, said_whole=True, **WHO)
    assert (made.received_yen, made.closing_yen, made.said_whole) == (500, None, True)


def test_the_months_go_from_the_first_row_to_this_month(autumn):
    """Newest first."""
    assert months_of(autumn, today=TODAY) == [NOVEMBER, OCTOBER, SEPTEMBER]


def test_an_empty_account_has_no_months(ours):
    """Nothing to close."""
    assert months_of(ours, today=TODAY) == []


@pytest.mark.parametrize("months", [[OCTOBER], [NOVEMBER, OCTOBER, SEPTEMBER]])
def test_the_states_take_the_same_queries_for_any_months(autumn, months, django_assert_num_queries):
    """One month or three."""
    with django_assert_num_queries(8):
        month_states(autumn, months, today=TODAY)


# what a closed month refuses


def test_its_rows_are_not_opened_again(closed):
    """Neither a set-aside nor a reversal is taken back."""
    assert [
        code_of(undo_set_aside, transaction_id=stored(ROWS[3]).pk),
        code_of(unlink_reversal, withdrawal_id=stored(ROWS[4]).pk),
    ] == ["month_closed", "month_closed"]


def test_its_rows_are_not_decided(closed):
    """Also where a row of it were open, nothing may be written on it."""
    stored(ROWS[3]).set_asides.update(undone_at=NOW)
    shares = [Share(SupporterFactory().pk, DONATION, 5_000, 2026)]
    row = stored(ROWS[3])
    assert [
        code_of(confirm, transaction_id=row.pk, shares=shares),
        code_of(confirm_many, decisions=[Decision(row.pk, tuple(shares), 5_000)], automatic=True),
        code_of(set_aside, transaction_id=row.pk, reason="not_a_gift"),
    ] == ["month_closed"] * 3


def test_confirmations_in_it_are_not_undone(autumn):
    """One by one or as a batch."""
    AssociationFactory()
    person = SupporterFactory()
    row = stored(ROWS[0])
    undo_set_aside(transaction_id=row.pk, **WHO)
    confirm(transaction_id=row.pk, shares=[Share(person.pk, DONATION, 1_000, 2026)], **WHO)
    close_month(account_id=autumn.pk, month=SEPTEMBER, **WHO)
    refused = [code_of(undo, transaction_id=row.pk), code_of(undo_batch, batch_id=Allocation.objects.get().batch_id)]
    assert (refused, Allocation.objects.live().count()) == (["month_closed", "month_closed"], 1)


def test_a_later_withdrawal_does_not_reach_into_it(autumn):
    """A 組戻 in October of a row of September would undo what September was."""
    close_month(account_id=autumn.pk, month=SEPTEMBER, **WHO)
    back = Transaction.objects.create(
        account=autumn, position=99, booked_on=date(2026, 11, 5), paid_out_yen=1_000, detail_1="組戻", recorded_by="choubo"
    )
    assert code_of(link_reversal, withdrawal_id=back.pk, original_id=stored(ROWS[0]).pk) == "month_closed"


def test_no_new_row_of_a_file_enters_it(ours):
    """A file that tells of more rows in a closed month is refused whole."""
    bring(whole_days(ROWS[:2], SEPTEMBER, date(2026, 9, 30)))
    put_aside(ROWS[0])
    close_month(account_id=ours.pk, month=OCTOBER, said_whole=True, **WHO)
    refused = code_of(import_statement, data=whole_days(ROWS, SEPTEMBER, date(2026, 11, 10)))
    assert (refused, Transaction.objects.count()) == ("month_closed", 2)


def test_a_file_that_shows_it_again_is_taken(closed):
    """It adds nothing to the closed month."""
    assert bring(bank_file(ROWS)).new_row_count == 0


def test_no_cash_enters_it(box):
    """Neither a new entry nor the taking back of one."""
    entry = enter_cash(account=box, booked_on=date(2026, 10, 3), received_yen=500, **WHO)
    set_aside(transaction_id=entry.pk, reason="not_a_gift", **WHO)
    close_month(account_id=box.pk, month=OCTOBER, said_whole=True, **WHO)
    entry.set_asides.update(undone_at=NOW)
    refused = [
        code_of(enter_cash, account=box, booked_on=date(2026, 10, 31), received_yen=1),
        code_of(take_back, transaction_id=entry.pk),
    ]
    assert (refused, Transaction.objects.count()) == (["month_closed", "month_closed"], 1)


def test_other_months_and_accounts_go_on(closed, box):
    """Only that month of that account is locked."""
    enter_cash(account=box, booked_on=date(2026, 10, 3), received_yen=500, **WHO)
    put_aside(ROWS[5])
    assert Transaction.objects.with_open_yen().get(booked_on=date(2026, 11, 4)).is_set_aside


def test_the_sentence_says_who_and_what_to_do(closed):
    """Account, month, who closed it and when, and the way to open it."""
    with pytest.raises(Refused) as refusal:
        undo_set_aside(transaction_id=stored(ROWS[3]).pk, **WHO)
    assert refusal.value.message == (
        "「振替口座」の2026年10月は、2026年11月23日にchouboさんが締めました。何も変えていません。"
        "直すときは、会計の人が「銀行の明細」のその口座のページで2026年10月を開いてから、もう一度してください。"
    )


def test_its_import_is_not_undone(closed):
    """The trace is named first."""
    assert code_of(undo_import, statement_id=closed.statements.get().pk) == "import_in_use"


# opening it again


def test_an_opened_month_takes_changes(closed):
    """The closing stays on record with who, when and why."""
    reopen_month(account_id=closed.pk, month=OCTOBER, reason="払込人のまちがい", at=NOW, by="kaikei2")
    undo_set_aside(transaction_id=stored(ROWS[3]).pk, **WHO)
    kept = MonthClosing.objects.get()
    assert (kept.reopened_at, kept.reopened_by, kept.reopen_reason) == (NOW, "kaikei2", "払込人のまちがい")


def test_the_opening_is_audited(closed):
    """By whom."""
    reopen_month(account_id=closed.pk, month=OCTOBER, reason="まちがい", at=NOW, by="kaikei2")
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.by) == ("donations.month_reopened", "kaikei2")


def test_an_opened_month_is_closed_anew(closed):
    """Two closings, one of them standing."""
    reopen_month(account_id=closed.pk, month=OCTOBER, reason="まちがい", **WHO)
    close_month(account_id=closed.pk, month=OCTOBER, **WHO)
    assert list(MonthClosing.objects.order_by("pk").values_list("reopened_by", flat=True)) == ["choubo", ""]


def test_later_months_stay_closed(decided):
    """September is opened, October stays locked."""
    close_month(account_id=decided.pk, month=SEPTEMBER, **WHO)
    close_month(account_id=decided.pk, month=OCTOBER, **WHO)
    reopen_month(account_id=decided.pk, month=SEPTEMBER, reason="まちがい", **WHO)
    put = code_of(undo_set_aside, transaction_id=stored(ROWS[3]).pk)
    undo_set_aside(transaction_id=stored(ROWS[0]).pk, **WHO)
    assert put == "month_closed"


@pytest.mark.parametrize(("reason", "code"), [("", "reason_needed"), ("　 ", "reason_needed")])
def test_a_reason_is_needed(closed, reason, code):
    """Blank is no reason."""
    assert code_of(reopen_month, account_id=closed.pk, month=OCTOBER, reason=reason) == code


def test_a_number_of_a_person_is_no_reason(closed):
    """The guard holds here too."""
    with pytest.raises(NationalIdRefused):
        reopen_month(account_id=closed.pk, month=OCTOBER, reason="マイナンバー 123456789018", **WHO)


def test_an_open_month_is_not_opened(decided):
    """There is nothing to open."""
    assert code_of(reopen_month, account_id=decided.pk, month=OCTOBER, reason="まちがい") == "not_closed"


def test_the_database_keeps_one_closing_of_a_month(closed):
    """Whatever the program does."""
    with pytest.raises(IntegrityError):
        MonthClosing.objects.create(
            account=closed, month=OCTOBER, row_count=0, received_yen=0, paid_out_yen=0, closed_at=NOW, closed_by="x"
        )


def test_the_database_wants_a_reason_for_an_opening(closed):
    """A mark without a reason is not kept."""
    with pytest.raises(IntegrityError):
        MonthClosing.objects.update(reopened_at=NOW, reopened_by="x")


def test_receipts_are_still_issued_for_it(autumn):
    """And taken back: they change nothing that was decided about the money."""
    AssociationFactory()
    row = stored(ROWS[0])
    undo_set_aside(transaction_id=row.pk, **WHO)
    confirm(transaction_id=row.pk, shares=[Share(SupporterFactory().pk, DONATION, 1_000, 2026)], **WHO)
    close_month(account_id=autumn.pk, month=SEPTEMBER, **WHO)
    given = list(Allocation.objects.values_list("pk", flat=True))
    assert (mark_receipted(allocation_ids=given, at=NOW), unmark_receipted(allocation_ids=given)) == (1, 1)
