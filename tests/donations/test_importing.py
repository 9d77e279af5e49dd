"""The import as a bookkeeper would bet on it: every row once, all or nothing."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from donations.bankfiles.yucho_direct_csv_writer import ledger
from donations.guarded_file import read_guarded
from donations.importing import import_guarded, import_statement
from donations.models import BankStatement, Transaction
from donations.totals import account_ties, balance
from members.models import AccountAlias, AccountKind, BankAccount
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent, Refusal
from privacy.national_ids import MARK
from tests.donations.bank_file import bank_file, day, whole_days, year
from tests.factories.donations import SlipFactory, TransactionFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = year()
LABELLED = "マイナンバー 123456789018"


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


@pytest.fixture
def bring(ours, now):
    """Import rows of the year, or any bytes."""

    def bring(rows, **facts):
        data = rows if isinstance(rows, bytes) else bank_file(rows)
        return import_statement(data=data, at=now, by="choubo", **facts)

    return bring


def stored():
    return list(
        Transaction.objects.in_bank_order().values_list(
            "booked_on", "received_yen", "paid_out_yen", "detail_1", "detail_2", "balance_yen", "external_id"
        )
    )


def told(rows):
    return [
        (row.booked_on, row.received_yen, row.paid_out_yen, row.detail_1, row.detail_2, row.balance_yen, row.external_id)
        for row in rows
    ]


def refused(call, *args, **facts):
    with pytest.raises(Refused) as refusal:
        call(*args, **facts)
    return refusal.value


# the file as a whole


def test_every_row_is_stored_as_the_bank_wrote_it(bring):
    """Days, yen, words, balances and numbers stand in the ledger in the bank's order."""
    bring(YEAR)
    assert stored() == told(YEAR)


def test_the_result_is_said_in_the_words_of_the_command(bring):
    """The nine figures are those of the whole file: opening + received − paid out = closing."""
    assert bring(YEAR).as_json() == {
        "format": "yucho_direct_csv", "account": "00100-2-729745", "rows": 12, "new": 12, "already_known": 0,
        "received_yen": 22000, "paid_out_yen": 330, "opening_yen": 10000, "closing_yen": 31670,
    }  # fmt: skip


def test_the_statement_keeps_digest_days_and_sums_never_the_file(bring, now):
    """Of the file remain its digest, its days and its sums."""
    made = bring(bank_file(YEAR, period=(day(4, 1), day(9, 30)))).statement
    made.refresh_from_db()
    assert (made.row_count, made.new_row_count, made.first_on, made.last_on, made.period_from, made.period_to) == (
        12, 12, day(4, 3), day(9, 2), day(4, 1), day(9, 30),
    )  # fmt: skip
    assert (made.opening_yen, made.closing_yen, made.imported_at, made.imported_by, len(made.digest), made.gap_yen) == (
        10000, 31670, now, "choubo", 64, None,
    )  # fmt: skip


def test_the_import_is_in_the_audit_trail(bring, now):
    """One event says who imported how many rows; the opening balance found is another."""
    made = bring(YEAR).statement
    events = list(AuditEvent.objects.order_by("pk").values_list("action", "by", "at", "subject_id", "count"))
    assert events == [
        ("donations.opening_moved", "choubo", now, made.account_id, None),
        ("donations.statement_imported", "choubo", now, made.pk, 12),
    ]


def test_a_file_without_rows_is_valid(bring):
    """A month without movement is imported as such."""
    result = bring([])
    assert (result.new, result.statement.row_count, result.statement.first_on, Transaction.objects.count()) == (0, 0, None, 0)


def test_the_ledger_ties_with_the_bank(bring):
    """After the import received − paid out is what the bank's balance moved by."""
    bring(YEAR)
    found = balance()
    assert (found.received_yen, found.paid_out_yen, found.open_yen, found.bank_difference_yen, found.is_whole) == (22000, 330, 22000, 0, True)


# again, and overlapping


def test_the_same_file_again_adds_nothing(bring):
    """The digest is known: no row, no statement, no audit event more."""
    first = bring(YEAR)
    before = AuditEvent.objects.count()
    again = bring(YEAR)
    assert (again.is_repeat, again.new, again.statement, again.as_json()["already_known"]) == (True, 0, first.statement, 12)
    assert (Transaction.objects.count(), BankStatement.objects.count(), AuditEvent.objects.count()) == (12, 1, before)


def test_the_same_rows_in_another_file_add_nothing(bring):
    """Downloaded again for a named period: other bytes, no new row."""
    bring(YEAR)
    again = bring(bank_file(YEAR, period=(day(4, 1), day(9, 30))))
    assert (again.is_repeat, again.new, again.statement.new_row_count, Transaction.objects.count()) == (False, 0, 0, 12)


def test_an_overlapping_file_adds_only_what_is_new(bring):
    """April to June, then June to September: each row once."""
    bring(YEAR[:8])
    result = bring(YEAR[6:])
    assert (result.new, stored()) == (4, told(YEAR))


def test_equal_rows_on_a_day_stay_two(bring):
    """The same person twice on a day, the first file taken between the two: both rows are real."""
    bring(YEAR[:5])
    bring(YEAR[4:])
    assert stored() == told(YEAR)


def test_the_newest_day_may_grow(bring):
    """A file taken at noon lacks the evening's row; the next one brings it."""
    bring(YEAR[:1])
    bring(YEAR[:3])
    assert stored() == told(YEAR[:3])


def test_an_older_file_goes_in_front(bring):
    """The spring found later stands before the summer, and the ledger then begins with it."""
    bring(YEAR[6:])
    bring(whole_days(YEAR[:6], day(4, 1), day(6, 14)))
    assert (stored(), BankAccount.objects.get().opening_balance_yen, balance().bank_difference_yen) == (told(YEAR), 10000, 0)


def test_new_words_for_an_old_row_add_nothing(bring):
    """The bank words a row otherwise: the first words stay."""
    bring(YEAR[:4])
    reworded = (*YEAR[:2], replace(YEAR[2], detail_2="ﾀｶﾊｼ ｲﾁﾛｳ"), *YEAR[3:5])
    result = bring(reworded)
    assert (result.new, result.reworded, stored()) == (1, 1, told(YEAR[:5]))


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_overlapping_exports_in_any_order_give_the_truth(ours, now, data):
    """Exports that cover the year, each from some morning on, repeated, overlapping, in any order: the ledger is the year."""
    Transaction.objects.all().delete()
    BankStatement.objects.all().delete()
    BankAccount.objects.update(opening_balance_yen=None, opening_on=None)
    mornings = [index for index in range(12) if index == 0 or YEAR[index - 1].booked_on < YEAR[index].booked_on]
    cuts = sorted({0, 12, *data.draw(st.lists(st.sampled_from(mornings), max_size=4))})
    pieces = [
        (data.draw(st.sampled_from([m for m in mornings if m <= first])), min(12, last + data.draw(st.integers(0, 2))))
        for first, last in pairwise(cuts)
    ]
    extra = data.draw(st.lists(st.sampled_from(pieces), max_size=3))
    for first, last in data.draw(st.permutations([*pieces, *extra])):
        import_statement(data=bank_file(YEAR[first:last]), accept_gap=True, at=now, by="choubo")
    assert (stored(), balance().bank_difference_yen) == (told(YEAR), 0)


# what does not fit


def test_a_gap_is_refused_with_the_yen_and_the_two_days(bring):
    """The May file is missing: 7,000 yen between 1 May and 30 June, nothing is stored."""
    bring(YEAR[:4])
    refusal = refused(bring, YEAR[7:])
    assert (refusal.code, refusal.line, Transaction.objects.count()) == ("gap", 8, 4)
    assert refusal.message.startswith("2026年5月1日と2026年6月30日の間で、差し引き 7,000円 の入金の明細が抜けています。")


def test_an_accepted_gap_is_recorded_and_shows_as_a_difference(bring):
    """Who accepted it and how many yen stay on the statement and in the audit trail; the ledger no longer ties."""
    bring(YEAR[:4])
    result = bring(YEAR[7:], accept_gap=True)
    assert (result.new, result.statement.gap_yen, result.statement.gap_accepted_by) == (5, 7000, "choubo")
    assert (balance().bank_difference_yen, AuditEvent.objects.filter(action="donations.gap_accepted").count()) == (7000, 1)


def test_the_missing_file_closes_an_accepted_gap(bring):
    """The file that comes later goes between, later rows move up, and the ledger ties."""
    bring(YEAR[:4])
    bring(YEAR[7:], accept_gap=True)
    bring(whole_days(YEAR[4:7], day(5, 1), day(6, 29)))
    assert (stored(), balance().bank_difference_yen) == (told(YEAR), 0)


def test_a_gap_may_be_closed_piece_by_piece(bring):
    """A day in the middle of an accepted gap leaves a gap on both sides, until the others come."""
    bring(YEAR[:2])
    bring(YEAR[9:], accept_gap=True)
    bring(YEAR[4:6], accept_gap=True)
    bring(whole_days(YEAR[2:4], day(4, 3), day(5, 7)))
    bring(whole_days(YEAR[6:9], day(5, 8), day(7, 31)))
    assert (stored(), balance().bank_difference_yen) == (told(YEAR), 0)


def test_days_between_two_files_that_nobody_asked_for_are_a_gap_of_nothing(bring):
    """Balances meet, but June lies in no file: rows that cancel out could be missing."""
    rows = ledger(0, [(day(4, 3), 1000, "振込", "A"), (day(9, 1), 1000, "振込", "B")])
    bring(whole_days(rows[:1], day(4, 1), day(5, 31)))
    refusal = refused(bring, whole_days(rows[1:], day(7, 1), day(9, 30)))
    assert (refusal.code, "重ねて" in refusal.message, Transaction.objects.count()) == ("gap", True, 1)


def changed_past():
    """The bank now tells a row of 30 April that it did not tell before."""
    movements = [(row.booked_on, row.received_yen - row.paid_out_yen, row.detail_1, row.detail_2) for row in YEAR]
    movements.insert(3, (day(4, 30), 700, "振込", "ｵｿｲ ﾋﾄ"))
    return ledger(10_000, movements)


def test_a_changed_past_is_refused_and_says_what_differs(bring):
    """700 yen on another day than before: the sentence names the days and the yen."""
    bring(YEAR[:8])
    refusal = refused(bring, changed_past())
    assert (refusal.code, Transaction.objects.count(), "700円" in refusal.message, "2026年4月30日" in refusal.message) == (
        "history_changed", 8, True, True,
    )  # fmt: skip


def test_an_accepted_changed_past_keeps_the_stored_rows_and_adds_the_later_days(bring):
    """The stored rows stay as they are; the four later rows come; 700 yen remain as the difference."""
    bring(YEAR[:8])
    result = bring(changed_past(), accept_gap=True)
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert (result.new, stored()[:8], len(stored()), balance().bank_difference_yen) == (4, told(YEAR[:8]), 12, 700)
    assert "donations.changed_history_accepted" in actions


def test_a_changed_past_without_a_later_day_cannot_be_accepted(bring):
    """There would be nothing to add."""
    bring(YEAR)
    assert refused(bring, changed_past(), accept_gap=True).code == "history_changed"


def test_the_opening_balance_typed_must_be_the_files(bring, ours):
    """The group said 9,000 on 1 April, the bank says 10,000: refused with both."""
    BankAccount.objects.update(opening_balance_yen=9000, opening_on=day(4, 1))
    refusal = refused(bring, YEAR)
    assert (refusal.code, "1,000円" in refusal.message, Transaction.objects.count()) == ("opening_differs", True, 0)


def test_the_files_opening_balance_may_be_accepted(bring):
    """Accepted, the ledger begins with the bank's balance and ties."""
    BankAccount.objects.update(opening_balance_yen=9000, opening_on=day(4, 1))
    bring(YEAR, accept_gap=True)
    assert ([tie.opening_yen for tie in account_ties()], balance().bank_difference_yen) == ([10000], 0)


def test_the_right_opening_balance_is_left_as_typed(bring):
    """What the group said and the bank confirms stays."""
    BankAccount.objects.update(opening_balance_yen=10_000, opening_on=day(4, 1))
    bring(YEAR)
    account = BankAccount.objects.get()
    assert (account.opening_balance_yen, account.opening_on) == (10_000, day(4, 1))


def test_an_opening_balance_in_the_middle_of_the_file_is_checked_there(bring):
    """Typed for 1 June, 16,835 yen: the rows before that day are older, the balance on it agrees."""
    BankAccount.objects.update(opening_balance_yen=16_835, opening_on=day(6, 1))
    bring(YEAR)
    assert balance().bank_difference_yen == 0


# whose file


def test_another_accounts_file_is_refused(bring):
    """A number that reads as somebody else's."""
    assert refused(bring, bank_file(YEAR, account="00180-2-687915")).code == "not_our_account"


def test_an_unknown_spelling_is_asked_and_then_remembered(bring, ours):
    """Without an answer it is refused; the account said once is enough for ever."""
    masked = "00100-*-***745"
    first = refused(bring, bank_file(YEAR[:4], account=masked)).code
    bring(bank_file(YEAR[:4], account=masked), account=ours)
    bring(bank_file(YEAR, account=masked))
    assert (first, AccountAlias.objects.get().as_written, len(stored())) == ("account_to_confirm", masked, 12)


def test_a_refused_file_leaves_no_remembered_spelling(bring, ours):
    """All or nothing: a gap undoes the alias too."""
    bring(YEAR[:4])
    refused(bring, bank_file(YEAR[7:], account="00100-*-***745"), account=ours)
    assert AccountAlias.objects.count() == 0


def test_an_account_typed_by_hand_takes_no_file(bring, now):
    """Money typed and money read would be the same money twice."""
    bank = BankAccountFactory(kind=AccountKind.OTHER_BANK, name="みどり信金", number="1234567")
    TransactionFactory(account=bank)
    assert refused(bring, bank_file(YEAR, account=""), account=bank).code == "account_is_typed"


# numbers that must not be kept


def with_number(index=2):
    return tuple(replace(row, detail_2=LABELLED) if place == index else row for place, row in enumerate(YEAR))


def test_a_number_stops_the_file_and_its_place_is_named(bring):
    """Nothing is stored; line and column are said, the number is not."""
    with pytest.raises(NationalIdRefused) as refusal:
        bring(with_number())
    found = refusal.value
    assert (found.code, found.line, found.column, "123456789018" in found.message, Transaction.objects.count()) == (
        "national_id_in_statement", 10, "詳細２", False, 0,
    )  # fmt: skip


def test_with_the_number_blanked_the_money_comes_in(bring):
    """The row keeps day and yen, is marked, and nothing of the number is stored."""
    result = bring(with_number(), blank_numbers=True)
    row = Transaction.objects.get(number_was_blanked=True)
    assert (result.new, result.statement.blanked_count, row.received_yen, row.detail_2) == (12, 1, 3000, f"マイナンバー {MARK}")


def test_blanking_is_written_into_the_refusal_register(bring, now):
    """Where and by which rule a number was refused is kept, and how often."""
    bring(with_number(), blank_numbers=True)
    found = Refusal.objects.get()
    assert (found.place, found.rule, found.count, found.by) == ("銀行の明細の詳細２", "individual_number_labelled", 1, "choubo")


def test_a_blanked_row_is_the_same_row_next_time(bring):
    """The overlapping file shows the number again: the row is known, nothing is asked, nothing added."""
    bring(with_number()[:4], blank_numbers=True)
    assert (bring(with_number()).new, Transaction.objects.count()) == (8, 12)


def test_a_doubtful_number_comes_in_as_it_is(bring):
    """Twelve bare digits may be another number; nobody is stopped, and it is not marked."""
    bring(tuple(replace(row, detail_2="123456789018") if row is YEAR[2] else row for row in YEAR))
    assert Transaction.objects.filter(number_was_blanked=True).count() == 0


def test_who_blanks_numbers_blanks_doubtful_ones_too(bring):
    """With blanking asked for, the twelve bare digits go as well."""
    bring(tuple(replace(row, detail_2="123456789018") if row is YEAR[2] else row for row in YEAR), blank_numbers=True)
    assert Transaction.objects.get(number_was_blanked=True).detail_2 == MARK


# files without balances


def without_balances(rows):
    """The same days and yen as a format tells them that knows no balance."""
    bare = [replace(row, balance_yen=None) for row in rows]
    read = read_guarded(data=bank_file(YEAR))
    statement = replace(read.statement, format="zengin_01", lines=tuple(bare), opening_yen=None, closing_yen=None)
    return replace(read, statement=statement, sha256=sha256(repr(bare).encode()).digest())


def test_without_balances_identical_rows_are_counted(ours, now):
    """Overlapping files without balances: each row once, the two equal ones of 8 May stay two, no difference is claimed."""
    for rows in (YEAR[:6], YEAR[4:]):
        import_guarded(file=without_balances(rows), at=now, by="choubo")
    assert ([row[:5] for row in stored()], balance().bank_difference_yen) == ([row[:5] for row in told(YEAR)], 0)


def test_one_account_has_one_format(bring, ours, now):
    """A file of another format for the same account would bring the same money again."""
    bring(YEAR)
    assert refused(import_guarded, file=without_balances(YEAR), at=now, by="choubo").code == "other_format"


def test_an_import_brings_the_rows_that_slips_wait_for(bring, ours):
    """A slip typed before the file hangs on its row when the row comes; the result says how many."""
    slip = SlipFactory(account=ours, day=date(2026, 10, 3), amount_yen=3000)
    result = bring(ledger(0, [(date(2026, 10, 5), 3000, "通常払込み", ""), (date(2026, 10, 6), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ")]))
    slip.refresh_from_db()
    assert (result.slips_attached, slip.transaction) == (1, Transaction.objects.get(received_yen=3000))


# cost


@pytest.mark.parametrize("rows", [1, 12])
def test_an_import_takes_the_same_queries_for_any_few_rows(bring, django_assert_num_queries, rows):
    """One row or twelve: as many queries."""
    data = bank_file(YEAR[:rows])
    with django_assert_num_queries(20):
        bring(data)


def test_the_days_of_a_file_are_not_bounded_by_the_ledgers(bring):
    """A leap day and a year's end are days like others."""
    rows = ledger(0, [(date(2024, 2, 29), 1000, "振込", "A"), (date(2024, 12, 31), 1000, "振込", "B"), (date(2025, 1, 1), 1000, "振込", "C")])
    bring(rows)
    assert stored() == told(rows)


def test_an_opening_that_an_import_found_is_no_one_elses_word(bring):
    """One row first, then the file around it: nobody typed a balance, so nothing differs."""
    bring(YEAR[2:3])
    assert bring(YEAR[:4]).new == 3
