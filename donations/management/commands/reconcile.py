import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from math import inf
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.error_budget import Budget
from donations.reconciling import reconcile_certain


class Command(DeskCommand):
    help = _("払った人が確かな入金だけを、ひとまとまりとして確定します。まとめて取り消せます(undo_batch)。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--auto",
            action="store_true",
            required=True,
            help=_("決まっている入金を確定する(ほかの入金は「入金の照合」のページで1件ずつ)"),
        )
        parser.add_argument(
            "--tau",
            type=_number(0.5, 0.9999),
            help=_("自動にする確かさ(0.5から0.9999。なければ「会の設定」、それもなければ支援者2,000人までは0.99、それより多ければ0.995)"),
        )
        parser.add_argument(
            "--limit-errors", type=_number(0, inf), help=_("誤りの見込みの上限(件)。自信の少ない入金から外します(なければ「会の設定」)")
        )

    def run(self, **options: Any) -> dict[str, Any]:
        shows = self._progress if sys.stderr.isatty() else None
        return reconcile_certain(
            confidence=options["tau"],
            limit_errors=options["limit_errors"],
            at=self.at,
            by=self.by,
            on_progress=shows,
            on_budget=self._announce,
        ).as_json()

    def say(self, result: dict[str, Any]) -> str:
        kept_back = _("上限をこえる%d件は、確定していません。") % result["left_out"] if result["left_out"] else ""
        left = kept_back + _("あと%(left)d件(%(yen)s円)は、「入金の照合」のページで見てください。") % {
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

    def _announce(self, allowed: Budget[Any]) -> None:
        """Before anything is written, say what will be and how many errors to expect."""
        if allowed.count:
            self.stderr.write(allowed.sentence)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} / {total}")


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not least <= number <= most or number == inf:
            bounds = _("%(least)gから%(most)gまでの数を書いてください。") if most < inf else _("%(least)g以上の数を書いてください。")
            raise ArgumentTypeError(bounds % {"least": least, "most": most})
        return number

    return read
