"""全銀 振込入金通知 (種別コード 01), formats A and B: incoming transfers only, no balances.

取消区分 1 takes an earlier notice back: the row is paid out again and marked `reverses`. Rows have no balance, so an
import counts identical rows instead of following the chain. Layout and sources: formats.md §1.8.
"""

from datetime import date
from functools import partial

from donations.bankfiles import zengin_records, zengin_statement, zengin_totals
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.bankfiles.zengin_records import Account, Record
from donations.bankfiles.zengin_totals import Total, total

FORMAT = "zengin_01"
NAME = "全銀の振込入金通知（200バイト）"
TRANSFER, CANCELLED = "振込", "振込取消"


def claims(data: bytes) -> bool:
    """True for a header record of 種別コード 01."""
    return zengin_records.claims(data, "01")


def read(data: bytes, source: Source) -> Statement:
    """The one account of the file.

    Raises `BrokenLine`, `NotDecodable`, `WrongCount` and `WrongSum` (with the yen), each with the record's number and
    the field's name.
    """
    form = zengin_statement.frame(data, source, kind_at=59, number_ends=67)
    account = form.account
    wide = bool(account.data) and _is_b(account.data[0])
    lines, odd_days = zengin_statement.rows(form, day_at=7, line=partial(_line, wide=wide))
    warnings = [*odd_days, *_check_totals(account, lines)]
    return zengin_statement.statement(form, lines, format=FORMAT, warnings=warnings)


def _is_b(record: Record) -> bool:
    """Format B has 24 digits where A has its EDI field of 20 and blanks."""
    return record.data[128:152].isdigit()


def _line(record: Record, booked_on: date, *, wide: bool) -> StatementLine:
    if _is_b(record) != wide:
        raise record.broken("フォーマットAとBが混ざっています。", "金額(2)", expected="すべて同じフォーマット")
    amount = _amount(record, wide=wide)
    cancels = record.code(127, 128)
    if cancels not in {"", "0", "1"}:
        raise record.broken("取消区分を読めません。", "取消区分", found=cancels, expected="1（取消）か空")
    reverses = cancels == "1"
    return StatementLine(
        line_number=record.number,
        booked_on=booked_on,
        received_yen=0 if reverses else amount,
        paid_out_yen=amount if reverses else 0,
        detail_1=CANCELLED if reverses else TRANSFER,
        detail_2=record.text(49, 97, "振込依頼人名"),
        balance_yen=None,
        external_id=record.code(1, 7).strip("0") and record.code(1, 7),
        message=record.text(152, 172, "EDI情報") if wide else record.text(128, 148, "EDI情報"),
        reverses=reverses,
    )


def _amount(record: Record, *, wide: bool) -> int:
    """金額, or in format B 金額(2) where 金額(1) is zero."""
    amount = record.required(19, 29, "金額")
    second = record.required(128, 140, "金額(2)") if wide else 0
    if amount and second:
        raise record.broken(
            "金額(1)と金額(2)の両方に金額があります。",
            "金額(2)",
            found=f"{amount} {second}",
            expected="どちらか一方だけ",
        )
    if not amount and not second:
        raise record.broken("金額が0円です。", "金額", expected="1円以上の金額")
    return amount or second


def _check_totals(account: Account, lines: tuple[StatementLine, ...]) -> list[Warning_]:
    """振込合計 and 取消合計. Whether 振込合計 includes cancellations differs by reading: both are taken, one is told."""
    trailer = account.trailer
    transfers = total([line.received_yen for line in lines if not line.reverses])
    cancelled = total([line.paid_out_yen for line in lines if line.reverses])
    everything = Total(transfers.rows + cancelled.rows, transfers.yen + cancelled.yen)
    written = Total(trailer.required(1, 7, "振込合計件数"), trailer.required(7, 19, "振込合計金額"))
    reading = zengin_totals.check(
        trailer, written, [transfers, everything], count_column="振込合計件数", sum_column="振込合計金額"
    )
    rows = trailer.number_in(19, 25, "取消合計件数")
    amount = trailer.number_in(25, 37, "取消合計金額")
    if rows is not None and amount is not None:
        zengin_totals.check(
            trailer, Total(rows, amount), [cancelled], count_column="取消合計件数", sum_column="取消合計金額"
        )
    if not reading:
        return []
    message = "振込合計に、取り消された振込も入っています。取消の行を確かめてください。"
    return [trailer.source.warning("totals_with_cancellations", message, line=trailer.number)]
