from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from members.models import Association
from members.setting_up import set_up_association


class Command(DeskCommand):
    help = "会の名前、口座、年度の始まりを登録する(1回だけ)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help=_("会の名前"))
        parser.add_argument("--account", required=True, help=_("ゆうちょの記号番号(00100-2-729745 の形)"))
        parser.add_argument("--postal-code")
        parser.add_argument("--address")
        parser.add_argument("--email")
        parser.add_argument("--phone")
        parser.add_argument("--website")
        parser.add_argument("--fiscal-year-start", type=int, metavar="MONTH", help=_("年度の始まりの月(1から12、ふつうは4)"))
        parser.add_argument("--opening-balance", type=int, metavar="YEN", help=_("口座の始めの残高(円)"))
        parser.add_argument("--opening-on", type=_day, metavar="DATE", help=_("始めの残高の日(2026-04-01 の形)"))

    def run(self, **options: Any) -> dict[str, Any]:
        existed = Association.objects.exists()
        association = set_up_association(
            name=options["name"],
            account_number=options["account"],
            postal_code=options["postal_code"],
            address=options["address"],
            email=options["email"],
            phone=options["phone"],
            website=options["website"],
            fiscal_year_start_month=options["fiscal_year_start"],
            opening_balance_yen=options["opening_balance"],
            opening_on=options["opening_on"],
            today=self.today,
            at=self.at,
            by=self.by,
        )
        return {
            "name": association.name,
            "account": options["account"],
            "fiscal_year_start": association.fiscal_year_start_month,
            "created": not existed,
        }

    def say(self, result: dict[str, Any]) -> str:
        if result["created"]:
            return _("「%(name)s」を登録しました。年度は%(fiscal_year_start)d月に始まります。") % result
        return _("「%(name)s」は、もう同じ内容で登録されています。何も変えませんでした。") % result


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("日付は 2026-04-01 の形で書いてください。")) from error
