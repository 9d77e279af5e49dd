from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from members.models import Supporter
from office.disclosing import JSON, PDF, disclose
from privacy.errors import Refused


class Command(DeskCommand):
    help = "1人の支援者について持っている記録を、全部1つのファイルに書き出す(開示)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help=_("支援者番号"))
        parser.add_argument("--output", type=Path, required=True, help=_(".pdf か .json のファイル"))

    def run(self, **options: Any) -> dict[str, Any]:
        output: Path = options["output"]
        form = output.suffix.removeprefix(".").lower()
        if form not in {PDF, JSON}:
            raise Refused(_("ファイルの名前の終わりを .pdf か .json にしてください。"), code="unknown_form")
        supporter = Supporter.objects.filter(number=options["number"]).first()
        if supporter is None:
            raise Refused(_("その支援者番号の人はいません。番号を確かめてください。"), code="unknown_supporter")
        data = disclose(supporter=supporter, form=form, at=self.at, by=self.by)
        write_output(output, data)
        return {"supporter": supporter.number, "output": str(output), "bytes": len(data)}

    def say(self, result: dict[str, Any]) -> str:
        return _("%(supporter)s の記録を %(output)s に書き出しました。渡す前に、本人かどうか確かめてください。") % result
