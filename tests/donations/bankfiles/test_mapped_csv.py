"""CSVs of other banks: the mapping itself, and any ledger written in any order of columns and rows."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.bankfiles import read
from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.errors import AmbiguousFormat, BrokenLine, UnknownFormat
from donations.bankfiles.yucho_direct_csv_writer import ledger

MAPPING = ColumnMapping(
    name="みどり信用金庫",
    day=("取引日",),
    received="お預り",
    paid_out="お支払",
    detail_1="内容",
    detail_2="摘要",
    balance="残高",
    external_id="番号",
)
SPELLINGS: list[Callable[[date], str]] = [
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日",
]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ()},
        {"day": ("年", "月")},
        {"received": "", "paid_out": ""},
        {"amount": "金額"},
        {"direction": "入払"},
        {"detail_1": "摘要"},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(wrong: dict) -> None:
    """No day, half a day, no money, money named twice, a direction without an amount, one column for two things."""
    with pytest.raises(ValueError, match=r"\w"):
        replace(MAPPING, **wrong)


def test_two_mappings_that_fit_are_an_error() -> None:
    """Nobody chooses between them."""
    with pytest.raises(AmbiguousFormat):
        read("取引日,お預り,お支払,内容,摘要,残高,番号\n".encode("cp932"), mappings=[MAPPING, MAPPING])


def test_a_mapping_that_also_fits_a_known_format_is_an_error() -> None:
    """A mapping made of the Japan Post columns stands against its own reader."""
    mine = ColumnMapping(name="私の", day=("取引日",), received="受入金額（円）", paid_out="払出金額（円）")
    header = "取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,\n"
    with pytest.raises(AmbiguousFormat):
        read(header.encode("cp932"), mappings=[mine])


def test_days_not_known_to_be_complete_are_not_claimed() -> None:
    """Such a file says neither what was asked for nor when it was made."""
    data = "取引日,お預り,お支払,内容,摘要,残高,番号\n20260901,1000,,振込,ｷﾑﾗ,9000,1\n".encode("cp932")
    assert read(data, mappings=[MAPPING]).complete_days is None


text = st.text(st.sampled_from("あア漢字 ab,'\"ｱ｡－"), max_size=8)
movements = st.lists(
    st.tuples(
        st.dates(date(2019, 5, 1), date(2026, 9, 1)),
        st.integers(1, 10**9).flatmap(lambda n: st.sampled_from((n, -n))),
        text,
        text,
    ),
    max_size=8,
    unique_by=lambda row: row[0],
)


@given(
    movements.map(sorted),
    st.integers(-(10**9), 10**12),
    st.permutations(["取引日", "お預り", "お支払", "内容", "摘要", "残高", "番号"]),
    st.sampled_from(SPELLINGS),
    st.booleans(),
    st.sampled_from(["cp932", "utf-8-sig"]),
)
def test_any_ledger_in_any_spelling_comes_back(rows, opening, columns, spelling, backwards, encoding) -> None:
    """Columns in any order, rows oldest or newest first, thousands commas, five ways to write a day."""
    truth = ledger(opening, rows)
    out = io.StringIO()
    table = csv.DictWriter(out, columns, lineterminator="\r\n")
    table.writeheader()
    for line in reversed(truth) if backwards else truth:
        cells = (
            spelling(line.booked_on),
            f"{line.received_yen:,}",
            f"{line.paid_out_yen:,}",
            line.detail_1,
            line.detail_2,
            f"{line.balance_yen:,}",
            line.external_id,
        )
        table.writerow(
            dict(zip(["取引日", "お預り", "お支払", "内容", "摘要", "残高", "番号"], cells, strict=True))
        )
    found = read(out.getvalue().encode(encoding), mappings=[MAPPING])
    assert [replace(line, line_number=0) for line in found.lines] == [
        replace(line, line_number=0) for line in truth
    ]


SHORT = ColumnMapping(name="X", day=("日付",), received="入金", header=("日付", "入金", "名前"))


def short(day: str, form: DayForm) -> date:
    data = f"日付,入金,名前\n{day},1000,A\n".encode()
    return read(data, mappings=[replace(SHORT, day_form=form)]).lines[0].booked_on


@pytest.mark.parametrize(
    ("day", "form"),
    [
        ("26/9/22", DayForm.SHORT_WEST), ("26.09.22", DayForm.SHORT_WEST), ("260922", DayForm.SHORT_WEST), ("26年9月22日", DayForm.SHORT_WEST),
        ("8/9/22", DayForm.SHORT_REIWA), ("08-09-22", DayForm.SHORT_REIWA), ("080922", DayForm.SHORT_REIWA), ("2026/9/22", DayForm.SHORT_REIWA),
    ],
)  # fmt: skip
def test_a_short_year_is_read_as_it_was_named(day: str, form: DayForm) -> None:
    """Two digits of the West, or the year of 令和; a whole year needs no word."""
    assert short(day, form) == date(2026, 9, 22)


@pytest.mark.parametrize(("day", "form"), [("26/9/22", DayForm.WHOLE), ("26/2/30", DayForm.SHORT_WEST), ("0/9/22", DayForm.SHORT_REIWA)])
def test_a_short_year_is_not_guessed(day: str, form: DayForm) -> None:
    """Without the word for it, and where there is no such day."""
    with pytest.raises(BrokenLine) as refusal:
        short(day, form)
    assert (refusal.value.line, refusal.value.column, refusal.value.found) == (2, "日付", day)


@pytest.mark.parametrize("header", ["日付,入金", "日付,入金,名前,残高", "入金,日付,名前"])
def test_only_the_very_header_fits(header: str) -> None:
    """A column less, one more, another order: the bank changed its form, nobody guesses."""
    with pytest.raises(UnknownFormat):
        read(f"{header}\n".encode(), mappings=[SHORT])


@pytest.mark.parametrize("header", ["日付,入金,名前,", "日付, 入金 ,名前,,,", '"日付","入金","名前"'])
def test_padding_of_the_header_does_not_matter(header: str) -> None:
    """A last comma, blanks, quotes."""
    assert read(f"{header}\n".encode(), mappings=[SHORT]).lines == ()


def test_the_statement_says_which_mapping_read_it() -> None:
    """Its number comes back."""
    data = "日付,入金,名前\n".encode()
    assert read(data, mappings=[replace(SHORT, number=7)]).mapping == 7


def test_two_mappings_that_fit_are_both_named() -> None:
    """Nobody chooses between them."""
    with pytest.raises(AmbiguousFormat) as refusal:
        read("日付,入金,名前\n".encode(), mappings=[SHORT, replace(SHORT, name="Y")])
    assert "「X」" in refusal.value.message
    assert "「Y」" in refusal.value.message
