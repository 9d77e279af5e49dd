from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.calendar_months import month_words
from donations.closing import close_month
from donations.models import MonthClosing
from donations.month_arguments import account_of, month_of
from japanese.yen import format_yen


class Command(DeskCommand):
    help = _("1つの口座の1か月を締めます。決まっていない行や、残高の合わない所があるときは、それを言って断ります。")
    made: MonthClosing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help=_("口座番号、または口座の呼び名"))
        parser.add_argument("month", metavar="MONTH", help=_("締める月(2026-10 の形)"))
        parser.add_argument(
            "--said-whole", action="store_true", help=_("ファイルで見えない日に抜けがないことを、人が確かめた")
        )

    def run(self, **options: Any) -> dict[str, Any]:
        account = account_of(options["account"])
        self.made = close_month(
            account_id=account.pk,
            month=month_of(options["month"]),
            said_whole=options["said_whole"],
            at=self.at,
            by=self.by,
        )
        return {
            "account": account.number or account.name,
            "month": f"{self.made.month:%Y-%m}",
            "rows": self.made.row_count,
            "received_yen": self.made.received_yen,
            "paid_out_yen": self.made.paid_out_yen,
            "closing_yen": self.made.closing_yen,
            "said_whole": self.made.said_whole,
        }

    def say(self, result: dict[str, Any]) -> str:
        return _("%(month)sを締めました。%(rows)d行、入金 %(received)s、出金 %(paid_out)s。開くまで変えられません。") % {
            "month": month_words(self.made.month),
            "rows": result["rows"],
            "received": format_yen(result["received_yen"]),
            "paid_out": format_yen(result["paid_out_yen"]),
        }
