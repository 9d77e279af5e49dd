from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, read_input
from donations.history_file import read_history
from donations.history_preview import preview_history
from donations.importing_history import import_table
from members.errors import RowsRefused


class Command(DeskCommand):
    help = _("前の年までの入金の記録(CSV、XLSX)から、だれがどの名前で払うかを覚える。お金は記録しない")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help=_("確かめるだけで、何も書き込まない"))
        parser.add_argument(
            "--blank-numbers", action="store_true", help=_("国が個人に付けた番号らしい数字を消してから読む(付けないと、取り込まずに行を示す)")
        )

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["file"]
        table = read_history(read_input(path), path.name, blank_numbers=options["blank_numbers"])
        if not options["dry_run"]:
            return import_table(table=table, at=self.at, by=self.by, on_progress=self.tell_progress).as_json()
        preview = preview_history(table, self.tell_progress)
        if preview.problems:
            raise RowsRefused(preview.problems)
        return {
            "rows": preview.rows,
            "new": len(preview.new),
            "already_known": preview.known,
            "passed_over": preview.passed_over,
            "strangers": preview.strangers,
            "dry_run": True,
        }

    def say(self, result: dict[str, Any]) -> str:
        said = _(
            "%(rows)d行のうち、新しい入金が%(new)d件(支援者でない人から%(strangers)d件)、"
            "もう覚えている入金が%(already_known)d件、手数料や組戻の行が%(passed_over)d件です。"
        ) % result
        if result.get("dry_run"):
            return said + _("確かめただけで、何も書き込んでいません。")
        return said + _("払込人名を覚えました。お金の記録は増えていません。")
