"""Send a newsletter that was prepared, or go on where the last run stopped."""

import signal
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from newsletters.mail_files import folder_of
from newsletters.models import Newsletter, NewsletterState
from newsletters.sending import SendResult, drain, start_sending
from newsletters.tally import tally_of
from privacy.errors import Refused


class Command(DeskCommand):
    help = "確定した通信のメールを送る。1人に1通、二重には送らない。途中で止まったら、同じ命令で続きから送る。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("newsletter", type=int, metavar="ID", help="通信の番号")
        parser.add_argument("--limit", type=int, help="この回に送る数の上限")

    def run(self, **options: Any) -> dict[str, Any]:
        newsletter = Newsletter.objects.filter(pk=options["newsletter"]).first()
        if newsletter is None:
            raise Refused(_("番号 %(id)d の通信はありません。") % {"id": options["newsletter"]}, code="unknown_newsletter")
        ordered = start_sending(newsletter=newsletter, at=self.at, by=self.by)
        if ordered.state != NewsletterState.SENDING:
            return SendResult(ordered.pk, tally_of(ordered)).as_json()
        self.wants_to_stop = False
        before = {one: signal.signal(one, self._stop) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            result = drain(
                ordered,
                at=self.at,
                clock=timezone.now,
                limit=options["limit"],
                on_progress=_show if sys.stderr.isatty() else None,
                should_stop=lambda: self.wants_to_stop,
                by=self.by,
            )
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)
        return result.as_json()

    def say(self, result: dict[str, Any]) -> str:
        lines = [_("通信(番号 %(newsletter)d)のメール:") % result]
        labels = {
            "accepted": _("メールサーバーが受け取った"),
            "deferred": _("あとでもう一度送る"),
            "refused": _("断られた"),
            "unknown": _("届いたか分からない"),
            "written": _("ファイルに書いた"),
            "left": _("まだ送っていない"),
        }
        lines += [f"  {label} {result[name]}通" for name, label in labels.items() if result[name] or name == "accepted"]
        if result["written"]:
            folder = folder_of(Newsletter(pk=result["newsletter"])).relative_to(settings.DATA_DIR)
            lines.append(
                _("メールサーバーが設定されていないので、だれにも送っていません。データのフォルダーの %(folder)s に .eml ファイルを書きました。")
                % {"folder": folder}
            )
        if result["trouble"]:
            lines.append(result["trouble"])
        if result["left"] or result["deferred"]:
            lines.append(_("続きは、同じ命令をもう一度実行すると送ります。"))
        if result["unknown"]:
            lines.append(_("届いたか分からない人は、通信のページで「もう一度送る」か「送らない」を決めてください。"))
        return "\n".join(lines)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.wants_to_stop = True


def _show(done: int, due: int) -> None:
    sys.stderr.write(f"\r{done} / {due}" + ("\n" if done == due else ""))
    sys.stderr.flush()
