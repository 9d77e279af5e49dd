from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.backup_lock import new_key
from office.keeping_backup_keys import add_backup_key


class Command(DeskCommand):
    help = "控えの鍵を1組作り、公開の鍵を登録する。ひみつの鍵は1回だけ画面に出す"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("holder", help=_("ひみつの鍵を持つ人"))

    def run(self, **options: Any) -> dict[str, Any]:
        secret, public = new_key()
        add_backup_key(holder=options["holder"], public_key=public, at=self.at, by=self.by)
        return {"holder": options["holder"], "public_key": public, "secret_key": secret}

    def say(self, result: dict[str, Any]) -> str:
        return _(
            "%(holder)sさんの鍵を作り、公開の鍵を登録しました。これからの控えは、この鍵で開けます。\n\n"
            "ひみつの鍵: %(secret_key)s\n\n"
            "この1行を紙に写すか、USBメモリーに保存して、%(holder)sさんが持ってください。"
            "このコンピューターには残りません。もう一度見ることはできません。"
        ) % result
