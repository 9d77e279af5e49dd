from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from members.models import Supporter
from privacy.errors import Refused
from privacy.national_ids import FieldClass, blank
from receipts.issuing import issue_due


class Command(DeskCommand):
    help = "領収書を発行する(会の決まりで出すことになっている分)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--supporter", metavar="NUMBER", help=_("この支援者番号の人にだけ(決まりにかかわらず)出す"))

    def run(self, **options: Any) -> dict[str, Any]:
        supporter = _supporter(options["supporter"]) if options["supporter"] else None
        made = issue_due(until=options["until"], supporter=supporter, today=self.today, at=self.at, by=self.by)
        return {
            "issued": len(made),
            "total_yen": sum(one.total_yen for one in made),
            "first": made[0].number if made else None,
            "last": made[-1].number if made else None,
            "numbers": [one.number for one in made],
        }

    def say(self, result: dict[str, Any]) -> str:
        if not result["issued"]:
            return _("発行する領収書はありませんでした。")
        return _("領収書を %(issued)d 枚、合わせて %(total_yen)s 円分を発行しました(%(first)s から %(last)s)。") % {
            **result,
            "total_yen": f"{result['total_yen']:,}",
        }


def _supporter(number: str) -> Supporter:
    found = Supporter.objects.filter(number=number).first()
    if found is None:
        typed = blank(number, FieldClass.STRUCTURED)[0]
        raise Refused(_("支援者番号「%s」の人はいません。番号を確かめてください。") % typed, code="unknown_supporter")
    return found
