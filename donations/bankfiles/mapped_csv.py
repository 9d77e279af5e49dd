"""Any bank's CSV with a header, read through a `ColumnMapping`; ANSER's among them (照会口座, 勘定日, 出金金額(円) …).

What is proved depends on what the bank prints: with a balance column the chain is checked row by row and the order
(oldest or newest first) follows from it; without one nothing shows that a row is missing. Lines above the header are
the bank's titles and are not read; below it every line is a row.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from donations.bankfiles import balance_chain, charset, csv_text, row_warnings
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.csv_text import is_blank, plain
from donations.bankfiles.errors import BrokenChain
from donations.bankfiles.folded_rows import carries, unfold
from donations.bankfiles.mapped_rows import CHECK_MAPPING, Layout, layout, read_line
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement, StatementLine

FORMAT = "mapped_csv"
LAST_HEADER_LINE = 20


@dataclass(frozen=True, slots=True)
class MappedCsv:
    """A reader like the modules of the other formats, made from one mapping."""

    mapping: ColumnMapping

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """The same for every mapping."""
        return FORMAT

    @property
    def NAME(self) -> str:  # noqa: N802
        """The treasurer's own name for it."""
        return f"列を指定したCSV「{self.mapping.name}」"

    def claims(self, data: bytes) -> bool:
        """True when one of the first lines is the header, or holds every column of a mapping that knows no header."""
        return self._encoding(data) is not None

    def read(self, data: bytes, source: Source) -> Statement:
        """The rows, oldest first; `period_from` and `produced_at` are not known.

        Raises `BrokenLine`, `NotDecodable`, `TooLarge`, and `BrokenChain` (with the yen) where there are balances.
        """
        text = charset.decode(data, self._encoding(data) or "cp932", source)
        return self.read_rows(csv_text.rows(text.removeprefix("\ufeff"), source), source)

    def read_rows(self, rows: Iterable[tuple[int, list[str]]], source: Source) -> Statement:
        """The same from rows of cells, each with its physical line."""
        rows = unfold(rows, self.mapping.header)
        form = self._layout(rows, source)
        account, lines = "", []
        for number, row in rows:
            if is_blank(row):
                continue
            lines.append(read_line(row, form, line=number))
            written = form.cell(row, self.mapping.account).strip()
            if account and written != account:
                raise source.broken(
                    "二つの口座が混ざっています。",
                    line=number,
                    column=self.mapping.account,
                    found=written,
                    expected="一つの口座だけ",
                )
            account = written
        return _statement(_ordered(lines, form), account, form)

    def _layout(self, rows: Iterator[tuple[int, list[str]]], source: Source) -> Layout:
        for number, row in rows:
            if self._is_header(row) or number >= LAST_HEADER_LINE:
                return layout(row, self.mapping, source, line=number)
        raise source.broken(
            "見出しの行がありません。", expected="、".join(self.mapping.columns), next_step=CHECK_MAPPING
        )

    def _encoding(self, data: bytes) -> str | None:
        wanted = [plain(title) for title in self.mapping.header]
        for encoding, text in charset.readings(data):
            head = text.splitlines()[:LAST_HEADER_LINE]
            cells = [next(csv.reader([line]), []) for line in head]
            if any(self._is_header(row) or carries(row, wanted) for row in cells):
                return encoding
        return None

    def _is_header(self, row: Sequence[str]) -> bool:
        if self.mapping.header:
            return _titles(row) == _titles(self.mapping.header)
        return {plain(column) for column in self.mapping.columns} <= {plain(cell) for cell in row}


def _titles(row: Sequence[str]) -> list[str]:
    """Titles as they are compared; a last comma and padding of a spreadsheet do not matter."""
    titles = [plain(cell) for cell in row]
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _statement(lines: tuple[StatementLine, ...], account: str, form: Layout) -> Statement:
    return Statement(
        format=FORMAT,
        account_as_written=account,
        period_from=None,
        period_to=None,
        produced_at=None,
        balance_at_output_yen=None,
        lines=lines,
        opening_yen=balance_chain.before(lines[0]) if lines else None,
        closing_yen=lines[-1].balance_yen if lines else None,
        warnings=tuple(row_warnings.collect(lines, form.source)),
        mapping=form.mapping.number,
    )


def _ordered(lines: Sequence[StatementLine], form: Layout) -> tuple[StatementLine, ...]:
    """Oldest first, the balances filled and checked. Raises `BrokenChain` when they hold in no order that is allowed."""
    orders = _orders(lines, form.mapping)
    failed: list[BrokenChain] = []
    for order in orders:
        try:
            return _chained(order, form)
        except BrokenChain as error:
            failed.append(error)
    raise failed[0]


def _orders(lines: Sequence[StatementLine], mapping: ColumnMapping) -> list[Sequence[StatementLine]]:
    """The orders in question, the one the days speak for first."""
    backwards = list(reversed(lines))
    if mapping.newest_first is not None:
        return [backwards if mapping.newest_first else lines]
    falls = any(later.booked_on < row.booked_on for row, later in pairwise(lines))
    rises = any(later.booked_on > row.booked_on for row, later in pairwise(lines))
    return [backwards, lines] if falls and not rises else [lines, backwards]


def _chained(lines: Sequence[StatementLine], form: Layout) -> tuple[StatementLine, ...]:
    """Balances the bank leaves out between two printed ones are filled in; printed ones must follow."""
    first = next((index for index, line in enumerate(lines) if line.balance_yen is not None), None)
    if first is None:
        return tuple(lines)
    balance = lines[first].balance_yen or 0
    for line in reversed(lines[: first + 1]):
        balance -= line.received_yen - line.paid_out_yen
    filled = []
    for line in lines:
        balance += line.received_yen - line.paid_out_yen
        whole = line if line.balance_yen is not None else replace(line, balance_yen=balance)
        filled.append(whole)
        balance = whole.balance_yen or 0
    balance_chain.check(filled, form.source, column=form.mapping.balance)
    return tuple(filled)
