from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.backing_up import back_up
from office.key_options import lock_for


class Command(DeskCommand):
    help = "控え(バックアップ)を1つの暗号のファイルに取る。使っている最中でもよい"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", action="append", default=[], metavar="AGE1", help=_("公開の鍵(なければ登録してある鍵)"))
        parser.add_argument("--passphrase", action="store_true", help=_("合言葉をきいて、それで暗号にする"))
        parser.add_argument("--passphrase-file", type=Path, help=_("合言葉を1行目に書いたファイル"))

    def run(self, **options: Any) -> dict[str, Any]:
        lock = lock_for(keys=options["key"], ask=options["passphrase"], passphrase_file=options["passphrase_file"])
        made = back_up(path=options["file"], lock=lock, at=self.at, by=self.by)
        return {"file": str(options["file"]), "bytes": options["file"].stat().st_size, **made.as_told()}

    def say(self, result: dict[str, Any]) -> str:
        return _(
            "控えを %(file)s に取りました(支援者 %(supporters)d、明細 %(transactions)d 行、領収書 %(receipts)d 枚)。"
            "暗号になっています。ひみつの鍵か合言葉がないと、だれも開けません。控えと鍵は、別の所に置いてください。"
        ) % result
