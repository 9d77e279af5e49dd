from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.restoring import restore
from privacy.recording import record


class Command(DeskCommand):
    help = "控え(バックアップ)を戻す。先にプログラム(make serve)を止める"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help=_("いまのデータを消して、控えに置き換える"))

    def run(self, **options: Any) -> dict[str, Any]:
        manifest = restore(path=options["file"], replace=options["replace"])
        record(action="office.restored", at=self.at, by=self.by)
        return {
            "made_at": manifest.made_at,
            "supporters": manifest.supporters,
            "transactions": manifest.transactions,
            "received_yen": manifest.received_yen,
            "receipts": manifest.receipts,
            "audit_events": manifest.audit_events,
        }

    def say(self, result: dict[str, Any]) -> str:
        return _("%(made_at)s の控えを戻しました(支援者 %(supporters)d、明細 %(transactions)d 行、領収書 %(receipts)d 枚)。") % result
