"""What a reader hands back: the bank's rows as the bank wrote them, and the bank's own controls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One row of the bank. Exactly one of `received_yen` and `paid_out_yen` is above zero.

    `line_number`: physical line in the file (in its ZIP member), or record number, from 1.
    `detail_1`, `detail_2`: as written, not normalised. `balance_yen`: after this row; None where the format has
    none. `external_id`: the bank's own number as evidence, never a key; '' when absent or wrecked.
    `message`: words of the payer where the format has a field for them (EDI情報, 摘要); '' otherwise.
    `reverses`: the bank says that this row takes an earlier one back (取消区分 1, 取引区分 19).
    """

    line_number: int
    booked_on: date
    received_yen: int
    paid_out_yen: int
    detail_1: str
    detail_2: str
    balance_yen: int | None
    external_id: str
    message: str = ""
    reverses: bool = False


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801  (the plain word is a builtin)
    """Something odd that does not make the money doubtful. `found` is guarded; `message` is for the treasurer."""

    code: str
    message: str
    line: int | None = None
    column: str | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One file, read whole, every control of it checked.

    `account_as_written`: the account as the file prints it, '' when the file names none. `period_from`,
    `period_to`: the days that were asked for, None for "all" or unknown. `produced_at`: naive local time as
    printed. `balance_at_output_yen`: the balance when the file was made, later than the last row.
    `opening_yen`, `closing_yen`: before the first and after the last row; None without rows or without balances.
    `mapping`: `ColumnMapping.number` of the mapping that read it; 0 where none did.
    """

    format: str
    account_as_written: str
    period_from: date | None
    period_to: date | None
    produced_at: datetime | None
    balance_at_output_yen: int | None
    lines: tuple[StatementLine, ...]
    opening_yen: int | None
    closing_yen: int | None
    warnings: tuple[Warning_, ...] = ()
    mapping: int = 0

    @property
    def received_yen(self) -> int:
        """Sum of the incoming rows, in yen."""
        return sum(line.received_yen for line in self.lines)

    @property
    def paid_out_yen(self) -> int:
        """Sum of the outgoing rows, in yen."""
        return sum(line.paid_out_yen for line in self.lines)

    @property
    def complete_days(self) -> tuple[date, date] | None:
        """First and last day that this file shows whole, None when that is not known.

        From the day asked for (or the first row's, of a file of everything) to two days before it was made: the bank
        leaves out today and yesterday (formats.md §1.1, recency), and a newest day may still grow. A file that shows
        no day whole yet ends on the day before it begins.
        """
        if self.produced_at is None:
            return None
        begins = self.period_from or (self.lines[0].booked_on if self.lines else None)
        ends = min(self.period_to or date.max, self.produced_at.date() - timedelta(days=2))
        return (begins, max(ends, begins - timedelta(days=1))) if begins else None

    @property
    def has_balances(self) -> bool:
        """True when every row carries its balance, so that the chain can prove completeness."""
        return all(line.balance_yen is not None for line in self.lines)
