"""全銀 files of our 振替口座 over an invented ledger."""

from collections.abc import Sequence
from datetime import date, timedelta

from donations.bankfiles.statement import StatementLine
from tests.donations.bankfiles import zengin_forms

NUMBER = "0729745"


def day(moment: date) -> str:
    """YYMMDD of 令和."""
    return f"{moment.year - 2018:02d}{moment:%m%d}"


def movements(rows: Sequence[StatementLine], *, days: tuple[date, date] | None = None, balances: bool = True) -> bytes:
    """入出金取引明細 (03), made three days after its last day."""
    begins, ends = days or (rows[0].booked_on, rows[-1].booked_on)
    first, last = rows[0], rows[-1]
    opening = (first.balance_yen or 0) - first.received_yen + first.paid_out_yen
    came = [row.received_yen for row in rows if row.received_yen]
    went = [row.paid_out_yen for row in rows if row.paid_out_yen]
    header = zengin_forms.header_03(
        created=day(ends + timedelta(days=3)), begins=day(begins), ends=day(ends), number=NUMBER,
        sign=1 if balances else None, opening=opening if balances else None,
    )  # fmt: skip
    data = [
        zengin_forms.data_03(day(row.booked_on), row.received_yen or row.paid_out_yen, row.detail_2, out=bool(row.paid_out_yen))
        for row in rows
    ]
    trailer = zengin_forms.trailer_03(
        came=(len(came), sum(came)), went=(len(went), sum(went)), rows=len(rows),
        sign=1 if balances else None, closing=last.balance_yen if balances else None,
    )  # fmt: skip
    return b"".join([header, *data, trailer, zengin_forms.end_03(len(rows) + 3)])


def notices(rows: Sequence[StatementLine]) -> bytes:
    """振込入金通知 (01): the incoming rows only."""
    came = [row for row in rows if row.received_yen]
    header = zengin_forms.header_01(
        created=day(rows[-1].booked_on + timedelta(days=3)), begins=day(rows[0].booked_on), ends=day(rows[-1].booked_on), number=NUMBER
    )
    data = [zengin_forms.data_a(day(row.booked_on), row.received_yen, row.detail_2) for row in came]
    trailer = zengin_forms.trailer_01(came=(len(came), sum(row.received_yen for row in came)))
    return b"".join([header, *data, trailer, zengin_forms.end_01()])
