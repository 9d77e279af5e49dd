"""What the treasurer says of the columns becomes a mapping, or a sentence that says what to change."""

import pytest

from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.mapping_roles import Role, UnusableMapping, mapping_of, suggested

ANSER = (
    "照会口座", "番号", "勘定日", "(起算日)", "出金金額(円)", "入金金額(円)", "小切手区分", "残高(円)", "取引区分", "明細区分",
    "金融機関名", "支店名", "摘要",
)  # fmt: skip


def test_the_titles_of_anser_are_understood():
    """Day, money in and out, balance, kind and payer; the rest is left alone."""
    roles = dict(zip(ANSER, suggested(ANSER), strict=True))
    assert {title: role for title, role in roles.items() if role is not Role.UNUSED} == {
        "勘定日": Role.DAY,
        "出金金額(円)": Role.PAID_OUT,
        "入金金額(円)": Role.RECEIVED,
        "残高(円)": Role.BALANCE,
        "取引区分": Role.DETAIL_1,
        "摘要": Role.DETAIL_2,
    }


def test_a_number_of_the_bank_is_no_amount():
    """入出金明細ＩＤ holds 入金 and 出金 in part and is neither."""
    assert suggested(["入出金明細ＩＤ", "うち他店券入金"]) == [Role.UNUSED, Role.UNUSED]


def test_no_role_is_suggested_twice():
    """Of two columns of days the first is taken."""
    assert suggested(["取引日", "取引日(和暦)"]) == [Role.DAY, Role.UNUSED]


def test_the_roles_become_the_mapping():
    """Titles under their fields, the whole header kept."""
    made = mapping_of(
        ["年", "月", "日", "金額", "別", "名前", ""],
        [Role.YEAR, Role.MONTH, Role.DAY_OF_MONTH, Role.AMOUNT, Role.DIRECTION, Role.DETAIL_2, Role.UNUSED],
        name="組合", day_form=DayForm.SHORT_REIWA, words_in=("受",), words_out=("払",), number=3,
    )  # fmt: skip
    assert made == ColumnMapping(
        name="組合", day=("年", "月", "日"), amount="金額", direction="別", words_in=("受",), words_out=("払",), detail_2="名前",
        day_form=DayForm.SHORT_REIWA, header=("年", "月", "日", "金額", "別", "名前", ""), number=3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "roles", "words"),
    [
        (["A", "B"], [Role.UNUSED, Role.RECEIVED], "日付の列がありません"),
        (["A", "B"], [Role.YEAR, Role.RECEIVED], "3つとも"),
        (["A", "B", "C", "D", "E"], [Role.YEAR, Role.MONTH, Role.DAY_OF_MONTH, Role.DAY, Role.RECEIVED], "3つとも"),
        (["A", "B"], [Role.DAY, Role.BALANCE], "お金の列がありません"),
        (["A", "B", "C"], [Role.DAY, Role.AMOUNT, Role.PAID_OUT], "選ばないで"),
        (["A", "B", "C"], [Role.DAY, Role.RECEIVED, Role.DIRECTION], "「金額」の列も"),
        (["A", "B", "C"], [Role.DAY, Role.RECEIVED, Role.RECEIVED], "2つの列"),
        (["A", ""], [Role.DAY, Role.RECEIVED], "見出しが空"),
        (["A", "B", "Ｂ"], [Role.DAY, Role.RECEIVED, Role.UNUSED], "同じ見出し"),
    ],
)
def test_what_cannot_be_read_is_said(titles, roles, words):
    """No day, half a day, a day twice, no money, money twice, a direction alone, a role or a title twice, no title."""
    with pytest.raises(UnusableMapping) as refusal:
        mapping_of(titles, roles, name="X")
    assert words in refusal.value.message
