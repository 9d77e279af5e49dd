"""ゆうちょダイレクト 入出金明細 CSV: six or seven lines of preamble, a header, one row for each movement.

Form: CP932 and LF as the bank writes it, UTF-8 or CRLF as spreadsheets save it again, alone or as a ZIP of `_01.csv`
to `_10.csv` that is read as one statement. Facts and sources: formats.md §1.1 and §7 (real files of a 総合口座;
the words a 振替口座 uses are not known yet, so no word is interpreted here).

Controls, all checked: exactly one amount in each row, the running balance from row to row, 明細件数.
Dates that go backwards are a warning, not an error: the bank says a row may be posted later than its day, and the
balance chain, which allows no row out of place, has already passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from donations.bankfiles import (
    balance_chain,
    charset,
    csv_text,
    row_warnings,
    yucho_preamble,
    yucho_rows,
    zip_archive,
)
from donations.bankfiles.csv_text import plain
from donations.bankfiles.errors import BrokenLine, WrongCount
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.bankfiles.yucho_preamble import Preamble
from privacy.zip_directory import is_zip

FORMAT = "yucho_direct_csv"
NAME = "ゆうちょダイレクトの入出金明細CSV"
LAST_HEADER_LINE = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One CSV of the statement: the only one, or one of the ZIP."""

    source: Source
    preamble: Preamble
    lines: tuple[StatementLine, ...]
    warnings: tuple[Warning_, ...]


def claims(data: bytes) -> bool:
    """True for the title line or the header in the first lines, and for a ZIP of CSV files."""
    return zip_archive.is_zip_of_csv(data) or _encoding(data) is not None


def read(data: bytes, source: Source) -> Statement:
    """The whole file or ZIP.

    Raises `BrokenLine`, `BrokenChain` (with the yen), `WrongCount`, `NotDecodable`, and for a ZIP `UnknownFormat`
    and `TooLarge`; each with the file, and line and column where there is one.
    """
    if is_zip(data):
        parts = [
            _part(member, replace(source, file=name)) for name, member in zip_archive.members(data, source)
        ]
    else:
        parts = [_part(data, source)]
    _check_same_account(parts)
    _check_chain(parts)
    _check_counts(parts)
    return _statement(parts)


def _encoding(data: bytes) -> str | None:
    """The encoding in which the title or the header can be read in the first lines."""
    for encoding, text in charset.readings(data):
        head = [line.split(",") for line in text.splitlines()[:LAST_HEADER_LINE]]
        rows = [[cell.strip('"') for cell in row] for row in head]
        if any(yucho_rows.is_header(row) or yucho_preamble.is_title(row) for row in rows):
            return encoding
    return None


def _part(data: bytes, source: Source) -> Part:
    text = charset.decode(data, _encoding(data) or "cp932", source)
    rows = csv_text.rows(text.removeprefix("\ufeff"), source)
    above: list[tuple[int, list[str]]] = []
    for number, row in rows:
        if yucho_rows.is_header(row):
            break
        if number >= LAST_HEADER_LINE:
            raise _no_header(source)
        above.append((number, row))
    else:
        raise _no_header(source)
    columns = yucho_rows.find_columns(row, source, line=number)
    preamble = yucho_preamble.read(above, source)
    lines, warnings = yucho_rows.read_rows(rows, columns, source)
    return Part(source, preamble, lines, (*preamble.warnings, *warnings, *_odd(lines, preamble, source)))


def _no_header(source: Source) -> BrokenLine:
    return source.broken(
        f"見出しの行が、はじめの{LAST_HEADER_LINE}行の中にありません。", expected="、".join(yucho_rows.HEADER)
    )


def _odd(lines: Sequence[StatementLine], preamble: Preamble, source: Source) -> list[Warning_]:
    return row_warnings.collect(
        lines,
        source,
        period=(preamble.period_from, preamble.period_to),
        produced_on=preamble.produced_at.date() if preamble.produced_at else None,
    )


def _check_same_account(parts: Sequence[Part]) -> None:
    for part in parts[1:]:
        if plain(part.preamble.account) != plain(parts[0].preamble.account):
            raise part.source.broken(
                "ZIPの中に、別の口座のファイルがあります。",
                column=yucho_preamble.ACCOUNT,
                found=part.preamble.account,
                expected="すべて同じ口座",
                next_step=zip_archive.UNPACK,
            )


def _check_chain(parts: Sequence[Part]) -> None:
    """Row by row, and from the last row of one file of a ZIP to the first of the next."""
    previous: int | None = None
    for part in parts:
        balance_chain.check(part.lines, part.source, column=yucho_rows.BALANCE, previous_yen=previous)
        previous = part.lines[-1].balance_yen if part.lines else previous


def _check_counts(parts: Sequence[Part]) -> None:
    """Each file's 明細件数 is its own number of rows; in a ZIP it may be, in all of them, that of the whole.

    Which of the two the bank prints in a ZIP is not known (formats.md §1.1), so both are taken.
    """
    whole = sum(len(part.lines) for part in parts)
    if all(part.preamble.count == whole for part in parts):
        return
    for part in parts:
        count, rows = part.preamble.count, len(part.lines)
        if count is not None and count != rows:
            raise WrongCount(
                f"明細件数は{count:,}件と書かれていますが、明細は{rows:,}行あります。",
                found=f"{rows:,}行",
                expected=f"{count:,}行",
                line=part.preamble.count_line,
                column=yucho_preamble.COUNT,
                file=part.source.file,
                guard=part.source.guard,
            )


def _statement(parts: Sequence[Part]) -> Statement:
    first, last = parts[0].preamble, parts[-1].preamble
    lines = tuple(line for part in parts for line in part.lines)
    return Statement(
        format=FORMAT,
        account_as_written=first.account,
        period_from=first.period_from,
        period_to=last.period_to,
        produced_at=last.produced_at,
        balance_at_output_yen=last.balance_yen,
        lines=lines,
        opening_yen=balance_chain.before(lines[0]) if lines else None,
        closing_yen=lines[-1].balance_yen if lines else None,
        warnings=tuple(warning for part in parts for warning in part.warnings),
    )
