"""The ledger of earlier years: what it teaches, and what is refused."""

from datetime import date

import pytest

from donations.history_file import read_history
from donations.history_preview import preview_history
from donations.importing_history import import_history
from donations.models import Allocation, PastPayment, Transaction
from members.errors import RowsRefused
from members.models import NameOrigin, PayerName
from privacy.check_digits import is_individual_number
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db
HEADERS = "日付,金額,払込人名,通信欄,支援者番号"


@pytest.fixture(autouse=True)
def house():
    return AssociationFactory()


@pytest.fixture
def hanako():
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def ledger(*rows, headers=HEADERS, encoding="utf-8-sig"):
    return {"data": "\r\n".join([headers, *rows]).encode(encoding), "file_name": "2025.csv"}


def learned():
    return PayerName.objects.filter(origin=NameOrigin.LEARNED)


def test_a_row_teaches_the_payer_name(hand, hanako):
    """Name, day and whole text, as a confirmation would."""
    import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ ｶｲﾋ,,{hanako.number}"), **hand)
    assert learned().values_list("key", "supporter", "confirmed_count", "last_confirmed_on", "last_text").get() == (
        "トクモトヨシエ", hanako.pk, 1, date(2025, 5, 10), "ﾄｸﾓﾄ ﾖｼｴ ｶｲﾋ",
    )  # fmt: skip


def test_day_and_yen_are_kept(hand, hanako):
    """So that the next payment can be compared; under the learned name."""
    import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"), **hand)
    assert PastPayment.objects.values_list("booked_on", "amount_yen", "name__supporter", "supporter").get() == (
        date(2025, 5, 10), 3_000, hanako.pk, None,
    )  # fmt: skip


def test_no_money_is_booked(hand, hanako):
    """The books of earlier years are closed."""
    import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"), **hand)
    assert (Transaction.objects.count(), Allocation.objects.count()) == (0, 0)


def test_the_same_file_again_teaches_nothing(hand, hanako):
    """Two equal rows of a day stay two; the second import finds both."""
    file = ledger(*[f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"] * 2, "2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,", "2025-05-12,700,,,")
    first, second = import_history(**file, **hand), import_history(**file, **hand)
    assert (first.new, second.new, second.known, learned().get(supporter=hanako).confirmed_count) == (4, 0, 4, 2)


def test_a_longer_file_teaches_its_new_rows(hand, hanako):
    """The ledger grew by a row since."""
    row = f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"
    import_history(**ledger(row), **hand)
    assert import_history(**ledger(row, f"2025-06-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"), **hand).new == 1


def test_a_row_of_our_own_ledger_is_known(hand, hanako):
    """What the bank's file brought is not learned a second time."""
    TransactionFactory(booked_on=date(2025, 5, 10), received_yen=3_000, detail_2="ﾄｸﾓﾄ ﾖｼｴ")
    result = import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"), **hand)
    assert (result.new, result.known) == (0, 1)


def test_an_empty_number_is_nobody_of_ours(hand):
    """A one-off giver."""
    import_history(**ledger("2025-05-10,500,ﾐｼﾗﾇ ﾋﾄ,,"), **hand)
    assert learned().values_list("key", "supporter").get() == ("ミシラヌヒト", None)


@pytest.mark.parametrize("between", ["|", "、", "，", "・", " ", "/"])
def test_several_numbers_paid_together(hand, hanako, between):
    """One group of two, however the numbers are put beside each other."""
    taro = SupporterFactory(name="徳本　太郎")
    numbers = between.join([hanako.number, taro.number])
    file = ledger(f'2025-05-10,4000,徳本太郎・花子,,"{numbers}"')
    import_history(**file, **hand)
    assert set(learned().values_list("supporter", "joint_group")) == {(hanako.pk, 1), (taro.pk, 1)}
    assert import_history(**file, **hand).new == 0


def test_an_older_number_means_the_same_person(hand):
    """支援者番号 of the list they brought along is 前の番号 here."""
    old = SupporterFactory(legacy_number="A-17")
    import_history(**ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,,a-17".replace("a", "Ａ")), **hand)
    assert learned().get().supporter == old


def test_a_number_may_have_lost_its_zeros(hand, hanako):
    """Excel wrote 00013 as 13."""
    old = SupporterFactory(legacy_number="000456")
    import_history(**ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,,456"), **hand)
    assert learned().get().supporter == old


def test_an_unknown_number_is_refused_with_its_place(hand):
    """Line, column, what was found; nothing is learned of the good rows either."""
    with pytest.raises(RowsRefused) as refusal:
        import_history(**ledger("2025-05-10,500,ﾐｼﾗﾇ ﾋﾄ,,", "2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,,99999"), **hand)
    (problem,) = refusal.value.problems
    assert (problem.line, problem.column, "99999" in problem.message, learned().count()) == (3, "支援者番号", True, 0)


def test_every_bad_cell_is_named(hand):
    """Day and amount of one row, the amount of another."""
    with pytest.raises(RowsRefused) as refusal:
        import_history(**ledger("きのう,たくさん,ﾄｸﾓﾄ ﾖｼｴ,,", "2025-05-10,0,ﾄｸﾓﾄ ﾖｼｴ,,"), **hand)
    assert [(one.line, one.column) for one in refusal.value.problems] == [(2, "日付"), (2, "金額"), (3, "金額")]


def test_a_number_in_a_note_is_refused(hand):
    """Where it stands is said; the number is not."""
    with pytest.raises(RowsRefused) as refusal:
        import_history(**ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,マイナンバー 123456789018,"), **hand)
    (problem,) = refusal.value.problems
    assert (problem.line, problem.column, "123456789018" in problem.message) == (2, "通信欄", False)


def test_a_number_in_a_name_can_be_blanked(hand):
    """Asked for, the row is taken without it."""
    file = ledger("2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ 個人番号123456789018,,")
    result = import_history(**file, blank_numbers=True, **hand)
    stored = " ".join(learned().values_list("key", "as_written", "last_text").get())
    assert (result.blanked, result.new, "123456789018" in stored) == (1, 1, False)


def test_a_column_of_such_numbers_refuses_the_file(hand):
    """Whatever its header; also one that would not be read."""
    numbers = [f"{n:011d}" for n in range(20_000_000_001, 20_000_000_004)]
    valid = [next(number + str(d) for d in range(10) if is_individual_number(number + str(d))) for number in numbers]
    rows = [f"2025-05-10,500,ﾄｸﾓﾄ ﾖｼｴ,,,{one}" for one in valid]
    with pytest.raises(NationalIdRefused):
        import_history(**ledger(*rows, headers=HEADERS + ",整理"), **hand)


def test_cp932_and_other_header_words_are_read(hand, hanako):
    """取引日, 入金額（円）, ご依頼人 and ＮＦＫＣ width; two lines of title above."""
    title = ["みずうみの会　入金の記録,,,", ",,,"]
    file = "\r\n".join([*title, "取引日,入金額（円）,ご依頼人,会員番号", f'R7.5.10,"3,000円",ﾄｸﾓﾄ ﾖｼｴ,{hanako.number}'])
    import_history(data=file.encode("cp932"), file_name="l.csv", **hand)
    assert PastPayment.objects.values_list("booked_on", "amount_yen").get() == (date(2025, 5, 10), 3_000)


def test_money_out_and_the_bank_s_own_rows_are_passed_over(hand):
    """A fee, a 組戻 and a withdrawal are nobody's gift."""
    file = ledger(
        "2025-05-10,165,手数料,,,", "2025-05-11,3000,組戻 ﾄｸﾓﾄ ﾖｼｴ,,,", "2025-05-12,,ｲﾝｻﾂﾀﾞｲ,,,8000", headers=HEADERS + ",出金"
    )
    result = import_history(**file, **hand)
    assert (result.new, result.passed_over, read_history(**file).paid_out) == (0, 2, 1)


def test_a_missing_column_is_named():
    """And what was found instead."""
    with pytest.raises(Refused) as refusal:
        read_history("日付,金額,名前\r\n2025-05-10,500,ﾄｸﾓﾄ".encode(), "l.csv")
    assert (refusal.value.code, refusal.value.column, "名前" in refusal.value.message) == ("missing_column", "払込人名", True)


def test_two_columns_of_one_meaning_are_refused():
    """金額 and 入金額: nobody can say which one is meant."""
    with pytest.raises(Refused) as refusal:
        read_history((HEADERS + ",入金額\r\n2025-05-10,500,ﾄｸﾓﾄ,,,500").encode(), "l.csv")
    assert refusal.value.code == "repeated_column"


def test_columns_that_are_not_read_are_named():
    """Nothing of them is kept."""
    assert read_history((HEADERS + ",残高,担当\r\n2025-05-10,500,ﾄｸﾓﾄ,,,9,x").encode(), "l.csv").unread == ("残高", "担当")


def test_the_preview_counts_and_writes_nothing(hanako):
    """Two payers of ours, one stranger."""
    file = ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}", "2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,,")
    preview = preview_history(read_history(**file))
    assert (len(preview.new), preview.strangers, preview.supporters, PastPayment.objects.count()) == (2, 1, 1, 0)


def test_the_audit_trail_counts_and_names_nobody(hand, hanako):
    """How many payments taught."""
    import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}"), **hand)
    event = AuditEvent.objects.get(action="donations.history_imported")
    assert (event.count, event.subject_id) == (1, None)


def test_erasing_the_supporter_erases_what_was_learned(hand, hanako):
    """Names and payments of earlier years go with the supporter."""
    import_history(**ledger(f"2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,,{hanako.number}", f"2025-05-10,3000,,,{hanako.number}"), **hand)
    hanako.delete()
    assert (learned().count(), PastPayment.objects.count()) == (0, 0)


def test_before_the_group_is_set_up_nothing_is_learned(hand, house):
    """First 会の設定."""
    house.delete()
    with pytest.raises(Refused) as refusal:
        import_history(**ledger("2025-05-10,500,ﾐｼﾗﾇ ﾋﾄ,,"), **hand)
    assert refusal.value.code == "not_set_up"
