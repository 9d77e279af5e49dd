import sys
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.reconciling import reconcile_certain


class Command(DeskCommand):
    help = _("払った人が1人に決まる入金だけを、ひとまとまりとして確定します。まとめて取り消せます(undo_batch)。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--auto",
            action="store_true",
            required=True,
            help=_("決まっている入金を確定する(ほかの入金は「入金の照合」のページで1件ずつ)"),
        )

    def run(self, **options: Any) -> dict[str, Any]:
        shows = self._progress if sys.stderr.isatty() else None
        return reconcile_certain(today=self.today, at=self.at, by=self.by, on_progress=shows).as_json()

    def say(self, result: dict[str, Any]) -> str:
        left = _("あと%(left)d件(%(yen)s円)は、「入金の照合」のページで見てください。") % {
            "left": result["left"],
            "yen": f"{result['left_yen']:,}",
        }
        tail = left if result["left"] else _("照合を待っている入金は、もうありません。")
        if result["batch"] is None:
            return _("そのまま確定できる入金はありませんでした。") + tail
        done = _(
            "%(count)d件、%(yen)s円を確定しました。取り消すときは python manage.py undo_batch %(batch)d と入れてください。"
        ) % {"count": result["confirmed"], "yen": f"{result['confirmed_yen']:,}", "batch": result["batch"]}
        return done + tail

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} / {total}")
