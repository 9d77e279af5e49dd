from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.models import BankStatement
from donations.undoing_import import undo_import
from privacy.errors import Refused


class Command(DeskCommand):
    help = _("銀行の明細の取り込みを、まるごと取り消します。照合などが付いているときは、何が付いているかを言って断ります。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("statement", metavar="ID", type=int, help=_("取り込みの番号(明細のページの住所の数字)"))

    def run(self, **options: Any) -> dict[str, Any]:
        try:
            return undo_import(statement_id=options["statement"], at=self.at, by=self.by).as_json()
        except BankStatement.DoesNotExist:
            raise Refused(
                _("番号%(id)dの取り込みはありません。明細のページの住所にある数字を入れてください。")
                % {"id": options["statement"]},
                code="unknown_import",
            ) from None

    def say(self, result: dict[str, Any]) -> str:
        return _("取り込みを取り消しました。%(rows)d行(入金%(received)s円、出金%(paid_out)s円)は、もう数えません。") % {
            "rows": result["rows"],
            "received": f"{result['received_yen']:,}",
            "paid_out": f"{result['paid_out_yen']:,}",
        }
