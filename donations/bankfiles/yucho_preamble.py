"""The lines above the header of a ゆうちょダイレクト CSV: account, period, and the two controls of the bank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from donations.bankfiles import cells, era_day
from donations.bankfiles.csv_text import is_blank, plain
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Warning_

TITLE = "お客さま口座情報"
BALANCE, PRODUCED, ACCOUNT, SCOPE, PERIOD, COUNT = (
    "現在高",
    "出力日時",
    "お客さま口座番号",
    "照会対象",
    "日付指定",
    "明細件数",
)
_UNITS = {"円", "件"}
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Preamble:
    """`account` '' and `count` None when the file does not say; `count_line` is where the count stands."""

    account: str
    balance_yen: int | None
    produced_at: datetime | None
    period_from: date | None
    period_to: date | None
    count: int | None
    count_line: int | None
    warnings: tuple[Warning_, ...]


def is_title(row: list[str]) -> bool:
    """True for the bank's first line."""
    return bool(row) and plain(row[0]) == TITLE and is_blank(row[1:])


def read(rows: Iterable[tuple[int, list[str]]], source: Source) -> Preamble:
    """The preamble of rows as `csv_text.rows` gives them.

    Raises `BrokenLine` when a label stands twice or an amount or count is unreadable. A missing label, an
    unreadable time or period and an unknown line are warnings: they say nothing about the money.
    """
    warnings: list[Warning_] = []
    found: dict[str, tuple[int, str]] = {}
    for number, row in rows:
        if is_blank(row):
            continue
        if is_title(row):
            continue
        label, colon, value = _parts(row)
        if label not in (BALANCE, PRODUCED, ACCOUNT, SCOPE, PERIOD, COUNT) or not colon:
            message = "見出しより上に、知らない行があります。この行は使いませんでした。"
            warnings.append(source.warning("unknown_preamble", message, line=number, found=",".join(row)))
            continue
        if label in found:
            raise source.broken("同じ項目が二度書かれています。", line=number, column=label)
        found[label] = (number, value)
    warnings += _missing(found, source)
    produced_at = _readable(PRODUCED, era_day.moment, found, warnings, source)
    period = _readable(PERIOD, era_day.period, found, warnings, source)
    count = _amount(COUNT, found, source)
    if count is not None and count < 0:
        raise source.broken(
            "明細件数を読めません。", line=found[COUNT][0], column=COUNT, found=found[COUNT][1]
        )
    return Preamble(
        account=found.get(ACCOUNT, (0, ""))[1],
        balance_yen=_amount(BALANCE, found, source),
        produced_at=produced_at,
        period_from=period[0] if period else None,
        period_to=period[1] if period else None,
        count=count,
        count_line=found[COUNT][0] if COUNT in found else None,
        warnings=tuple(warnings),
    )


def _parts(row: list[str]) -> tuple[str, bool, str]:
    """Label, whether a colon followed, value. An amount may be cut by its own thousands commas: joined again."""
    first = row[0].replace("：", ":")
    label, colon, rest = first.partition(":")
    pieces = [piece for piece in (rest, *row[1:]) if piece.strip() and plain(piece) not in _UNITS]
    return plain(label), bool(colon), ",".join(piece.strip() for piece in pieces)


def _missing(found: dict[str, tuple[int, str]], source: Source) -> list[Warning_]:
    warnings = []
    if not found.get(ACCOUNT, (0, ""))[1]:
        warnings.append(
            source.warning("no_account", "口座番号が書かれていません。どの口座のファイルか確かめてください。")
        )
    if not found.get(COUNT, (0, ""))[1]:
        message = "明細件数が書かれていません。途中で切れていないかを件数では確かめられません。"
        warnings.append(source.warning("no_count", message))
    return warnings


def _readable(
    label: str,
    convert: Callable[[str], Read | None],
    found: dict[str, tuple[int, str]],
    warnings: list[Warning_],
    source: Source,
) -> Read | None:
    """The value of `label`; where it stands but cannot be read, None and one warning more."""
    number, written = found.get(label, (0, ""))
    value = convert(written)
    if value is None and written:
        message = f"「{label}」を読めません。明細には影響しません。"
        warnings.append(
            source.warning("unreadable_preamble", message, line=number, column=label, found=written)
        )
    return value


def _amount(label: str, found: dict[str, tuple[int, str]], source: Source) -> int | None:
    if label not in found:
        return None
    number, written = found[label]
    return cells.amount(written.rstrip("円件 \u3000"), source, line=number, column=label)
