from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from members.exporting_supporters import FORMS, export_supporters
from members.supporter_files import ENCODINGS, UTF_8
from privacy.errors import Refused


class Command(DeskCommand):
    help = "支援者の名簿を CSV か XLSX に書き出す(取り込みと同じ見出し)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help=_("名前の終わりは .csv か .xlsx"))
        parser.add_argument("--encoding", choices=ENCODINGS, default=UTF_8, help=_("CSVの文字コード(ふつうは utf-8)"))

    def run(self, **options: Any) -> dict[str, Any]:
        path: Path = options["output"]
        form = path.suffix.lower().removeprefix(".")
        if form not in FORMS:
            raise Refused(_("ファイルの名前の終わりを .csv か .xlsx にしてください。"), code="unknown_form")
        exported = export_supporters(form=form, encoding=options["encoding"], at=self.at, by=self.by)
        write_output(path, exported.data)
        return {"rows": exported.rows, "output": str(path)}

    def say(self, result: dict[str, Any]) -> str:
        return _("支援者%(rows)d人を %(output)s に書き出しました。取り扱いに気をつけてください。") % result
