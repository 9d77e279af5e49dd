from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from accounts.commands import DeskCommand, read_input
from donations.account_choice import find_account
from donations.comparing import Comparison, compare_file
from donations.guarded_file import read_guarded
from donations.mappings import mappings_for
from japanese.yen import format_yen

MOST_ROWS_SAID = 20


class Command(DeskCommand):
    help = "銀行のファイルを、口座の帳簿と日と金額で比べる(何も足さない)"
    done: Comparison

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--account", metavar="NUMBER", help=gettext("どの口座のファイルか(口座番号)"))
        parser.add_argument("--mapping", metavar="NAME", default="", help=gettext("どの列の形で読むか(列の形の名前)"))

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["file"]
        data = read_input(path)
        account = find_account(options["account"]) if options["account"] else None
        mappings = mappings_for(data, account=account, named=options["mapping"])
        file = read_guarded(data=data, file_name=path.name, today=self.today, mappings=mappings)
        self.done = compare_file(file=file, account=account, at=self.at, by=self.by)
        return self.done.as_json()

    def say(self, result: dict[str, Any]) -> str:
        lines = [*self.done.meaning]
        for heading, rows in (
            (gettext("ファイルだけにある行:"), [(str(row["date"]), row["amount_yen"]) for row in result["only_file"]]),
            (gettext("帳簿だけにある行:"), [(str(row["date"]), row["amount_yen"]) for row in result["only_ledger"]]),
        ):
            if rows:
                lines += [heading, *(f"  {day} {format_yen(amount)}" for day, amount in rows[:MOST_ROWS_SAID])]
            if len(rows) > MOST_ROWS_SAID:
                lines.append(gettext("  ほかに%d行(--json ですべて出ます)") % (len(rows) - MOST_ROWS_SAID))
        return "\n".join([*lines, gettext("帳簿には何も足していません。")])
