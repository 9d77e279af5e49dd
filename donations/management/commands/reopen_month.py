from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from accounts.models import User
from accounts.roles import BOOKS_WRITE
from donations.calendar_months import month_words
from donations.closing import reopen_month
from donations.models import MonthClosing
from donations.month_arguments import account_of, month_of
from privacy.errors import Refused


class Command(DeskCommand):
    help = _("締めた月を開きます。会計の人だけができ、理由が要ります(--as でだれかを言います)。")
    opened: MonthClosing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help=_("口座番号、または口座の呼び名"))
        parser.add_argument("month", metavar="MONTH", help=_("開く月(2026-10 の形)"))
        parser.add_argument("--reason", required=True, metavar="TEXT", help=_("開く理由(記録に残る)"))

    def run(self, **options: Any) -> dict[str, Any]:
        self._refuse_unless_treasurer()
        account = account_of(options["account"])
        self.opened = reopen_month(
            account_id=account.pk,
            month=month_of(options["month"]),
            reason=options["reason"],
            at=self.at,
            by=self.by,
        )
        return {"account": account.number or account.name, "month": f"{self.opened.month:%Y-%m}"}

    def say(self, result: dict[str, Any]) -> str:
        return _("%(month)sを開きました。直し終わったら、もう一度締めてください。") % {"month": month_words(self.opened.month)}

    def _refuse_unless_treasurer(self) -> None:
        user = User.objects.filter(username=self.by).first()
        if user is None or not user.roles_held() & BOOKS_WRITE:
            raise Refused(
                _("締めた月を開けるのは、会計の人だけです。--as に会計の利用者の名前を付けてください。"), code="treasurer_only"
            )
