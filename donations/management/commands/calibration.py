from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.predictions import Bin, Month, calibration_table, own_record


class Command(DeskCommand):
    help = _("自動照合の見立てと、実際にまちがいだった件数を、月ごとに並べます。何も書きかえません。")

    def run(self, **options: Any) -> dict[str, Any]:
        record = own_record()
        return {
            "months": [_month(one) for one in calibration_table()],
            "own_record": {
                "decided": record.decided,
                "predicted_errors": round(record.predicted_errors, 3),
                "seen_errors": record.seen_errors,
                "is_enough": record.is_enough,
            },
        }

    def say(self, result: dict[str, Any]) -> str:
        if not result["months"]:
            return _("まだ記録がありません。入金を照合すると、ここに月ごとの結果が並びます。")
        lines = []
        for month in result["months"]:
            lines.append(
                _("%(month)s: %(decided)d件、まちがいの見込み%(predicted_errors)g件、実際のまちがい%(seen_errors)d件") % month
            )
            lines.extend(
                _("    確かさ%(least)g以上と言った%(decided)d件のうち、まちがいは%(seen_errors)d件") % one
                for one in month["bins"]
            )
        return "\n".join(lines)


def _month(month: Month) -> dict[str, Any]:
    return {"month": f"{month.month:%Y-%m}", **_sums(month), "bins": [{"least": one.least, **_sums(one)} for one in month.bins]}


def _sums(of: Month | Bin) -> dict[str, Any]:
    return {"decided": of.decided, "predicted_errors": round(of.predicted_errors, 3), "seen_errors": of.seen_errors}
