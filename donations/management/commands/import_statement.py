from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.commands import DeskCommand, read_input
from donations import statement_words
from donations.account_choice import find_account
from donations.importing import ImportResult, import_statement
from japanese.yen import format_yen
from privacy.errors import Refused

ACCEPT = _("(認めるときは --accept-gap を付けます。)")
ANSWERS = {
    "account_to_confirm": _("(--account で口座番号を指定すると、答えたことになります。)"),
    "account_not_named": _("(--account で口座番号を指定します。)"),
    "account_not_chosen": _("(--account で口座番号を指定します。)"),
    "gap": ACCEPT,
    "history_changed": ACCEPT,
    "opening_differs": ACCEPT,
    "national_id_in_statement": _("(選ぶときは --blank-numbers を付けます。)"),
}


class Command(DeskCommand):
    help = "銀行の入出金明細のファイルを取り込む(同じ行は二度入らない)"
    done: ImportResult

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--account", metavar="NUMBER", help=gettext("どの口座のファイルか(口座番号)"))
        parser.add_argument("--mapping", metavar="NAME", default="", help=gettext("どの列の形で読むか(列の形の名前)"))
        parser.add_argument("--accept-gap", action="store_true", help=gettext("抜けや過去のちがいを認めて取り込む(だれが認めたかを記録する)"))
        parser.add_argument("--blank-numbers", action="store_true", help=gettext("国が個人に付けた番号らしい数字だけを消して取り込む"))

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["file"]
        data = read_input(path)
        try:
            self.done = import_statement(
                data=data,
                file_name=path.name,
                account=find_account(options["account"]) if options["account"] else None,
                mapping=options["mapping"],
                accept_gap=options["accept_gap"],
                blank_numbers=options["blank_numbers"],
                at=self.at,
                by=self.by,
            )
        except Refused as refusal:
            refusal.message += str(ANSWERS.get(refusal.code, ""))
            raise
        return self.done.as_json()

    def say(self, result: dict[str, Any]) -> str:
        if self.done.is_repeat:
            return gettext("このファイルは、もう取り込んであります。新しく足した行はありません。")
        lines = [
            gettext("%(rows)d行の明細のうち、新しい%(new)d行を取り込みました。%(already_known)d行は取り込みずみでした。") % result,
            gettext("ファイルの入金の合計は %(received)s、出金の合計は %(paid_out)s です。")
            % {"received": format_yen(result["received_yen"]), "paid_out": format_yen(result["paid_out_yen"])},
        ]
        if self.done.accepted is not None:
            lines.append(gettext("次のちがいを認めて取り込みました: %s") % statement_words.difference(self.done.accepted))
        if self.done.statement.blanked_count:
            lines.append(gettext("%d行から、国が個人に付けた番号らしい数字を消しました。") % self.done.statement.blanked_count)
        return "\n".join(lines)
