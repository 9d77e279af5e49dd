"""Rows of a CSV whose columns somebody named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donations.bankfiles import cells
from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.csv_text import is_blank, plain
from donations.bankfiles.source import Source
from donations.bankfiles.statement import StatementLine

CHECK_MAPPING = "「列の対応」の設定と、ファイルの見出しを見比べてください。"
EITHER = "入金か出金の、どちらか一方だけ"

_TIME = re.compile(r"[ T\u3000]+\d{1,2}:\d{2}(:\d{2})?$")
_SHORT = re.compile(r"(\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d)(\d\d)", re.ASCII)
_EXPECTED_DAY = {
    DayForm.WHOLE: "2026/9/22、20260922、令和8年9月22日 のような、暦にある日付",
    DayForm.SHORT_WEST: "26/9/22 のような、西暦の年が2けたの、暦にある日付",
    DayForm.SHORT_REIWA: "8/9/22 のような、令和の年だけを書いた、暦にある日付",
}
_MONEY_SIGNS = str.maketrans(dict.fromkeys("¥￥\\円+＋"))
_ID = re.compile(r"[0-9A-Za-z-]{1,32}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The mapping laid on one header: `places` of the columns by name, `width` of the header in cells."""

    mapping: ColumnMapping
    places: dict[str, int]
    width: int
    source: Source

    def cell(self, row: Sequence[str], column: str) -> str:
        """The cell under `column`, '' when the mapping names none."""
        return row[self.places[column]] if column else ""


def layout(header: Sequence[str], mapping: ColumnMapping, source: Source, *, line: int) -> Layout:
    """Raises `BrokenLine` when a column of the mapping is missing or stands twice."""
    names = [plain(cell) for cell in header]
    places = {}
    for column in mapping.columns:
        found = names.count(plain(column))
        if found != 1:
            what = "この見出しの列が二つ以上あります。" if found else "この見出しの列がありません。"
            raise source.broken(what, line=line, column=column, next_step=CHECK_MAPPING)
        places[column] = names.index(plain(column))
    return Layout(mapping, places, len(header), source)


def read_line(row: Sequence[str], form: Layout, *, line: int) -> StatementLine:
    """One row. Raises `BrokenLine` unless it has as many cells as the header (one may be lost or added by a last
    comma), a day, and exactly one amount above zero; a 0 beside an amount counts as none.
    """
    if len(row) < form.width - 1 or len(row) <= max(form.places.values()):
        expected = f"{form.width}個のセル"
        raise form.source.broken("セルが足りません。行が途中で切れています。", line=line, expected=expected)
    if not is_blank(list(row[form.width :])):
        what = "セルが多すぎます。コンマが入って、列がずれたのかもしれません。"
        raise form.source.broken(what, line=line, found=row[form.width])
    mapping = form.mapping
    received_yen, paid_out_yen = _signed(row, form, line) if mapping.amount else _two_columns(row, form, line)
    written_id = plain(form.cell(row, mapping.external_id))
    return StatementLine(
        line,
        _day(row, form, line),
        received_yen,
        paid_out_yen,
        form.cell(row, mapping.detail_1),
        form.cell(row, mapping.detail_2),
        _amount(row, form, mapping.balance, line) if mapping.balance else None,
        written_id if _ID.fullmatch(written_id) else "",
        form.cell(row, mapping.message),
    )


def _day(row: Sequence[str], form: Layout, line: int) -> date:
    """The day, in any spelling `japanese.era` knows, a time behind it ignored; or from three columns."""
    written = [form.cell(row, column) for column in form.mapping.day]
    text = (
        "-".join(plain(part) for part in written) if len(written) == 3 else _TIME.sub("", written[0].strip())
    )
    day = _short(text, form.mapping.day_form) or cells.any_day(text)
    if day is None:
        raise form.source.broken(
            "日付を読めません。",
            line=line,
            column=form.mapping.day[0],
            found=" ".join(written),
            expected=_EXPECTED_DAY[form.mapping.day_form],
        )
    return day


def _short(text: str, form: DayForm) -> date | None:
    """A day with a year of two digits, in the form that the treasurer named; None for another spelling."""
    match = _SHORT.fullmatch(plain(text)) if form is not DayForm.WHOLE else None
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    era = "" if form is DayForm.SHORT_WEST else "令和"
    return cells.any_day(f"{era}{year if era else 2000 + year}年{month}月{day}日")


def _amount(row: Sequence[str], form: Layout, column: str, line: int) -> int | None:
    """Yen with or without ¥ or 円; None when the cell is empty."""
    written = form.cell(row, column) if column else ""
    return cells.amount(written.translate(_MONEY_SIGNS), form.source, line=line, column=column)


def _two_columns(row: Sequence[str], form: Layout, line: int) -> tuple[int, int]:
    received, paid_out = form.mapping.received, form.mapping.paid_out
    came, went = _amount(row, form, received, line) or 0, _amount(row, form, paid_out, line) or 0
    if bool(came) == bool(went) or came < 0 or went < 0:
        raise form.source.broken(
            "入金と出金のどちらなのかが決まりません。",
            line=line,
            column=received or paid_out,
            found=f"入金 {came} 出金 {went}",
            expected=f"{EITHER}、1円以上の金額",
        )
    return came, went


def _signed(row: Sequence[str], form: Layout, line: int) -> tuple[int, int]:
    mapping = form.mapping
    amount = _amount(row, form, mapping.amount, line) or 0
    if not amount or (amount < 0 and mapping.direction):
        expected = "1円以上の金額" if mapping.direction else "0円ではない金額"
        raise form.source.broken(
            "金額がありません。", line=line, column=mapping.amount, found=str(amount), expected=expected
        )
    if not mapping.direction:
        return max(amount, 0), max(-amount, 0)
    word = plain(form.cell(row, mapping.direction))
    if word in map(plain, mapping.words_in):
        return amount, 0
    if word in map(plain, mapping.words_out):
        return 0, amount
    words = "、".join((*mapping.words_in, *mapping.words_out))
    raise form.source.broken(
        "入金と出金のどちらなのかを読めません。",
        line=line,
        column=mapping.direction,
        found=word,
        expected=words,
        next_step=CHECK_MAPPING,
    )
