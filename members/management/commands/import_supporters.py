from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, read_input
from members.errors import RowsRefused
from members.importing_supporters import import_supporters, preview_supporters


class Command(DeskCommand):
    help = "支援者の名簿(CSV、XLSX)を取り込む"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help=_("確かめるだけで、何も書き込まない"))

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["file"]
        data = read_input(path)
        if not options["dry_run"]:
            return import_supporters(
                data=data, file_name=path.name, today=self.today, at=self.at, by=self.by, on_progress=self.tell_progress
            ).as_json()
        preview = preview_supporters(data, path.name, today=self.today)
        if preview.refused:
            raise RowsRefused(preview.refused)
        counts = {"rows": preview.rows, "new": len(preview.new), "changed": len(preview.changed)}
        return {**counts, "unchanged": preview.unchanged, "dry_run": True}

    def say(self, result: dict[str, Any]) -> str:
        said = _("%(rows)d行のうち、新しい人が%(new)d人、変わる人が%(changed)d人、同じ人が%(unchanged)d人です。") % result
        if result.get("dry_run"):
            return said + _("確かめただけで、何も書き込んでいません。")
        return said + _("取り込みました。")
