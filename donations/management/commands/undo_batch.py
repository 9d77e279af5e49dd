from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.models import ReconcileBatch
from donations.undoing import undo_batch
from privacy.errors import Refused


class Command(DeskCommand):
    help = _("まとめて確定した入金を、まとめて取り消します。領収書を出した入金があるときは何もしません。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", metavar="ID", type=int, help=_("reconcile --auto が答えた番号(batch)"))

    def run(self, **options: Any) -> dict[str, Any]:
        try:
            undone = undo_batch(batch_id=options["batch"], at=self.at, by=self.by)
        except ReconcileBatch.DoesNotExist:
            raise Refused(
                _("番号%(id)dのまとまりはありません。reconcile --auto が答えた batch の番号を入れてください。")
                % {"id": options["batch"]},
                code="unknown_batch",
            ) from None
        return {
            "batch": options["batch"],
            "undone": len({one.transaction_id for one in undone}),
            "undone_yen": sum(one.amount_yen for one in undone),
        }

    def say(self, result: dict[str, Any]) -> str:
        return _("%(count)d件、%(yen)s円の確定を取り消しました。もう一度「入金の照合」に出ます。") % {
            "count": result["undone"],
            "yen": f"{result['undone_yen']:,}",
        }
