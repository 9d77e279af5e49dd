"""Bank files for tests: the true bytes of the ゆうちょダイレクト CSV over an invented ledger."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from donations.bankfiles.statement import StatementLine
from donations.bankfiles.yucho_direct_csv_writer import ledger, write

OURS = "00100-20729745"
MADE_AT = datetime(2026, 11, 22, 17, 36)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def year(opening_yen: int = 10_000) -> tuple[StatementLine, ...]:
    """Twelve rows, April to September: equal amounts on one day, a payer twice a day, a fee, an empty payer."""
    return ledger(
        opening_yen,
        [
            (day(4, 3), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
            (day(4, 3), 1000, "振込", "ｻﾄｳ ｲﾁﾛｳ"),
            (day(4, 20), 3000, "送金", "髙橋　一郎"),
            (day(5, 1), -165, "料　金", ""),
            (day(5, 8), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
            (day(5, 8), 1000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
            (day(6, 15), 5000, "払込", ""),
            (day(6, 30), 3000, "振込", "ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｾﾞ"),
            (day(7, 7), 2000, "振込", "ｽｽﾞｷ ｼﾞﾛｳ"),
            (day(8, 1), -165, "料　金", ""),
            (day(9, 1), 1000, "振込", "ﾀﾅｶ ﾐﾄﾞﾘ"),
            (day(9, 2), 4000, "振込", "ｶ)ｱｵﾊﾞｼﾖﾎﾞｳ"),
        ],
    )


def whole_days(rows: Sequence[StatementLine], first: date, last: date) -> bytes:
    """The file asked for `first` to `last` and made three days later: it shows these days whole."""
    return bank_file(rows, period=(first, last), made_at=datetime.combine(last + timedelta(days=3), time(9, 0)))


def bank_file(
    rows: Sequence[StatementLine],
    *,
    account: str = OURS,
    period: tuple[date, date] | None = None,
    made_at: datetime | None = None,
) -> bytes:
    """The file for these rows; made on the day of the last one, which may still grow, unless said otherwise."""
    made_at = made_at or (datetime.combine(rows[-1].booked_on, time(17, 36)) if rows else MADE_AT)
    balance = rows[-1].balance_yen if rows else 0
    return write(rows, account_as_written=account, produced_at=made_at, period=period, balance_at_output_yen=balance or 0)
