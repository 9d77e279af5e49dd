"""The running balance: previous balance + received - paid out = balance, on every row."""

from collections.abc import Sequence
from itertools import pairwise

from donations.bankfiles.errors import DOWNLOAD_AGAIN, BrokenChain, yen
from donations.bankfiles.source import Source
from donations.bankfiles.statement import StatementLine

NEWEST_FIRST = (
    "新しい順に並べ替えられているようです。銀行からダウンロードしたままの、古い順のファイルを使ってください。"
)


def before(line: StatementLine) -> int | None:
    """The balance before `line`, None when it carries none."""
    if line.balance_yen is None:
        return None
    return line.balance_yen - line.received_yen + line.paid_out_yen


def check(
    lines: Sequence[StatementLine], source: Source, *, column: str, previous_yen: int | None = None
) -> None:
    """Raise `BrokenChain` at the first row whose balance does not follow; every row must carry one.

    `previous_yen`: the balance the first row has to continue from, None when that is unknown.
    """
    balance = previous_yen
    for line in lines:
        if balance is not None:
            expected = balance + line.received_yen - line.paid_out_yen
            if line.balance_yen != expected:
                raise _broken(line, expected, lines, source, column)
        balance = line.balance_yen


def _broken(
    line: StatementLine, expected: int, lines: Sequence[StatementLine], source: Source, column: str
) -> BrokenChain:
    found = line.balance_yen or 0
    return BrokenChain(
        f"残高が前の行からつながりません（差は{yen(found - expected)}）。行が抜けたか、書きかえられたか、順番が変わっています。",
        found=yen(found),
        expected=yen(expected),
        next_step=NEWEST_FIRST if _holds_backwards(lines) else DOWNLOAD_AGAIN,
        line=line.line_number,
        column=column,
        difference_yen=found - expected,
        file=source.file,
        guard=source.guard,
    )


def _holds_backwards(lines: Sequence[StatementLine]) -> bool:
    return len(lines) > 1 and all(before(newer) == older.balance_yen for newer, older in pairwise(lines))
