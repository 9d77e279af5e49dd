from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from receipts.issuing import reissue
from receipts.lookup import receipt_by_number
from receipts.printing import render


class Command(DeskCommand):
    help = "領収書を同じ番号で再発行する(「再発行」と印刷する)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="R2026-00001")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")

    def run(self, **options: Any) -> dict[str, Any]:
        row = receipt_by_number(options["number"])
        with transaction.atomic():  # no reissue is recorded whose paper could not be made
            made = reissue(receipt=row, reason=options["reason"], today=self.today, at=self.at, by=self.by)
            write_output(options["output"], render([row], are_reissues=True))
        return {"number": row.number, "nth": made.nth, "file": str(options["output"])}

    def say(self, result: dict[str, Any]) -> str:
        return _("領収書 %(number)s の再発行(%(nth)d 回目)を %(file)s に書きました。") % result
