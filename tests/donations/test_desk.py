from datetime import date, timedelta

import pytest

from donations.allocating import confirm, link_reversal
from donations.desk import desk, rows_to_show
from donations.entering import enter_cash, take_back
from donations.matching.suggestions import Pile
from donations.shares import DONATION, Share
from donations.withdrawals import withdrawals_to_ask
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def row(account, hanako):
    return TransactionFactory(account=account, received_yen=2_000, booked_on=DAY)


def paid_back(account, **facts):
    given = {"received_yen": 0, "paid_out_yen": 2_000, "detail_1": "振込", "booked_on": DAY + timedelta(7)} | facts
    return TransactionFactory(account=account, **given)


def test_a_reversal_finds_its_original(account, row):
    """Same payer, same amount, a week before."""
    paid_back(account, detail_1="組戻")
    (found,) = withdrawals_to_ask()
    assert (found.says_so, [one.transaction for one in found.originals]) == (True, [row])


def test_a_reversal_without_an_original_is_asked_about(account):
    """The words alone are reason enough."""
    paid_back(account, detail_1="組戻")
    (found,) = withdrawals_to_ask()
    assert (found.says_so, found.originals) == (True, ())


def test_a_withdrawal_that_fits_a_row_is_asked_about(account, row):
    """No word of 組戻, but the same name and amount."""
    paid_back(account)
    (found,) = withdrawals_to_ask()
    assert (found.says_so, len(found.originals)) == (False, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {"detail_2": "ﾍﾞﾂﾉ ﾋﾄ"},
        {"paid_out_yen": 1_999},
        {"booked_on": DAY - timedelta(1)},
        {"booked_on": DAY + timedelta(121)},
        {"detail_1": "料　金", "detail_2": ""},
    ],
)
def test_an_ordinary_withdrawal_is_not_asked_about(account, row, facts):
    """Another name, another amount, before, long after, or the bank's own fee."""
    paid_back(account, **facts)
    assert withdrawals_to_ask() == []


def test_another_accounts_row_is_no_original(account, row):
    """Money goes back from the account it came into."""
    paid_back(BankAccountFactory(savings=True), detail_1="組戻")
    assert withdrawals_to_ask()[0].originals == ()


def test_a_settled_withdrawal_is_not_asked_about(account, row, now):
    """Neither a linked one nor one without an original."""
    for original in (row.pk, None):
        back = paid_back(account, detail_1="組戻")
        link_reversal(withdrawal_id=back.pk, original_id=original, at=now, by="choubo")
    assert withdrawals_to_ask() == []


def test_a_correction_of_the_cash_box_is_not_asked_about(account, now):
    """It says itself what it takes back."""
    cash = BankAccountFactory(cash=True)
    entry = enter_cash(account=cash, booked_on=DAY, received_yen=500, at=now, by="choubo")
    take_back(transaction_id=entry.pk, at=now, by="choubo")
    assert withdrawals_to_ask() == []


def test_an_original_given_back_is_not_offered_again(account, row, now):
    """The second withdrawal looks for another row."""
    link_reversal(withdrawal_id=paid_back(account).pk, original_id=row.pk, at=now, by="choubo")
    paid_back(account, detail_1="組戻")
    assert withdrawals_to_ask()[0].originals == ()


def test_the_original_shows_who_has_it_now(account, row, hanako, now):
    """Linking will undo this confirmation: the person must see whose."""
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DONATION, 2_000, 2026)], at=now, by="choubo")
    paid_back(account, detail_1="組戻")
    assert [one.supporter for one in withdrawals_to_ask()[0].originals[0].transaction.live] == [hanako]


def test_every_waiting_row_lies_on_one_pile(account, row):
    """A certain row, one on behalf of somebody, a stranger and a withdrawal."""
    behalf = TransactionFactory(account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ ﾌﾞﾝ")
    stranger = TransactionFactory(account=account, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    back = paid_back(account, detail_1="振替")
    found = {pile: [one.transaction_id for one in rows] for pile, rows in desk().piles.items()}
    assert found == {Pile.CERTAIN: [row.pk], Pile.LIKELY: [behalf.pk], Pile.ASK: [back.pk, stranger.pk]}


def test_the_desk_counts_money_in_only(account, row):
    """Two rows wait; the withdrawal is no money received."""
    TransactionFactory(account=account, received_yen=1_250)
    paid_back(account, detail_1="組戻")
    found = desk()
    assert (found.waiting_rows, found.waiting_yen) == (2, 3_250)


def test_a_row_that_changed_is_looked_at_again(row):
    """It lies on the second pile with the reason."""
    (waiting,) = desk(look_again={row.pk}).piles[Pile.LIKELY]
    assert waiting.asks[0].code == "look_again"


def test_the_shown_row_carries_the_same_reasons(row):
    """What sorting found is what the person reads."""
    waiting = desk(look_again={row.pk}).piles[Pile.LIKELY]
    assert [ask.code for ask in rows_to_show(waiting)[0].asks] == ["look_again"]


def test_the_shown_rows_keep_their_order(account, row):
    """As they lie on the pile, money out and money in mixed."""
    stranger = TransactionFactory(account=account, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    back = paid_back(account, detail_1="組戻")
    waiting = list(reversed(desk().piles[Pile.ASK]))
    assert [one.transaction.pk for one in rows_to_show(waiting)] == [stranger.pk, back.pk]


def test_a_row_decided_meanwhile_is_not_shown(row, hanako, now):
    """Between sorting and drawing somebody was faster."""
    waiting = desk().piles[Pile.CERTAIN]
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DONATION, 2_000, 2026)], at=now, by="choubo")
    assert rows_to_show(waiting) == []


def test_the_digest_is_the_same_when_shown(row):
    """One row alone is judged as among all."""
    (waiting,) = desk().piles[Pile.CERTAIN]
    assert rows_to_show([waiting])[0].digest == waiting.digest


# --- the limit of expected errors


@pytest.fixture
def three_certain(account):
    """Three rows that nobody else can have paid, the commoner the name the less certain."""
    rows = []
    for name, reading, payer in (
        ("佐藤　恵", "サトウ メグミ", "ｻﾄｳ ﾒｸﾞﾐ"), ("徳本　花子", "トクモト ハナコ", "ﾄｸﾓﾄ ﾊﾅｺ"), ("井伊谷　伽羅子", "イイノヤ キャラコ", "ｲｲﾉﾔ ｷﾔﾗｺ"),
    ):  # fmt: skip
        SupporterFactory(name=name, reading=reading)
        rows.append(TransactionFactory(account=account, detail_2=payer))
    return rows


def ids(rows):
    return [row.transaction_id for row in rows]


def test_without_a_limit_nothing_is_left_out(three_certain):
    """All three are certain, and the sum is what all of them may go wrong."""
    found = desk()
    assert (found.left_out, len(found.piles[Pile.CERTAIN]), found.expected_errors == found.highest_errors) == (0, 3, True)


def test_the_least_certain_are_left_out_first(three_certain):
    """They lie at the head of 確認してください, with the reason."""
    limit = desk().highest_errors - 1e-9
    found = desk(limit_errors=limit)
    (over,) = found.piles[Pile.LIKELY]
    assert (over.transaction_id, ids(found.piles[Pile.CERTAIN]), [ask.code for ask in over.asks]) == (
        three_certain[0].pk, [row.pk for row in three_certain[1:]], ["over_limit"],
    )  # fmt: skip


def test_what_stays_is_within_the_limit(three_certain):
    """Whatever the limit, the expectation of what is confirmed together is not above it."""
    highest = desk().highest_errors
    limits = [highest * part / 4 for part in range(6)]
    found = [desk(limit_errors=limit) for limit in limits]
    assert all(one.expected_errors <= limit for one, limit in zip(found, limits, strict=True))
    assert [one.left_out for one in found] == sorted((one.left_out for one in found), reverse=True)


def test_a_limit_of_nothing_leaves_everything_out(three_certain):
    """No row is quite certain."""
    found = desk(limit_errors=0.0)
    assert (found.left_out, len(found.piles[Pile.LIKELY]), found.expected_errors) == (3, 3, 0)


def test_withdrawals_are_counted_apart(account, row):
    """So that head and tabs of the page add up."""
    paid_back(account, detail_1="組戻")
    found = desk()
    assert (found.waiting_rows, found.withdrawals, sum(map(len, found.piles.values()))) == (1, 1, 2)
