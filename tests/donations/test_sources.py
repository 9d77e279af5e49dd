"""One kind of file makes the ledger of an account; another one is compared, or takes over where it can be proved."""

from dataclasses import replace
from datetime import date

import pytest

from donations.bankfiles.mapping_roles import Role
from donations.comparing import compare_file
from donations.guarded_file import read_guarded
from donations.importing import import_statement
from donations.mapping_columns import rename_mapping, retire_mapping, save_mapping
from donations.mappings import mappings_for
from donations.models import BankStatement, Transaction
from donations.statement_preview import preview_statement
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.donations import other_bank
from tests.donations.bank_file import whole_days, year
from tests.donations.zengin_file import movements, notices
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
YEAR = tuple(replace(row, detail_2="ﾐﾄﾞﾘ") for row in year())
TODAY = date(2026, 12, 1)


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


@pytest.fixture
def bring(now):
    return lambda data, **facts: import_statement(data=data, at=now, by="choubo", **facts)


@pytest.fixture
def compare(now):
    return lambda data, **facts: compare_file(
        file=read_guarded(data=data, today=TODAY, mappings=mappings_for(data)), at=now, by="choubo", **facts
    )


def refusal(bring, data, **facts):
    with pytest.raises(Refused) as found:
        bring(data, **facts)
    return found.value.code


def csv(first, last):
    """The ゆうちょダイレクト file of these rows of the year, their days whole."""
    return whole_days(YEAR[first:last], YEAR[first].booked_on, YEAR[last - 1].booked_on)


# changing to another kind


def test_a_file_of_the_same_days_adds_nothing(ours, bring):
    """The very rows in another format are refused."""
    bring(csv(0, 8))
    assert (refusal(bring, movements(YEAR[:8])), Transaction.objects.count()) == ("other_format", 8)


def test_days_added_on_top_are_refused(ours, bring):
    """Rows for days that a file has shown whole are not added, though the balances would allow it."""
    bring(csv(0, 4))
    bring(csv(8, 12), accept_gap=True)
    assert (refusal(bring, movements(YEAR[:8])), Transaction.objects.count()) == ("other_format", 8)


def test_the_ledger_goes_on_in_another_kind(ours, bring):
    """The balance ties to the yen and the days are new: the rows are added and the change is recorded."""
    bring(csv(0, 8))
    done = bring(movements(YEAR[8:], days=(date(2026, 7, 1), YEAR[-1].booked_on)))
    assert (done.new, done.statement.format, Transaction.objects.count()) == (4, "zengin_03", 12)
    assert AuditEvent.objects.filter(action="donations.source_changed").count() == 1


def test_overlapping_days_are_proved_and_not_added(ours, bring):
    """A file that begins before the end adds only what comes after it."""
    bring(csv(0, 8))
    assert bring(movements(YEAR[4:])).new == 4


def test_a_gap_is_no_change_of_kind(ours, bring):
    """Rows are missing in between: refused, also when somebody would accept the gap."""
    bring(csv(0, 6))
    assert refusal(bring, movements(YEAR[8:]), accept_gap=True) == "other_format"


@pytest.mark.parametrize("data", [movements(YEAR[8:], balances=False), notices(YEAR[8:])])
def test_without_balances_nothing_is_proved(ours, bring, data):
    """Such a file never takes over."""
    bring(csv(0, 8))
    assert refusal(bring, data) == "other_format"


def test_after_the_change_both_kinds_fit_by_their_balances(ours, bring):
    """The new kind goes on; a file of the old one for its own days adds nothing."""
    bring(csv(0, 6))
    bring(movements(YEAR[4:9]))
    assert (bring(csv(2, 6)).new, bring(movements(YEAR[8:])).new, Transaction.objects.count()) == (0, 3, 12)


def test_after_the_change_nothing_is_counted_without_balances(ours, bring):
    """Of two kinds that word their rows differently, counting would take every row for new."""
    bring(csv(0, 6))
    bring(movements(YEAR[4:9]))
    assert refusal(bring, movements(YEAR[8:], balances=False)) == "other_format"


# taught columns


@pytest.fixture
def midori():
    return other_bank.other_bank()


def learn(account, now, name="みどり", roles=other_bank.ROLES):
    return save_mapping(account=account, name=name, titles=other_bank.TITLES, roles=[Role(role) for role in roles], at=now, by="choubo")


def test_the_same_columns_under_another_name_are_the_same_kind(midori, bring, now):
    """Renamed, or forgotten and taught again: the files go on."""
    saved = learn(midori, now)
    bring(other_bank.CSV.encode())
    rename_mapping(mapping_id=saved.pk, name="しんきん", at=now, by="choubo")
    retire_mapping(mapping_id=saved.pk, at=now, by="choubo")
    learn(midori, now)
    assert bring(other_bank.MORE.encode()).new == 1


def test_other_columns_are_another_kind(midori, bring, now):
    """Taught again without the balance: the same rows would look new."""
    saved = learn(midori, now)
    bring(other_bank.CSV.encode())
    retire_mapping(mapping_id=saved.pk, at=now, by="choubo")
    learn(midori, now, roles=("day", "unused", "paid_out", "received", "unused", "detail_1"))
    assert (refusal(bring, other_bank.MORE.encode()), Transaction.objects.count()) == ("other_format", 3)


# the comparison


def test_the_comparison_says_what_is_the_same(ours, bring, compare):
    """Eight rows of each, equal in day and amount."""
    bring(csv(0, 8))
    found = compare(movements(YEAR[:8])).as_json()
    assert (found["from"], found["to"], found["same"], found["only_ledger"], found["only_file"], found["difference_yen"]) == (
        "2026-04-03", "2026-06-30", 8, [], [], 0,
    )  # fmt: skip
    assert found["meaning"] == ["2026年4月3日から2026年6月30日まで、ファイルと帳簿の行は、日と金額がすべて同じです(8行)。抜けも余分もありません。"]


def test_the_comparison_names_each_row_that_differs(ours, bring, compare):
    """A row the ledger lacks, and one that the file lacks; the sums of both."""
    bring(whole_days(YEAR[:8], YEAR[0].booked_on, YEAR[7].booked_on))
    other = [replace(row, received_yen=2500, balance_yen=0) if row is YEAR[2] else row for row in YEAR[:8]]
    found = compare(movements(other, balances=False)).as_json()
    assert (found["only_file"], [row["amount_yen"] for row in found["only_ledger"]]) == (
        [{"line": 4, "date": "2026-04-20", "amount_yen": 2500}], [3000],
    )  # fmt: skip
    assert (found["ledger"], found["file"], found["difference_yen"]) == (
        {"received_yen": 15_000, "paid_out_yen": 165}, {"received_yen": 14_500, "paid_out_yen": 165}, -500,
    )  # fmt: skip


def test_a_notice_of_transfers_lacks_the_withdrawals(ours, bring, compare):
    """That is said, so that nobody looks for a mistake."""
    bring(csv(0, 8))
    found = compare(notices(YEAR[:8]))
    assert ([row.amount_yen for row in found.only_ledger], "振込入金通知には" in "".join(found.meaning)) == ([-165], True)


def test_the_comparison_writes_only_that_it_was_made(ours, bring, compare):
    """One event; rows and files stay."""
    bring(csv(0, 8))
    before = (Transaction.objects.count(), BankStatement.objects.count(), AuditEvent.objects.count())
    compare(movements(YEAR[:8]))
    assert (Transaction.objects.count(), BankStatement.objects.count(), AuditEvent.objects.count()) == (before[0], before[1], before[2] + 1)
    assert AuditEvent.objects.latest("pk").action == "donations.formats_compared"


def test_a_file_for_cash_is_refused_as_ever(bring):
    """The cash box has no file of a bank."""
    BankAccountFactory()
    cash = BankAccountFactory(cash=True)
    assert refusal(bring, movements(YEAR[:8]), account=cash) == "cash_has_no_file"


def test_the_preview_knows_the_kind(ours, bring):
    """Nothing can be imported from a file of another kind for the same days."""
    bring(csv(0, 8))
    found = preview_statement(data=movements(YEAR[:8]), today=TODAY)
    assert (found.source, found.can_import) == ("other", False)
