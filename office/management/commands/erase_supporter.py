from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from members.models import Supporter
from office.erasing import erase_supporter
from privacy.errors import Refused


class Command(DeskCommand):
    help = "支援者の名前・住所・連絡先などを消す。金額と領収書の番号は残す。元に戻せない"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help=_("支援者番号"))

    def run(self, **options: Any) -> dict[str, Any]:
        supporter = Supporter.objects.filter(number=options["number"]).first()
        if supporter is None:
            raise Refused(_("その支援者番号の人はいません。番号を確かめてください。"), code="unknown_supporter")
        rows = erase_supporter(supporter=supporter, at=self.at, by=self.by)
        return {"supporter": supporter.number, "rows": rows}

    def say(self, result: dict[str, Any]) -> str:
        return _("%(supporter)s の名前と連絡先を消しました。明細 %(rows)d 行の払込人名も消しました。金額は変わっていません。") % result
