"""read(write(x)) == x for any CSV whose columns somebody named, ANSER's 26 columns among them."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.bankfiles import read
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.yucho_direct_csv_writer import ledger
from tests.donations.bankfiles import mapped_forms as forms
from tests.donations.bankfiles.test_yucho_round_trip import openings, text

days = st.dates(date(2019, 5, 1), date(2060, 12, 31))
amounts = st.integers(1, 999_999_999).flatmap(lambda yen: st.sampled_from((yen, -yen)))
movements = st.lists(st.tuples(days, amounts, text, text), max_size=6).map(lambda rows: sorted(rows, key=lambda row: row[0]))
numbers = st.from_regex(r"[0-9A-Za-z]([0-9A-Za-z-]{0,14}[0-9A-Za-z])?", fullmatch=True)
DAY = {1: ("勘定日",), 3: ("年", "月", "日")}
MONEY = (
    {"received": "入金金額(円)", "paid_out": "出金金額(円)"},
    {"amount": "取引金額"},
    {"amount": "取引金額", "direction": "入払"},
)
TEXTS = {"detail_1": "取引区分", "detail_2": "摘要", "message": "ＥＤＩ情報", "balance": "残高(円)", "external_id": "番号", "account": "照会口座"}
UNUSED = ("(起算日)", "小切手区分", "小切手番号", "明細区分", "金融機関名", "支店名", "手形期日", "振込依頼人コード", "備考")


@st.composite
def bank_forms(draw):
    """A mapping, and a bank that prints its columns in any order among others of no use."""
    kept = {name: column for name, column in TEXTS.items() if draw(st.booleans())}
    mapping = ColumnMapping(
        "ある銀行", DAY[draw(st.sampled_from((1, 3)))], **draw(st.sampled_from(MONEY)), **kept, newest_first=draw(st.booleans())
    )
    others = draw(st.lists(st.sampled_from(UNUSED), unique=True))
    columns = draw(st.permutations([*mapping.columns, *others]))
    return forms.Form(
        mapping if draw(st.booleans()) else replace(mapping, header=tuple(columns), number=7),
        columns,
        draw(st.lists(st.sampled_from(["入出金明細照会", '"お名前","ひとくちの会"', ""]), max_size=3)),
        draw(st.sampled_from(sorted(forms.DAYS))),
        draw(st.sampled_from(sorted(forms.AMOUNTS))),
        *draw(st.sampled_from([("cp932", "\r\n"), ("cp932", "\n"), ("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r")])),
        quoted=draw(st.booleans()),
    )


@st.composite
def files(draw, made_by):
    """A form, the account it prints, and rows with no more than the form can carry."""
    form = draw(made_by)
    mapping = form.mapping
    rows = ledger(draw(openings), draw(movements))
    last = form.first_line + len(rows) - 1
    lines = tuple(
        replace(
            row,
            line_number=last - place if mapping.newest_first else form.first_line + place,
            detail_1=row.detail_1 if mapping.detail_1 else "",
            detail_2=row.detail_2 if mapping.detail_2 else "",
            message=draw(text) if mapping.message else "",
            balance_yen=row.balance_yen if mapping.balance else None,
            external_id=draw(numbers) if mapping.external_id else "",
        )
        for place, row in enumerate(rows)
    )
    return form, draw(numbers) if mapping.account and lines else "", lines


def anser(*, newest_first=False):
    """ANSER's form of formats.md §1.7: 26 columns, all quoted, amounts with commas."""
    columns = (
        "照会口座", "番号", "勘定日", "(起算日)", "出金金額(円)", "入金金額(円)", "小切手区分", "残高(円)", "取引区分", "明細区分",
        "金融機関名", "支店名", "摘要", *(f"予備{number}" for number in range(13)),
    )  # fmt: skip
    mapping = ColumnMapping(
        "ANSER", ("勘定日",), received="入金金額(円)", paid_out="出金金額(円)", detail_1="取引区分", detail_2="摘要",
        balance="残高(円)", external_id="番号", account="照会口座", newest_first=newest_first,
    )  # fmt: skip
    return forms.Form(mapping, columns)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(files(bank_forms() | st.just(anser()) | st.just(anser(newest_first=True))))
def test_what_was_written_is_read(made):
    """Every row with its line, oldest first, the account, the mapping's number and the balances before and after."""
    form, account, lines = made
    found = read(forms.write(lines, account, form), mappings=[form.mapping])
    opening = closing = None
    if lines and form.mapping.balance:
        opening, closing = lines[0].balance_yen - lines[0].received_yen + lines[0].paid_out_yen, lines[-1].balance_yen
    assert (found.lines, found.account_as_written, found.mapping) == (lines, account, form.mapping.number)
    assert (found.opening_yen, found.closing_yen, found.format) == (opening, closing, "mapped_csv")


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(files(bank_forms()))
def test_another_mapping_never_claims_the_file(made):
    """A mapping with one column that the file does not have leaves it alone, so the right one is not doubted."""
    form, account, lines = made
    stranger = replace(form.mapping, name="別の銀行", day=(*form.mapping.day[:-1], "約定日"), header=())
    assert read(forms.write(lines, account, form), mappings=[stranger, form.mapping]).lines == lines
