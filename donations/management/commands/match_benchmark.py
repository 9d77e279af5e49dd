import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from donations.benchmark_run import run


class Command(DeskCommand):
    help = _("照合の試験: フォルダーの register.csv・history.csv・transfers.csv で照合し、答えと速さを書きます。名簿は変わりません。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path, help=_("3つのCSVがあるフォルダー"))
        parser.add_argument("--output", type=Path, required=True, metavar="pred.json", help=_("答えを書くファイル"))
        parser.add_argument("--tau", type=_share, help=_("自動にする確からしさ(0から1。なければ、2,000人までは0.99、それより多ければ0.995)"))

    def run(self, **options: Any) -> dict[str, Any]:
        shows = self._progress if sys.stderr.isatty() else None
        answers, measured = run(options["directory"], tau=options["tau"], on_progress=shows)
        write_output(options["output"], answers)
        return measured.as_json() | {"output": str(options["output"])}

    def say(self, result: dict[str, Any]) -> str:
        sentences = [
            _("支援者%(supporters)d人、去年の%(history_rows)d件、今年の入金%(transfers)d件を照合しました。"),
            _("τ=%(tau)g で、%(automatic)d件が自動です。誤りの見込みは%(expected_errors).1f件です。"),
            _("読み込み%(read_seconds).2f秒、準備%(fit_seconds).2f秒、照合%(match_seconds).2f秒(1秒に%(rows_per_second)d件)です。"),
        ]
        if result["history_rows_of_unknown_supporters"]:
            sentences.append(_("去年の%(history_rows_of_unknown_supporters)d件には、名簿にない支援者番号があります。"))
        if result["peak_memory_mb"] is not None:
            sentences.append(_("いちばん多いときの記憶は%(peak_memory_mb)d MBです。"))
        sentences.append(_("答えは %(output)s に書きました。"))
        return "\n".join(sentence % result for sentence in sentences)

    def _progress(self, done: int) -> None:
        self.stderr.write(_("%d件を照合しました") % done)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise ArgumentTypeError(_("0から1までの数を書いてください。"))
    return share
