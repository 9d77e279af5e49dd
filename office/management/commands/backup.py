from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.backing_up import back_up


class Command(DeskCommand):
    help = "控え(バックアップ)を1つのファイルに取る。使っている最中でもよい"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def run(self, **options: Any) -> dict[str, Any]:
        made = back_up(path=options["file"], at=self.at, by=self.by)
        return {
            "file": str(options["file"]),
            "bytes": options["file"].stat().st_size,
            "supporters": made.supporters,
            "transactions": made.transactions,
            "received_yen": made.received_yen,
            "receipts": made.receipts,
            "audit_events": made.audit_events,
        }

    def say(self, result: dict[str, Any]) -> str:
        return _(
            "控えを %(file)s に取りました(支援者 %(supporters)d、明細 %(transactions)d 行、領収書 %(receipts)d 枚)。"
            "支援者の名簿が入っています。鍵のかかる所か、暗号化した場所に置いてください。"
        ) % result
