"""What is odd in the rows of one file without making the money doubtful; one warning a kind."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from donations.bankfiles.source import Source
from donations.bankfiles.statement import StatementLine, Warning_


def collect(
    lines: Sequence[StatementLine],
    source: Source,
    *,
    period: tuple[date | None, date | None] = (None, None),
    produced_on: date | None = None,
) -> list[Warning_]:
    """Warnings, each with its first line: dates that go backwards, days outside the period asked for or after the
    file was made, numbers of the bank that stand twice, and letters lost in an earlier conversion (U+FFFD).
    """
    begins, ends = period[0] or date.min, period[1] or date.max
    latest = produced_on or date.max
    kinds = (
        ("dates_backwards", "日付が前の行より古い行があります。", _backwards(lines)),
        (
            "outside_period",
            "照会した期間の外の日付があります。",
            (line for line in lines if not begins <= line.booked_on <= ends),
        ),
        (
            "after_output",
            "出力日より後の日付があります。",
            (line for line in lines if line.booked_on > latest),
        ),
        ("id_repeated", "同じ明細ＩＤが二度あります。明細ＩＤは目印としてだけ使います。", _repeated(lines)),
        (
            "damaged_text",
            "読めない文字（�）に変わった文字があります。名前の照合は手で確かめてください。",
            (line for line in lines if "\ufffd" in line.detail_1 + line.detail_2 + line.message),
        ),
    )
    return [
        warning
        for code, message, odd in kinds
        for warning in first_of(code, message, (line.line_number for line in odd), source)
    ]


def first_of(
    code: str, message: str, numbers: Iterable[int], source: Source, *, column: str | None = None
) -> list[Warning_]:
    """No warning, or one that names the first line and counts the others."""
    odd = list(numbers)
    if not odd:
        return []
    others = f"（ほかに{len(odd) - 1}行）" if len(odd) > 1 else ""
    return [source.warning(code, message + others, line=odd[0], column=column)]


def _backwards(lines: Sequence[StatementLine]) -> Iterable[StatementLine]:
    return (line for previous, line in pairwise(lines) if line.booked_on < previous.booked_on)


def _repeated(lines: Sequence[StatementLine]) -> Iterable[StatementLine]:
    seen: set[str] = set()
    for line in lines:
        if line.external_id and line.external_id in seen:
            yield line
        seen.add(line.external_id)
