from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from donations.allocation_csv import allocation_csv
from privacy.recording import record


class Command(DeskCommand):
    help = _("確定した入金の内訳を、1行に1件でCSVファイルに書き出します(UTF-8、BOM付き)。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", metavar="FILE.csv", type=Path, required=True, help=_("書き出すファイル"))

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["output"]
        data, count = allocation_csv()
        write_output(path, data)
        record(action="donations.allocations_exported", at=self.at, by=self.by, count=count)
        return {"output": str(path), "rows": count}

    def say(self, result: dict[str, Any]) -> str:
        return _("%(rows)d件を「%(output)s」に書き出しました。名前が入っているので、使い終えたら消してください。") % result
