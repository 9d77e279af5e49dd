"""What the treasurer is told about a file that does not simply fit: sentences with the yen and the two days."""

from typing import Self

from django.utils.translation import gettext as _

from donations.ledger_alignment import Gap, HistoryChanged
from donations.statement_plan import OpeningDiffers, Problem, StatementPlan
from japanese.era import format_long
from japanese.yen import format_yen
from members.models import BankAccount
from privacy.errors import Refused

CODES = {Gap: "gap", HistoryChanged: "history_changed", OpeningDiffers: "opening_differs"}


class NotProved(Refused):
    """Nothing was imported: something has to be decided by a person first."""

    @classmethod
    def problem(cls, plan: StatementPlan) -> Self:
        """The difference found, with the line of the file where it shows."""
        if plan.problem is None:
            raise ValueError("the plan has no problem")
        return cls(
            f"{difference(plan.problem)}{next_step(plan)}", code=CODES[type(plan.problem)], line=line_of(plan)
        )

    @classmethod
    def since_shown(cls, problem: Problem | None) -> Self:
        """The ledger is not what it was when the person looked."""
        found = difference(problem) if problem else _("いまは、ちがいはありません。")
        return cls(
            _("画面を開いたあとで、帳簿が変わりました。何も取り込んでいません。%(found)sもう一度確かめてから決めてください。")
            % {"found": found},
            code="changed_since_shown",
        )

    @classmethod
    def account(cls, account: BankAccount) -> Self:
        """The spelling of the account number has to be confirmed once."""
        return cls(
            _(
                "ファイルの口座番号は、初めて見る書きかたです。「%(account)s」の口座のファイルかどうかを確かめてください。"
                "そうであれば、「この口座です」と答えてください。この書きかたは覚えるので、次からは聞きません。"
            )
            % {"account": account},
            code="account_to_confirm",
        )


def already_typed(account: BankAccount) -> Refused:
    """The account's ledger is typed by hand; a file would bring the same money again."""
    return Refused(
        _("「%s」の入金は手で入れてあります。ファイルを取り込むと二重に数えてしまうため、取り込みません。") % account.name,
        code="account_is_typed",
    )


def other_format(account: BankAccount) -> Refused:
    """The account's ledger is made from files of another format."""
    return Refused(
        _(
            "「%s」には別の形式のファイルを取り込んできました。二重に数えないため、このファイルからは1行も足しません。"
            "同じ日の明細どうしを比べることはできます。"
            "この形式に変えるときは、前の形式のファイルの最後の日から先の、残高のあるファイルを使ってください。"
        )
        % account.name,
        code="other_format",
    )


def other_reader(mapping: str) -> Refused:
    """A mapping was named, but the file is one that is known without."""
    return Refused(
        _("このファイルは、列の形「%s」を使わなくても読める形式です。列の形を指定せずに、取り込んでください。") % mapping,
        code="other_reader",
    )


def difference(problem: Problem) -> str:
    """One sentence: how many yen, between which two days."""
    facts = {
        "yen": format_yen(abs(problem.yen)),
        "before": format_long(problem.before),
        "after": format_long(problem.after),
    }
    if isinstance(problem, OpeningDiffers):
        more = _("多い") if problem.yen > 0 else _("少ない")
        return _(
            "「会の設定」にある%(before)sの残高より、このファイルの%(after)sの始まりの残高が %(yen)s %(more)s状態です。"
        ) % {**facts, "more": more}
    if isinstance(problem, HistoryChanged):
        if not problem.yen:
            return _("取り込みずみの%(before)sの行と、このファイルの%(after)sの行の順番か内容がちがいます。金額の差はありません。") % facts
        return _(
            "取り込みずみの%(before)sの行と、このファイルの%(after)sの行がちがいます。その日の終わりでの差は %(yen)s です。"
        ) % facts
    if not problem.yen:
        return _("残高はつながりますが、%(before)sと%(after)sの間の日の明細がまだありません。") % facts
    way = _("入金") if problem.yen > 0 else _("出金")
    return _("%(before)sと%(after)sの間で、差し引き %(yen)s の%(way)sの明細が抜けています。") % {**facts, "way": way}


def next_step(plan: StatementPlan) -> str:
    """What can be done about the difference."""
    if isinstance(plan.problem, Gap) and not plan.problem.yen:
        return _(
            "その間に、入金と出金が同じ額の明細があるかもしれません。銀行から、前のファイルと数日重ねてダウンロードし直してください"
            "(同じ行は二度入りません)。手に入らないときは、そのまま認めて取り込めます。"
            "だれが認めたかを記録します。"
        )
    if isinstance(plan.problem, Gap):
        return _(
            "間の期間のファイルを先に取り込んでください。"
            "手に入らないときは、抜けを認めて取り込めます。だれが認めたかを記録します。"
        )
    if plan.if_accepted is None:
        return _("このファイルから足せる行はありません。銀行から同じ期間のファイルをもう一度ダウンロードして、確かめてください。")
    if isinstance(plan.problem, OpeningDiffers):
        return _(
            "間の期間のファイルがあれば、先に取り込んでください。"
            "ファイルの残高から始めるときは、そのまま認めて取り込めます。だれが認めたかを記録します。"
        )
    return _(
        "銀行から同じ期間のファイルをもう一度ダウンロードして、確かめてください。それでも同じときは、"
        "取り込みずみの行をそのままにして、新しい日の行だけを足せます。だれが認めたかを記録します。"
    )


def signature(problem: Problem | None) -> str:
    """A short word for what a person was shown, '' for nothing; equal only for the same difference."""
    if problem is None:
        return ""
    return f"{CODES[type(problem)]}:{problem.yen}:{problem.before.isoformat()}:{problem.after.isoformat()}"


def seen_otherwise(problem: Problem | None, shown: str) -> bool:
    """Whether a difference exists now that is not the one a person was shown.

    A difference that has gone since needs no consent.
    """
    return problem is not None and signature(problem) != shown


def line_of(plan: StatementPlan) -> int | None:
    """The line of the file where the difference begins."""
    problem, lines = plan.problem, plan.statement.lines
    if isinstance(problem, HistoryChanged):
        return lines[problem.new_index].line_number
    if problem is None:
        return None
    return next((line.line_number for line in lines if line.booked_on >= problem.after), None)
