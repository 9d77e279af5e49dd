from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from receipts.issuing import void
from receipts.lookup import receipt_by_number


class Command(DeskCommand):
    help = "領収書を無効にする(番号と内容は残る)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="R2026-00001")
        parser.add_argument("--reason", required=True)

    def run(self, **options: Any) -> dict[str, Any]:
        row = void(receipt=receipt_by_number(options["number"]), reason=options["reason"], at=self.at, by=self.by)
        return {"number": row.number, "state": row.state}

    def say(self, result: dict[str, Any]) -> str:
        return _("領収書 %(number)s を無効にしました。同じ入金に、新しい領収書を発行できます。") % result
