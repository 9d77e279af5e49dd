"""From 全銀 records to a `Statement`: what the 03 and the 01 have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from donations.bankfiles import row_warnings, zengin_records
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.bankfiles.zengin_account import KINDS_OF_ACCOUNT
from donations.bankfiles.zengin_records import Account, Record


@dataclass(frozen=True, slots=True)
class Frame:
    """The header, read: whose account, made when, asked for which days; `warnings` of the header alone."""

    account: Account
    as_written: str
    made_on: date
    period: tuple[date | None, date | None]
    warnings: tuple[Warning_, ...]

    @property
    def source(self) -> Source:
        return self.account.header.source


def frame(data: bytes, source: Source, *, kind_at: int, number_ends: int) -> Frame:
    """Raises `BrokenLine` and `NotDecodable`. `kind_at`: byte of 預金種目; `number_ends`: first byte after 口座番号."""
    account = zengin_records.read_records(data, source)
    made_on, warnings = zengin_records.created_on(account.header)
    begins, ends, unreadable = zengin_records.period(account.header, made_on)
    as_written = _account_as_written(account.header, kind_at, number_ends)
    return Frame(account, as_written, made_on, (begins, ends), (*warnings, *unreadable))


def rows(
    form: Frame, *, day_at: int, line: Callable[[Record, date], StatementLine]
) -> tuple[tuple[StatementLine, ...], list[Warning_]]:
    """Each data record read by `line`, which is given its 勘定日; and a warning for days of an unusual era.

    Raises `BrokenLine` for a day that is blank or cannot be read, and what `line` raises.
    """
    lines, odd = [], []
    for record in form.account.data:
        booked_on, unusual = zengin_records.era_day(record, day_at, "勘定日", form.made_on)
        if booked_on is None:
            raise record.broken("勘定日が空です。", "勘定日", expected="和暦のYYMMDD")
        if unusual:
            odd.append(record)
        lines.append(line(record, booked_on))
    return tuple(lines), zengin_records.odd_days(odd, form.source)


def statement(
    form: Frame,
    lines: tuple[StatementLine, ...],
    *,
    format: str,  # noqa: A002  (the field's name)
    warnings: Sequence[Warning_],
    opening_yen: int | None = None,
    closing_yen: int | None = None,
) -> Statement:
    """The whole; `warnings` stand between those of the header and those of the rows."""
    begins, ends = form.period
    of_rows = row_warnings.collect(lines, form.source, period=form.period, produced_on=form.made_on)
    return Statement(
        format=format,
        account_as_written=form.as_written,
        period_from=begins,
        period_to=ends,
        produced_at=datetime.combine(form.made_on, time()),
        balance_at_output_yen=closing_yen,
        lines=lines,
        opening_yen=opening_yen,
        closing_yen=closing_yen,
        warnings=(*form.warnings, *warnings, *of_rows),
    )


def _account_as_written(header: Record, kind_at: int, number_ends: int) -> str:
    """銀行コード-支店コード-預金種目-口座番号, digits as in the file: 9900-019-2-0729745."""
    kind = header.code(kind_at, kind_at + 1)
    if kind not in KINDS_OF_ACCOUNT:
        words = "、".join(f"{code}（{name}）" for code, name in KINDS_OF_ACCOUNT.items())
        raise header.broken("この預金種目の明細は読めません。", "預金種目", found=kind, expected=words)
    return "-".join((header.code(22, 26), header.code(41, 44), kind, header.code(kind_at + 1, number_ends)))
