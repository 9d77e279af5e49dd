"""A row is matched by the slips that hang on it; confirming learns the slip's name; undoing keeps the slip."""

from datetime import date

import pytest

from donations.allocating import confirm, undo
from donations.bank_lines import line_of, whole_slip
from donations.matching.suggestions import Pile
from donations.models import Allocation, Slip, Transaction
from donations.new_payer import facts_in
from donations.reconciling import reconcile_certain
from donations.shares import DONATION, DUES, Share
from donations.slips import slips_of
from donations.suggestions import suggest
from members.models import NameOrigin, PayerName
from tests.factories.donations import SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    FeeRateFactory()
    return AssociationFactory()


@pytest.fixture
def hanako(house):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def ichiro(house):
    return SupporterFactory(name="佐伯　一郎", reading="サエキ イチロウ")


def nameless(yen=1000, **facts):
    return TransactionFactory(received_yen=yen, detail_1="通常払込み", detail_2="", **facts)


def answer_of(row):
    (answer,) = suggest(Transaction.objects.unreconciled().filter(pk=row.pk))
    return answer


def learned():
    names = PayerName.objects.filter(origin=NameOrigin.LEARNED).order_by("pk")
    return list(names.values_list("as_written", "supporter_id", "confirmed_count", "blocked_for_auto"))


# one slip that covers its row


def test_a_row_without_a_name_is_asked_about(hanako):
    """Before its slip is typed nobody can know."""
    row = nameless()
    answer = answer_of(row)
    assert (answer.pile, answer.candidates, answer.waits_for_slips) == (Pile.ASK, (), True)


@pytest.mark.parametrize(
    "words", [{"payer_name": "徳本 花子", "kana": ""}, {"payer_name": "", "kana": "とくもと はなこ"}, {"payer_name": "德本花子"}]
)
def test_a_row_is_matched_by_the_name_on_its_slip(hanako, words):
    """By the name, by the reading alone, or by either."""
    row = nameless()
    SlipFactory(transaction=row, **words)
    answer = answer_of(row)
    assert (answer.pile, [one.person.id for one in answer.candidates], answer.waits_for_slips) == (Pile.CERTAIN, [hanako.pk], False)


def test_a_slip_of_a_part_alone_does_not_decide(hanako):
    """¥1,000 of ¥3,000: somebody else's slips are to come."""
    row = nameless(3000)
    SlipFactory(transaction=row, amount_yen=1000)
    answer = answer_of(row)
    assert (answer.pile, answer.is_shared_by_slips, answer.waits_for_slips) == (Pile.LIKELY, False, True)
    assert "残りの2,000円の払込票がまだです" in answer.asks[0].sentence


def test_the_number_on_the_slip_tells_namesakes_apart(hanako):
    """Its own box is as good as words in the message."""
    SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")
    row = nameless()
    slip = SlipFactory(transaction=row)
    before = answer_of(row).pile
    Slip.objects.filter(pk=slip.pk).update(supporter_number=hanako.number)
    after = answer_of(row)
    assert (before, after.pile, after.candidates[0].person.id) == (Pile.ASK, Pile.CERTAIN, hanako.pk)


@pytest.mark.parametrize(("box", "kind"), [("phone", "phone"), ("postal_code", "postcode")])
def test_phone_and_postcode_are_read_from_their_boxes(hanako, box, kind):
    """Written in any width, with or without hyphens; what cannot be read is left out."""
    row = nameless()
    written = {"phone": ("０３−００００−１２３４", "0300001234"), "postal_code": ("〒123-4567", "1234567")}[box]
    SlipFactory(transaction=row, **{box: written[0]})
    slip = Slip.objects.get()
    whole = line_of(row, slip).identifiers
    setattr(slip, box, "12")
    assert (whole, line_of(row, slip).identifiers) == (((kind, written[1]),), ())


def test_a_blanked_slip_says_nothing(hanako):
    """Its row is matched by what the bank says, which is nothing."""
    row = nameless()
    SlipFactory(transaction=row, payer_name="", kana="", text_was_erased=True)
    assert line_of(row, whole_slip(slips_of([row])[row.pk])).payer_text == ""


def test_a_withdrawn_slip_says_nothing(hanako, now):
    """The row has no name again."""
    row = nameless()
    SlipFactory(withdrawn_at=now)
    assert answer_of(row).pile is Pile.ASK


# a daily sum


@pytest.fixture
def day_sum(hanako, ichiro):
    """¥5,000: ¥2,000 of 花子 and ¥3,000 of 一郎."""
    row = nameless(5000)
    SlipFactory(transaction=row, amount_yen=2000)
    SlipFactory(transaction=row, amount_yen=3000, payer_name="佐伯 一郎", kana="サエキ イチロウ")
    return row


def test_a_daily_sum_is_shared_out_by_its_slips(day_sum, hanako, ichiro):
    """Each slip is matched by itself, and the row is certain, since both are and they cover it."""
    answer = answer_of(day_sum)
    assert (answer.pile, answer.is_shared_by_slips, answer.candidates) == (Pile.CERTAIN, True, ())
    assert [(one.supporter_id, one.purpose, one.amount_yen, one.units) for one in answer.shares] == [
        (hanako.pk, DUES, 2000, 2), (ichiro.pk, DUES, 3000, 3),
    ]  # fmt: skip


def test_one_unknown_slip_leaves_the_whole_row_to_a_person(day_sum):
    """Nobody is credited with what another paid."""
    Slip.objects.filter(amount_yen=3000).update(payer_name="見知らぬ 人", kana="ミシラヌ ヒト")
    answer = answer_of(day_sum)
    assert (answer.pile, answer.is_shared_by_slips) == (Pile.ASK, False)


def test_two_slips_of_one_name_are_looked_at(day_sum):
    """They may be of two people."""
    Slip.objects.filter(amount_yen=3000).update(payer_name="徳本 花子", kana="トクモト ハナコ")
    answer = answer_of(day_sum)
    assert (answer.pile, [ask.code for ask in answer.asks]) == (Pile.LIKELY, ["slips_twice"])


def test_a_row_decided_in_part_is_not_shared_out_by_slips(day_sum, hanako, now):
    """Nobody can tell whose slip the open yen are."""
    confirm(transaction_id=day_sum.pk, shares=[Share(hanako.pk, DONATION, 2000, 2026)], at=now, by="choubo")
    answer = answer_of(day_sum)
    assert (answer.pile, answer.shares) == (Pile.LIKELY, ())


def test_certain_daily_sums_are_confirmed_with_the_others(day_sum, hanako, ichiro, now):
    """The button for all certain rows writes both payments."""
    reconcile_certain(at=now, by="choubo")
    found = Allocation.objects.live().order_by("amount_yen").values_list("transaction_id", "supporter_id", "amount_yen")
    assert list(found) == [(day_sum.pk, hanako.pk, 2000), (day_sum.pk, ichiro.pk, 3000)]


@pytest.mark.parametrize("count", [1, 3])
def test_slips_cost_the_same_for_any_number_of_rows(hanako, ichiro, django_assert_num_queries, count):
    """Whole slips and daily sums, one row of each or three."""
    for _ in range(count):
        SlipFactory(transaction=nameless())
        row = nameless(3000)
        SlipFactory(transaction=row, amount_yen=1000)
        SlipFactory(transaction=row, amount_yen=2000, payer_name="佐伯 一郎")
    with django_assert_num_queries(23):
        suggest(Transaction.objects.unreconciled())


# learning


def test_confirming_learns_the_name_on_the_slip(hanako, now):
    """Not the empty text of the bank."""
    row = nameless()
    SlipFactory(transaction=row, payer_name="徳本 はな", kana="")
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DONATION, 1000, 2026)], at=now, by="choubo")
    assert learned() == [("徳本 はな", hanako.pk, 1, False)]


def test_confirming_a_daily_sum_learns_each_name(day_sum, hanako, ichiro, now):
    """The yen say whose slip is whose."""
    reconcile_certain(at=now, by="choubo")
    assert learned() == [("徳本 花子", hanako.pk, 1, False), ("佐伯 一郎", ichiro.pk, 1, False)]


def test_slips_of_the_same_yen_teach_nothing(hanako, ichiro, now):
    """Which of them paid which cannot be told from the row."""
    row = nameless(4000)
    SlipFactory(transaction=row, amount_yen=2000)
    SlipFactory(transaction=row, amount_yen=2000, payer_name="佐伯 一郎")
    shares = [Share(one.pk, DONATION, 2000, 2026) for one in (hanako, ichiro)]
    confirm(transaction_id=row.pk, shares=shares, at=now, by="choubo")
    assert learned() == []


def test_undoing_keeps_the_slip_and_weakens_its_name(hanako, now):
    """The next row of this name is asked about."""
    row = nameless()
    slip = SlipFactory(transaction=row, payer_name="徳本 はな", kana="")
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DONATION, 1000, 2026)], at=now, by="choubo")
    undo(transaction_id=row.pk, at=now, by="choubo")
    slip.refresh_from_db()
    assert (slip.transaction, learned()) == (row, [("徳本 はな", hanako.pk, 0, True)])


# a new supporter


def test_a_new_supporter_begins_with_what_is_on_the_slip(house):
    """Name, reading, postcode, address, phone."""
    row = nameless(booked_on=date(2026, 10, 3))
    slip = SlipFactory(
        transaction=row, payer_name="山﨑 恵", kana="ヤマザキ メグミ", postal_code="123-4567", address="東京都みどり市1-2", phone="03-0000-1234"
    )
    found = facts_in(row, slip)
    assert {name: found[name] for name in ("name", "reading", "postal_code", "prefecture", "address", "phone")} == {
        "name": "山﨑 恵", "reading": "ヤマザキ メグミ", "postal_code": "123-4567", "prefecture": "東京都",
        "address": "みどり市1-2", "phone": "03-0000-1234",
    }  # fmt: skip
