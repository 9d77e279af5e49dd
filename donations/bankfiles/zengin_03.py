"""全銀 入出金取引明細 (種別コード 03): every movement of an account, with opening and closing balance.

The running balance is not in the records; it is filled in from the opening balance and proved by the closing one.
取引区分 19 (訂正) is a row like any other, marked `reverses`. Layout and sources: formats.md §1.8.
That ゆうちょBizダイレクト gives this form is likely, not known: take the first real file as a test.
"""

from dataclasses import replace
from datetime import date

from donations.bankfiles import zengin_records, zengin_statement, zengin_totals
from donations.bankfiles.errors import BrokenChain, WrongCount, yen
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.bankfiles.zengin_records import Account, Record
from donations.bankfiles.zengin_totals import Total, total

FORMAT = "zengin_03"
NAME = "全銀の入出金取引明細（200バイト）"
KINDS = {
    10: "現金",
    11: "振込",
    12: "他店券入金",
    13: "交換",
    14: "振替",
    15: "継続",
    18: "その他",
    19: "訂正",
}
CORRECTION = 19


def claims(data: bytes) -> bool:
    """True for a header record of 種別コード 03."""
    return zengin_records.claims(data, "03")


def read(data: bytes, source: Source) -> Statement:
    """The one account of the file.

    Raises `BrokenLine`, `NotDecodable`, `WrongCount`, `WrongSum` and `BrokenChain` (the last two with the yen), each
    with the record's number and the field's name.
    """
    form = zengin_statement.frame(data, source, kind_at=62, number_ends=73)
    account = form.account
    lines, odd_days = zengin_statement.rows(form, day_at=9, line=_line)
    warnings = [*odd_days, *_check_totals(account, lines), *_check_end(account)]
    opening, closing = _balances(account, lines)
    return zengin_statement.statement(
        form,
        _with_balances(lines, opening),
        format=FORMAT,
        warnings=warnings,
        opening_yen=opening,
        closing_yen=closing,
    )


def _line(record: Record, booked_on: date) -> StatementLine:
    direction = record.code(21, 22)
    if direction not in {"1", "2"}:
        raise record.broken(
            "入払区分を読めません。", "入払区分", found=direction, expected="1（入金）か2（出金）"
        )
    amount = record.required(24, 36, "取引金額")
    if not amount:
        raise record.broken("取引金額が0円です。", "取引金額", expected="1円以上の金額")
    kind = record.number_in(22, 24, "取引区分")
    name, note, edi = (
        record.text(81, 129, "振込依頼人名"),
        record.text(159, 179, "摘要内容"),
        record.text(179, 199, "EDI情報"),
    )
    return StatementLine(
        line_number=record.number,
        booked_on=booked_on,
        received_yen=amount if direction == "1" else 0,
        paid_out_yen=amount if direction == "2" else 0,
        detail_1=KINDS.get(kind, f"取引区分{kind:02d}") if kind else "",
        detail_2=name or note,
        balance_yen=None,
        external_id=record.code(1, 9).strip("0") and record.code(1, 9),
        message=" ".join(part for part in ((note if name else ""), edi) if part),
        reverses=kind == CORRECTION,
    )


def _check_totals(account: Account, lines: tuple[StatementLine, ...]) -> list[Warning_]:
    """入金 and 出金, rows and yen. Whether they include corrections is not known: both readings are taken."""
    trailer = account.trailer
    readings = []
    for count_at, count_column, sum_column, amounts in (
        (
            1,
            "入金件数",
            "入金額合計",
            [(line.received_yen, line.reverses) for line in lines if line.received_yen],
        ),
        (
            20,
            "出金件数",
            "出金額合計",
            [(line.paid_out_yen, line.reverses) for line in lines if line.paid_out_yen],
        ),
    ):
        written = Total(
            trailer.required(count_at, count_at + 6, count_column),
            trailer.required(count_at + 6, count_at + 19, sum_column),
        )
        counted = (
            total([yen for yen, _ in amounts]),
            total([yen for yen, reverses in amounts if not reverses]),
        )
        readings.append(
            zengin_totals.check(trailer, written, counted, count_column=count_column, sum_column=sum_column)
        )
    rows = trailer.number_in(54, 61, "データ・レコード件数")
    if rows is not None and rows != len(lines):
        raise _wrong_count(trailer, "データ・レコード件数", rows, len(lines))
    if not any(readings):
        return []
    message = "合計に訂正の取引が入っていません。訂正の行を確かめてください。"
    return [trailer.source.warning("totals_without_corrections", message, line=trailer.number)]


def _check_end(account: Account) -> list[Warning_]:
    """レコード総件数 is all records; one reading of the layout counts only the data records: told, not refused."""
    end = account.end
    accounts = end.number_in(11, 16, "口座数")
    if accounts not in {None, 1}:
        raise end.broken(
            "一つのファイルに二つ以上の口座が入っています。", "口座数", found=str(accounts), expected="1"
        )
    records = end.number_in(1, 11, "レコード総件数")
    if records in {None, account.count}:
        return []
    if records == len(account.data):
        message = "レコード総件数に、見出しと合計の行が入っていません。明細の件数とは合っています。"
        return [end.source.warning("count_of_data_only", message, line=end.number, column="レコード総件数")]
    raise _wrong_count(end, "レコード総件数", records or 0, account.count)


def _wrong_count(record: Record, column: str, written: int, counted: int) -> WrongCount:
    return WrongCount(
        f"{column}は{written:,}件と書かれていますが、{counted:,}件あります。",
        found=f"{counted:,}件",
        expected=f"{written:,}件",
        line=record.number,
        column=column,
        file=record.source.file,
        guard=record.source.guard,
    )


def _balances(account: Account, lines: tuple[StatementLine, ...]) -> tuple[int | None, int | None]:
    """Opening and closing balance, each None where the bank leaves it out; with one of them the other follows."""
    net = sum(line.received_yen - line.paid_out_yen for line in lines)
    opening = _signed(account.header, 113, 115, 129, "取引前残高")
    closing = _signed(account.trailer, 39, 40, 54, "取引後残高")
    if opening is not None and closing is not None and opening + net != closing:
        raise BrokenChain(
            f"取引前残高に明細を足し引きすると、取引後残高になりません（差は{yen(closing - opening - net)}）。",
            found=yen(closing),
            expected=yen(opening + net),
            difference_yen=closing - opening - net,
            line=account.trailer.number,
            column="取引後残高",
            file=account.trailer.source.file,
            guard=account.trailer.source.guard,
        )
    if opening is None and closing is not None:
        return closing - net, closing
    return opening, opening + net if opening is not None else None


def _signed(record: Record, sign_at: int, begins: int, ends: int, column: str) -> int | None:
    """A balance with its 貸越区分: 1 plus, 2 minus. Without a sign it is absent, and must then be blank or zero."""
    amount = record.number_in(begins, ends, column)
    sign = record.code(sign_at, sign_at + 1)
    if sign in {"1", "2"} and amount is not None:
        return amount if sign == "1" else -amount
    if amount:
        raise record.broken(
            "残高がプラスかマイナスか書かれていません。",
            "貸越区分",
            found=sign,
            expected="1（プラス）か2（マイナス）",
        )
    return None


def _with_balances(lines: tuple[StatementLine, ...], opening: int | None) -> tuple[StatementLine, ...]:
    if opening is None:
        return lines
    balance, filled = opening, []
    for line in lines:
        balance += line.received_yen - line.paid_out_yen
        filled.append(replace(line, balance_yen=balance))
    return tuple(filled)
