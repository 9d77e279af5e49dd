"""Writes CSVs as any bank might, for a mapping of its columns: what the readers of 全銀 and ゆうちょ never see."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.statement import StatementLine

DAYS: dict[str, Callable[[date], str]] = {
    "ANSER": lambda day: f"{day:%Y年%m月%d日}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "eight digits": lambda day: f"{day:%Y%m%d}",
    "era": lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日",
    "with a time": lambda day: f"{day:%Y-%m-%d} 09:30",
}
AMOUNTS: dict[str, Callable[[int], str]] = {
    "bare": str,
    "commas": lambda yen: f"{yen:,}",
    "yen sign": lambda yen: f"￥{yen:,}",
    "円": lambda yen: f"{yen:,}円",
}


@dataclass(frozen=True)
class Form:
    """How one bank prints: names of `DAYS` and `AMOUNTS`, its columns in order, lines above the header."""

    mapping: ColumnMapping
    columns: Sequence[str]
    above: Sequence[str] = ()
    day: str = "ANSER"
    amount: str = "commas"
    encoding: str = "cp932"
    line_end: str = "\r\n"
    quoted: bool = True

    @property
    def first_line(self) -> int:
        """The physical line of the first row."""
        return len(self.above) + 2


def write(lines: Sequence[StatementLine], account: str, form: Form) -> bytes:
    """The file; `lines` oldest first, printed the other way round where the mapping says so."""
    text = io.StringIO()
    text.write("".join(f"{line}{form.line_end}" for line in form.above))
    cells = csv.writer(text, lineterminator=form.line_end, quoting=csv.QUOTE_ALL if form.quoted else csv.QUOTE_MINIMAL)
    cells.writerow(form.columns)
    for line in reversed(lines) if form.mapping.newest_first else lines:
        printed = _cells(line, account, form)
        cells.writerow([printed.get(column, "") for column in form.columns])
    return text.getvalue().encode(form.encoding)


def _cells(line: StatementLine, account: str, form: Form) -> dict[str, str]:
    mapping, yen = form.mapping, AMOUNTS[form.amount]
    days = (str(line.booked_on.year), f"{line.booked_on:%m}", str(line.booked_on.day))
    written = dict(zip(mapping.day, days if len(mapping.day) == 3 else (DAYS[form.day](line.booked_on),), strict=True))
    if mapping.direction:
        written[mapping.amount] = yen(line.received_yen or line.paid_out_yen)
        written[mapping.direction] = mapping.words_in[0] if line.received_yen else mapping.words_out[-1]
    elif mapping.amount:
        written[mapping.amount] = yen(line.received_yen) if line.received_yen else f"-{line.paid_out_yen:,}"
    else:
        written[mapping.received] = yen(line.received_yen) if line.received_yen else ""
        written[mapping.paid_out] = yen(line.paid_out_yen) if line.paid_out_yen else ""
    balance = "" if line.balance_yen is None else f"{line.balance_yen:,}"
    texts = {
        mapping.detail_1: line.detail_1, mapping.detail_2: line.detail_2, mapping.message: line.message,
        mapping.external_id: line.external_id, mapping.account: account, mapping.balance: balance,
    }  # fmt: skip
    return written | {column: cell for column, cell in texts.items() if column}
