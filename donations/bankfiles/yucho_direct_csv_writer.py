"""Writes the ゆうちょダイレクト CSV byte for byte as the bank does (formats.md §1.1), for the demo and for tests.

CP932, LF, six lines of preamble (seven when a period was asked for), 現在高 quoted with thousands commas, every other
cell bare, a comma at the end of the header and of each row.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from donations.bankfiles.era_day import printed_day
from donations.bankfiles.statement import StatementLine
from donations.bankfiles.yucho_preamble import ACCOUNT, BALANCE, COUNT, PERIOD, PRODUCED, SCOPE, TITLE
from donations.bankfiles.yucho_rows import HEADER


class Row(Protocol):
    """What a row of the file needs; `StatementLine` and the ledger's rows have it."""

    @property
    def booked_on(self) -> date: ...
    @property
    def received_yen(self) -> int: ...
    @property
    def paid_out_yen(self) -> int: ...
    @property
    def detail_1(self) -> str: ...
    @property
    def detail_2(self) -> str: ...
    @property
    def balance_yen(self) -> int | None: ...
    @property
    def external_id(self) -> str: ...


def write(
    rows: Sequence[Row],
    *,
    account_as_written: str,
    produced_at: datetime,
    period: tuple[date, date] | None,
    balance_at_output_yen: int,
) -> bytes:
    """The file for `rows`, oldest first; `period` None writes 照会対象：全期間.

    Raises ValueError for a sign that CP932 lacks (U+2212, 𠮷), a control character, and a row without a balance
    or with both amounts or neither.
    """
    preamble = [
        TITLE,
        f'{BALANCE}：,"{balance_at_output_yen:,}",円,',
        f"{PRODUCED}：{printed_day(produced_at.date())} {produced_at.hour:02d} 時 {produced_at.minute:02d} 分",
        f"{ACCOUNT}：{account_as_written}",
        f"{SCOPE}：{'期間指定' if period else '全期間'}",
    ]
    if period:
        preamble.append(f"{PERIOD}：{printed_day(period[0])} ～ {printed_day(period[1])}")
    preamble.append(f"{COUNT}：{len(rows)}")
    text = io.StringIO()
    text.write("".join(f"{line}\n" for line in preamble))
    cells = csv.writer(text, lineterminator="\n")
    cells.writerow([*HEADER, ""])
    cells.writerows(_cells(row) for row in rows)
    return _encoded(text.getvalue())


def ledger(
    opening_yen: int, movements: Iterable[tuple[date, int, str, str]], *, first_line: int = 1
) -> tuple[StatementLine, ...]:
    """Rows for (day, yen, 詳細１, 詳細２), yen above zero in and below zero out, oldest first.

    Fills the running balance from `opening_yen`, the bank's numbers (day and a counter of seven digits within the
    day) and line numbers from `first_line`.
    """
    lines: list[StatementLine] = []
    balance = opening_yen
    for day, of_the_day in groupby(movements, key=lambda movement: movement[0]):
        for number, (_, amount, detail_1, detail_2) in enumerate(of_the_day, start=1):
            balance += amount
            lines.append(
                StatementLine(
                    first_line + len(lines),
                    day,
                    max(amount, 0),
                    max(-amount, 0),
                    detail_1,
                    detail_2,
                    balance,
                    f"{day:%Y%m%d}{number:07d}",
                )
            )
    return tuple(lines)


def _cells(row: Row) -> list[str]:
    if row.balance_yen is None or (row.received_yen > 0) == (row.paid_out_yen > 0):
        raise ValueError(f"the row of {row.booked_on} needs a balance and exactly one amount above zero")
    return [
        f"{row.booked_on:%Y%m%d}",
        row.external_id,
        str(row.received_yen or ""),
        str(row.paid_out_yen or ""),
        row.detail_1,
        row.detail_2,
        str(row.balance_yen),
        "",
    ]


def _encoded(text: str) -> bytes:
    if any(sign < " " and sign != "\n" for sign in text):
        raise ValueError("a control character cannot stand in a bank file")
    try:
        return text.encode("cp932")
    except UnicodeEncodeError as problem:
        missing = f"U+{ord(problem.object[problem.start]):04X}"
    raise ValueError(f"CP932 has no sign {missing}")
