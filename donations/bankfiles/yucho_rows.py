"""Header and rows of a ゆうちょダイレクト CSV."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from donations.bankfiles import cells
from donations.bankfiles.csv_text import is_blank, plain
from donations.bankfiles.errors import BrokenLine
from donations.bankfiles.row_warnings import first_of
from donations.bankfiles.source import Source
from donations.bankfiles.statement import StatementLine, Warning_

DAY, ID, RECEIVED, PAID_OUT, DETAIL_1, DETAIL_2, BALANCE = HEADER = (
    "取引日",
    "入出金明細ＩＤ",
    "受入金額（円）",
    "払出金額（円）",
    "詳細１",
    "詳細２",
    "現在（貸付）高",
)
_KNOWN = {plain(name): place for place, name in enumerate(HEADER)}
_ID = re.compile(r"[0-9A-Za-z-]{1,32}")
EITHER = "受入金額か払出金額の、どちらか一方だけ"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the seven columns stand (`places`, in the order of `HEADER`), and names we do not know.

    `width`: cells a row needs; `header_width`: cells of the header, one more where it ends with a comma.
    """

    places: tuple[int, ...]
    width: int
    header_width: int
    unknown: tuple[tuple[int, str], ...]

    @property
    def dense(self) -> bool:
        """True when no cell stands between the columns."""
        return self.width == len(HEADER)


def is_header(row: list[str]) -> bool:
    """True for 取引日 and at least three of the six other names, each as a whole cell.

    Never by a part of a cell: 入出金明細ＩＤ contains 出金.
    """
    names = {plain(cell) for cell in row} & _KNOWN.keys()
    return plain(DAY) in names and len(names) >= 4


def find_columns(row: list[str], source: Source, *, line: int) -> Columns:
    """The places of the columns, in whatever order. Raises `BrokenLine` when one is missing or stands twice."""
    places: dict[int, int] = {}
    unknown = []
    for index, cell in enumerate(row):
        name = plain(cell)
        place = _KNOWN.get(name)
        if place is None:
            if name:
                unknown.append((index, cell))
        elif place in places:
            raise source.broken("同じ見出しが二つあります。", line=line, column=HEADER[place])
        else:
            places[place] = index
    missing = [name for place, name in enumerate(HEADER) if place not in places]
    if missing:
        raise source.broken("見出しが足りません。", line=line, column=missing[0], expected="、".join(HEADER))
    ordered = tuple(places[place] for place in range(len(HEADER)))
    return Columns(ordered, max(ordered) + 1, len(row), tuple(unknown))


def read_rows(
    rows: Iterable[tuple[int, list[str]]], columns: Columns, source: Source
) -> tuple[tuple[StatementLine, ...], list[Warning_]]:
    """Every row below the header; blank lines carry nothing and are told when they stand between rows."""
    lines: list[StatementLine] = []
    wrecked: list[int] = []
    blank: list[int] = []
    between: list[int] = []
    last: list[str] = []
    for number, row in rows:
        if is_blank(row):
            blank.append(number)
            continue
        last = row
        between, blank = between + blank, []
        line = read_line(row, columns, source, line=number)
        if not line.external_id and row[columns.places[1]].strip():
            wrecked.append(number)
        lines.append(line)
    if lines and len(last) < columns.header_width:
        raise _cut_off(columns.header_width, source, lines[-1].line_number)
    names = "、".join(name for _, name in columns.unknown)
    return tuple(lines), [
        *first_of(
            "id_wrecked",
            "明細ＩＤが表計算ソフトで壊れています。なくても取り込めます。",
            wrecked,
            source,
            column=ID,
        ),
        *first_of("blank_line", "明細の間に空の行があります。", between, source),
        *(
            [
                source.warning(
                    "unknown_column", "知らない列があります。この列は使いませんでした。", found=names
                )
            ]
            if names
            else []
        ),
    ]


def read_line(row: list[str], columns: Columns, source: Source, *, line: int) -> StatementLine:
    """One row. Raises `BrokenLine` for a cell too few or too many, an unreadable day, amount or balance, and
    unless exactly one of the two amounts is written and above zero.

    `external_id` is kept when it is a plain number or word, '' when a spreadsheet has wrecked it.
    """
    if len(row) < columns.width:
        raise _cut_off(columns.width, source, line)
    if len(row) > columns.width:
        _check_rest(row, columns, source, line)
    day, written_id, received, paid_out, detail_1, detail_2, balance = (
        row[place] for place in columns.places
    )
    booked_on = cells.eight_digit_day(day, source, line=line, column=DAY)
    received_yen = cells.amount(received, source, line=line, column=RECEIVED)
    paid_out_yen = cells.amount(paid_out, source, line=line, column=PAID_OUT)
    _check_amounts(received_yen, paid_out_yen, source, line)
    balance_yen = cells.amount(balance, source, line=line, column=BALANCE)
    if balance_yen is None:
        raise source.broken("残高がありません。", line=line, column=BALANCE, expected="この行のあとの残高")
    external_id = written_id if written_id.isalnum() and written_id.isascii() else plain(written_id)
    return StatementLine(
        line,
        booked_on,
        received_yen or 0,
        paid_out_yen or 0,
        detail_1,
        detail_2,
        balance_yen,
        external_id if _ID.fullmatch(external_id) else "",
    )


def _cut_off(cells_expected: int, source: Source, line: int) -> BrokenLine:
    """The last row of a broken download may still look whole but for its last comma: its balance may be cut."""
    return source.broken(
        "セルが足りません。行が途中で切れています。", line=line, expected=f"{cells_expected}個のセル"
    )


def _check_rest(row: list[str], columns: Columns, source: Source, line: int) -> None:
    """The cells that belong to no column: the one after the trailing comma, and a spreadsheet's padding."""
    if len(row) == columns.width + 1 and not row[-1] and columns.dense:
        return
    named = {index for index, _ in columns.unknown}
    for index, cell in enumerate(row):
        if index not in columns.places and index not in named and cell.strip():
            raise source.broken(
                "セルが多すぎます。詳細にコンマが入って、列がずれたのかもしれません。",
                line=line,
                column=f"{index + 1}番目のセル",
                found=cell,
                expected="空のセル",
            )


def _check_amounts(received_yen: int | None, paid_out_yen: int | None, source: Source, line: int) -> None:
    if received_yen is not None and paid_out_yen is not None:
        found = f"受入 {received_yen} 払出 {paid_out_yen}"
        raise source.broken(
            "受入と払出の両方に金額があります。", line=line, column=PAID_OUT, found=found, expected=EITHER
        )
    if received_yen is None and paid_out_yen is None:
        raise source.broken("受入にも払出にも金額がありません。", line=line, column=RECEIVED, expected=EITHER)
    amount, column = (received_yen, RECEIVED) if paid_out_yen is None else (paid_out_yen, PAID_OUT)
    if amount is not None and amount <= 0:
        raise source.broken(
            "金額が0円以下です。", line=line, column=column, found=str(amount), expected="1円以上の金額"
        )
