"""Compare a bank's file with the ledger of its account; the ledger stays as it is, that it was compared is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from donations import sources
from donations.account_choice import choose_account, formatted_number
from donations.bankfiles import zengin_01
from donations.bankfiles.statement import Statement, StatementLine
from donations.guarded_file import GuardedFile
from donations.ledger_alignment.comparison import Compared, compare
from donations.mappings import usual_account
from donations.models import Transaction
from donations.statement_plan import ledger_rows
from japanese.era import format_long
from japanese.yen import format_yen
from members.models import BankAccount
from privacy.recording import record


@dataclass(frozen=True, slots=True)
class Comparison:
    """`stored`: the rows of the ledger; `found` points into it and into `file.lines`. `kind`, `own_kinds`: of what
    kind the file is, and the files that made the ledger.
    """

    account: BankAccount
    file: Statement
    stored: Sequence[Transaction]
    found: Compared
    kind: str
    own_kinds: str

    @property
    def only_ledger(self) -> list[Transaction]:
        return [self.stored[index] for index in self.found.only_ledger]

    @property
    def only_file(self) -> list[StatementLine]:
        return [self.file.lines[index] for index in self.found.only_file]

    @property
    def difference_yen(self) -> int:
        """What the file says more than the ledger, net."""
        return self.found.file.net_yen - self.found.ledger.net_yen

    @property
    def meaning(self) -> list[str]:
        """What it means, in sentences."""
        return list(_meaning(self))

    def as_json(self) -> dict[str, Any]:
        days = self.found.days
        return {
            "account": formatted_number(self.account),
            "format": self.file.format,
            "from": days[0].isoformat() if days else None,
            "to": days[1].isoformat() if days else None,
            "same": len(self.found.same),
            "only_ledger": [
                {"transaction": row.pk, "date": row.booked_on.isoformat(), "amount_yen": row.amount_yen}
                for row in self.only_ledger
            ],
            "only_file": [
                {
                    "line": line.line_number,
                    "date": line.booked_on.isoformat(),
                    "amount_yen": line.received_yen - line.paid_out_yen,
                }
                for line in self.only_file
            ],
            "other_days": len(self.found.outside),
            "daily_sums": [day.isoformat() for day in self.found.daily_sums],
            "ledger": {"received_yen": self.found.ledger.received_yen, "paid_out_yen": self.found.ledger.paid_out_yen},
            "file": {"received_yen": self.found.file.received_yen, "paid_out_yen": self.found.file.paid_out_yen},
            "difference_yen": self.difference_yen,
            "meaning": self.meaning,
        }


def compare_file(*, file: GuardedFile, account: BankAccount | None = None, at: datetime, by: str) -> Comparison:
    """Compare the days that the file and the ledger of its account both tell of; adds no row.

    `account`: said by a person. Raises the refusals of `choose_account`.
    """
    statement = file.statement
    choice = choose_account(as_written=statement.account_as_written, chosen=account, usual=usual_account(statement.mapping))
    stored = list(Transaction.objects.filter(account=choice.account).order_by("position"))
    found = compare(ledger_rows(stored), ledger_rows(statement.lines), period=_asked(statement))
    record(action="donations.formats_compared", at=at, by=by, subject=choice.account, count=len(found.same))
    return Comparison(
        choice.account, statement, stored, found, sources.kind_of_file(statement), sources.kinds_of(choice.account)
    )


def _asked(statement: Statement) -> tuple[date | None, date | None]:
    """The days the file tells of, those it does not show whole yet left out where a row does not stand on them."""
    days = statement.complete_days
    if days is None:
        return statement.period_from, statement.period_to
    last_row = max((line.booked_on for line in statement.lines), default=days[1])
    return days[0], max(days[1], last_row)


def _meaning(comparison: Comparison) -> Iterator[str]:
    found = comparison.found
    if found.days is None:
        yield _("このファイルと帳簿には、同じ日がありません。比べられる行はありませんでした。")
        return
    facts = {"first": format_long(found.days[0]), "last": format_long(found.days[1]), "same": len(found.same)}
    if found.is_equal:
        yield _("%(first)sから%(last)sまで、ファイルと帳簿の行は、日と金額がすべて同じです(%(same)d行)。抜けも余分もありません。") % facts
    else:
        yield _("%(first)sから%(last)sまでを比べました。日と金額が同じ行は %(same)d行です。") % facts
    if found.only_file:
        yield _(
            "ファイルだけにある行があります(%(rows)d行)。帳簿を作っているファイルに、抜けがあるかもしれません。"
            "%(kinds)sの形式で、その日を含む期間をもう一度ダウンロードして、取り込んでください。"
        ) % {"rows": len(found.only_file), "kinds": comparison.own_kinds}
    if found.only_ledger:
        yield _(
            "帳簿だけにある行があります(%(rows)d行)。このファイルに出ない種類の入出金か、銀行があとで取り消した行かもしれません。"
            "通帳や銀行の画面で確かめてください。"
        ) % {"rows": len(found.only_ledger)}
    if found.only_ledger and comparison.file.format == zengin_01.FORMAT:
        yield _("振込入金通知には、振込の入金だけが入ります。出金や払込みは、帳簿だけにあるのがふつうです。")
    for day in found.daily_sums:
        yield _("%sは、行はちがいますが、合計は同じです。どちらかが、1日分をまとめて1行にしているようです。") % format_long(day)
    if comparison.difference_yen:
        yield _("入金から出金を引いた合計は、ファイルのほうが %(yen)s %(more)sです。") % {
            "yen": format_yen(abs(comparison.difference_yen)),
            "more": _("多い") if comparison.difference_yen > 0 else _("少ない"),
        }
