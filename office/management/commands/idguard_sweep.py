from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from privacy.sweeping import sweep_now


class Command(DeskCommand):
    """Exit 0 also where something was found: `found` tells."""

    help = "データベースのすべての文字の列と、データの置き場のファイルに、国が個人に付けた番号がないか調べる"

    def run(self, **options: Any) -> dict[str, Any]:
        _record, swept = sweep_now(at=self.at, by=self.by)
        return asdict(swept)

    def say(self, result: dict[str, Any]) -> str:
        lines = [
            _("国の番号：%(found)d件(%(columns)d項目、%(values)d個の値と、%(files)d個のファイルを確認しました)。") % result
        ]
        if result["locked"]:
            lines.append(_("暗号になっているファイルが%(locked)d個あり、中は調べていません(控えは、取るときに調べています)。") % result)
        if result["doubtful"]:
            lines.append(_("ほかに、国の番号かどうか分からない12けたの数字が%(doubtful)d件あります。") % result)
        for place in result["places"]:
            rows = "、".join(map(str, place["rows"]))
            lines.append(_("%(where)s：%(count)d件") % place + (_("(記録の番号 %s)") % rows if rows else ""))
        return "\n".join(lines)
