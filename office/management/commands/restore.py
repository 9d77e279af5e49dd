from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.key_options import opener_for
from office.restoring import restore
from privacy.recording import record


class Command(DeskCommand):
    help = "控え(バックアップ)を戻す。先にプログラム(make serve)を止める"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help=_("いまのデータを消して、控えに置き換える"))
        parser.add_argument("--key-file", type=Path, help=_("ひみつの鍵を書いたファイル"))
        parser.add_argument("--passphrase-file", type=Path, help=_("合言葉を1行目に書いたファイル"))

        parser.add_argument("--erased", type=Path, help=_("ほかのコンピューターから写した消去の一覧(erased.json)"))

    def run(self, **options: Any) -> dict[str, Any]:
        opener = opener_for(
            options["file"], key_file=options["key_file"], passphrase_file=options["passphrase_file"]
        )
        manifest = restore(
            path=options["file"], opener=opener, replace=options["replace"], erased=options["erased"], at=self.at
        )
        record(action="office.restored", at=self.at, by=self.by)
        return {"made_at": manifest.made_at, **manifest.as_told()}

    def say(self, result: dict[str, Any]) -> str:
        return _("%(made_at)s の控えを戻しました(支援者 %(supporters)d、明細 %(transactions)d 行、領収書 %(receipts)d 枚)。") % result
