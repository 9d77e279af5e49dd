from datetime import date

import pytest

from donations.allocating import confirm
from donations.matching.suggestions import Pile
from donations.models import Transaction
from donations.shares import DONATION, DUES, Share
from donations.suggestions import suggest, suggest_all
from members.models import FiscalYearRule, NameOrigin, SplitRule, SupporterState
from tests.conftest import NOW
from tests.factories.donations import AllocationFactory, ReconcileBatchFactory, TransactionFactory
from tests.factories.members import (
    AssociationFactory,
    BankAccountFactory,
    FeeRateFactory,
    MembershipTermFactory,
    PayerNameFactory,
    SupporterFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return AssociationFactory()


@pytest.fixture
def account():
    return BankAccountFactory()


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def group():
    return SupporterFactory(organisation=True, name="特定非営利活動法人みどりの風", reading="ミドリノカゼ")


def answer(**facts):
    TransactionFactory(account=facts.pop("account", None) or BankAccountFactory(), **facts)
    return suggest(Transaction.objects.unreconciled())[-1]


def codes(row):
    return [ask.code for ask in row.asks]


def test_the_one_supporter_with_this_name_is_certain(hanako):
    """Half-width kana of the bank, the reading of the register, whole units."""
    row = answer(received_yen=2_000, detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert (row.pile, row.shares) == (Pile.CERTAIN, (Share(hanako.pk, DUES, 2_000, 2026, 2),))


def test_a_certain_row_has_nothing_to_ask(hanako):
    """Nothing stands against it."""
    assert answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ").asks == ()


def test_three_thousand_of_an_organisation_are_one_unit(group):
    """The kind of the matched supporter decides how the yen are read."""
    assert answer(received_yen=3_000, detail_2="ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｾﾞ").shares == (Share(group.pk, DUES, 3_000, 2026, 1),)


def test_three_thousand_of_a_stranger_are_asked_about():
    """Nobody can say whether they are three individual units or one of an organisation."""
    row = answer(received_yen=3_000, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    assert (row.pile, "two_readings" in codes(row)) == (Pile.ASK, True)


def test_namesakes_are_never_certain(hanako):
    """Two supporters with one reading: a person decides."""
    SupporterFactory(name="徳元　華子", reading="トクモト ハナコ")
    assert answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ").pile == Pile.ASK


def test_an_odd_amount_is_no_obstacle_to_a_rare_name(hanako):
    """¥1,250 are neither whole units nor what was given last time: evidence, not a condition."""
    assert answer(received_yen=1_250, detail_2="ﾄｸﾓﾄ ﾊﾅｺ").pile == Pile.CERTAIN


def test_a_common_name_alone_is_not_certain_enough():
    """With the confidence at 0.999, a name that many people have wants a look."""
    AssociationFactory().__class__.objects.update(auto_confidence=0.999)
    SupporterFactory(name="佐藤　清", reading="サトウ キヨシ")
    row = answer(received_yen=1_250, detail_2="ｻﾄｳ ｷﾖｼ")
    assert (row.pile, codes(row)) == (Pile.LIKELY, ["not_sure"])


def test_amount_alone_never_decides(account, hanako):
    """The very yen of last time from a payer nobody knows: asked."""
    AllocationFactory(
        transaction=TransactionFactory(account=account, received_yen=1_234, booked_on=date(2025, 4, 10)), supporter=hanako
    )
    assert answer(account=account, received_yen=1_234, detail_2="ﾐｼﾗﾇ ﾋﾄ").pile == Pile.ASK


def test_the_last_payment_is_shown(account, hanako):
    """The newest of two payments, all shares of it together."""
    older = TransactionFactory(account=account, booked_on=date(2024, 4, 10), received_yen=9_000)
    newer = TransactionFactory(account=account, booked_on=date(2025, 4, 10), received_yen=1_250)
    batch = ReconcileBatchFactory()
    AllocationFactory(transaction=newer, supporter=hanako, batch=batch, amount_yen=1_000)
    AllocationFactory(transaction=newer, supporter=hanako, batch=batch, amount_yen=250)
    AllocationFactory(transaction=older, supporter=hanako, batch=batch)
    person = answer(account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ").candidates[0].person
    assert (person.last_paid_on, person.last_amount_yen) == (date(2025, 4, 10), 1_250)


def test_an_undone_payment_is_no_history(account, hanako, now):
    """What was taken back did not happen."""
    AllocationFactory(
        transaction=TransactionFactory(account=account, received_yen=1_250),
        supporter=hanako,
        undone_at=now,
    )
    rows = suggest(Transaction.objects.unreconciled())
    assert rows[0].candidates[0].person.last_amount_yen is None


def test_a_supporter_who_left_is_not_certain(hanako):
    """Money of somebody who left wants a look."""
    hanako.state = SupporterState.LEFT
    hanako.save()
    assert answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ").pile == Pile.LIKELY


def test_a_learned_name_is_certain(hanako):
    """The mother pays for 花子: learned once, known from then on."""
    PayerNameFactory(supporter=hanako, as_written="ﾄｸﾓﾄ ﾖｼｴ")
    assert answer(detail_2="ﾄｸﾓﾄ ﾖｼｴ").shares == (Share(hanako.pk, DUES, 1_000, 2026, 1),)


def test_a_blocked_name_is_not_certain(hanako):
    """An undo blocks the name until somebody confirms it anew."""
    hanako.payer_names.update(blocked_for_auto=True)
    row = answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert (row.pile, codes(row)) == (Pile.LIKELY, ["blocked"])


def test_an_undone_name_is_no_reason(hanako):
    """What was learned by mistake and undone suggests nobody."""
    PayerNameFactory(supporter=hanako, as_written="ﾔﾏﾀﾞ ｼﾞﾛｳ", confirmed_count=0, blocked_for_auto=True)
    assert answer(detail_2="ﾔﾏﾀﾞ ｼﾞﾛｳ").candidates == ()


def test_a_known_couple_shares_the_money(account, hanako):
    """A joint name learned for two stands for both: equal parts."""
    taro = SupporterFactory(name="徳本　太郎", reading="トクモト タロウ")
    for one in (hanako, taro):
        PayerNameFactory(supporter=one, as_written="ﾄｸﾓﾄ ﾌｳﾌ", joint_group=1, origin=NameOrigin.LEARNED)
    row = answer(account=account, received_yen=2_000, detail_2="ﾄｸﾓﾄ ﾌｳﾌ")
    assert row.shares == (Share(hanako.pk, DUES, 1_000, 2026, 1), Share(taro.pk, DUES, 1_000, 2026, 1))


def test_all_donation_is_the_groups_choice(house, hanako):
    """Under 「ぜんぶカンパ」 the units are not counted."""
    house.split_rule = SplitRule.ALL_DONATION
    house.save()
    assert answer(received_yen=2_000, detail_2="ﾄｸﾓﾄ ﾊﾅｺ").shares == (Share(hanako.pk, DONATION, 2_000, 2026),)


def test_each_row_has_the_price_of_its_day(account, hanako):
    """A unit costs ¥1,500 from 2026-10-01: March buys two units of ¥1,000, November two of ¥1,500."""
    FeeRateFactory(unit_price_yen=1_500, valid_from=date(2026, 10, 1))
    TransactionFactory(account=account, received_yen=2_000, booked_on=date(2026, 5, 1))
    TransactionFactory(account=account, received_yen=3_000, booked_on=date(2026, 11, 1))
    rows = suggest(Transaction.objects.unreconciled().order_by("booked_on"))
    assert [share.unit_price_yen for row in rows for share in row.shares] == [1_000, 1_500]


def test_a_kind_without_a_price_is_asked_about(account, hanako):
    """Before the first price of this kind the program does not decide alone."""
    row = answer(account=account, booked_on=date(1999, 5, 1), detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert (row.pile, "no_price" in codes(row)) == (Pile.LIKELY, True)


def test_a_row_decided_in_part_is_asked_about(account, hanako):
    """¥1,000 of ¥3,000 went to another: the rest of ¥2,000 wants a look."""
    row = TransactionFactory(account=account, received_yen=3_000)
    AllocationFactory(transaction=row, amount_yen=1_000)
    found = suggest(Transaction.objects.unreconciled())[0]
    assert (found.pile, found.open_yen, codes(found)) == (Pile.LIKELY, 2_000, ["part_decided"])


def test_first_unpaid_year_is_read_from_the_terms(house, hanako):
    """2026 is paid: under this rule the next dues are for 2027."""
    house.fiscal_year_rule = FiscalYearRule.FIRST_UNPAID
    house.save()
    MembershipTermFactory(supporter=hanako, fiscal_year=2026)
    assert answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ").shares[0].fiscal_year == 2027


def test_two_rows_of_one_supporter_wait_under_first_unpaid(house, account, hanako):
    """Which of them is for which year depends on the order: a person decides."""
    house.fiscal_year_rule = FiscalYearRule.FIRST_UNPAID
    house.save()
    TransactionFactory.create_batch(2, account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert [row.pile for row in suggest_all()] == [Pile.LIKELY, Pile.LIKELY]


def test_two_rows_of_one_supporter_are_both_certain_by_day(account, hanako):
    """Under the usual rule each counts for the year of its day."""
    TransactionFactory.create_batch(2, account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert [row.pile for row in suggest_all()] == [Pile.CERTAIN, Pile.CERTAIN]


def test_the_number_on_the_slip_decides_between_namesakes(hanako):
    """Her own number beside the name is what two of one name are told apart by."""
    SupporterFactory(name="徳元　華子", reading="トクモト ハナコ")
    row = answer(detail_2="ﾄｸﾓﾄ ﾊﾅｺ", message=f"支援者番号 {hanako.number}")
    assert (row.candidates[0].person.id, row.pile) == (hanako.pk, Pile.CERTAIN)


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_takes_a_fixed_number_of_queries(account, django_assert_num_queries, count):
    """One row and three rows of known payers cost the same."""
    for n in range(count):
        SupporterFactory(name=f"見本　{'一二三'[n]}", reading=f"ミホン {'アイウ'[n]}")
        TransactionFactory(account=account, detail_2=f"ﾐﾎﾝ {'ｱｲｳ'[n]}")
    with django_assert_num_queries(21):
        suggest(Transaction.objects.unreconciled())


def test_a_number_of_somebody_else_is_never_certain(account, hanako):
    """Her name with his number: asked, with the reason."""
    SupporterFactory(name="徳本　太郎", reading="トクモト タロウ", legacy_number="7788")
    row = answer(account=account, detail_2="7788 ﾄｸﾓﾄ ﾊﾅｺ")
    assert (row.pile, "number_conflict" in codes(row)) == (Pile.ASK, True)


def test_a_joint_payment_that_was_not_learned_is_never_certain(account, hanako):
    """Two names on one row: whose it is, a person says."""
    SupporterFactory(name="徳本　太郎", reading="トクモト タロウ")
    assert answer(account=account, detail_2="徳本 太郎・花子").pile != Pile.CERTAIN


def test_who_is_known_to_be_nobody_is_never_certain(account, hanako):
    """The name was learned as that of a one-off giver, and a supporter has it too."""
    PayerNameFactory(supporter=None, as_written="ﾄｸﾓﾄ ﾊﾅｺ")
    row = answer(account=account, detail_2="ﾄｸﾓﾄ ﾊﾅｺ")
    assert (row.pile, "known_nobody" in codes(row)) == (Pile.ASK, True)


def test_a_reversal_is_never_certain(account, hanako):
    """組戻 with her name and money in."""
    assert answer(account=account, detail_1="組戻", detail_2="ﾄｸﾓﾄ ﾊﾅｺ").pile == Pile.ASK


def test_a_guessed_reading_suggests_but_is_never_certain(account):
    """A supporter without フリガナ is found by kana; a person confirms the first time."""
    hiroko = SupporterFactory(name="高橋　裕子", reading="")
    row = answer(account=account, detail_2="ﾀｶﾊｼ ﾋﾛｺ")
    assert (row.pile != Pile.CERTAIN, [one.person.id for one in row.candidates]) == (True, [hiroko.pk])


def test_after_the_first_confirmation_the_guess_is_certain(account):
    """The transfer verified the reading."""
    hiroko = SupporterFactory(name="高橋　裕子", reading="")
    first = answer(account=account, detail_2="ﾀｶﾊｼ ﾋﾛｺ")
    confirm(transaction_id=first.transaction.pk, shares=first.candidates[0].shares, at=NOW, by="choubo")
    again = answer(account=account, detail_2="ﾀｶﾊｼ ﾋﾛｺ")
    assert (again.pile, again.payers[0].id) == (Pile.CERTAIN, hiroko.pk)
