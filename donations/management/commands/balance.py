from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.totals import account_ties, balance
from japanese.yen import format_yen
from members.models import AccountKind


class Command(DeskCommand):
    help = "受け取ったお金が何になったか、銀行の残高と合うかを言う"

    def run(self, **options: Any) -> dict[str, Any]:
        return balance().as_json()

    def say(self, result: dict[str, Any]) -> str:
        yen = {name: format_yen(value) for name, value in result.items()}
        placed = result["allocated_yen"] + result["set_aside_yen"] + result["open_yen"]
        lines = [
            _("受け取ったお金: %(received_yen)s") % yen,
            _("  支援者に割り当てたもの: %(allocated_yen)s") % yen,
            _("  保留・対象外にしたもの: %(set_aside_yen)s") % yen,
            _("  まだ決めていないもの: %(open_yen)s") % yen,
            _("払い出したお金: %(paid_out_yen)s") % yen,
        ]
        if placed != result["received_yen"]:
            lines.append(_("内わけの合計が受け取ったお金と合いません。差は %s です。") % format_yen(result["received_yen"] - placed))
        if result["bank_difference_yen"]:
            lines.append(_("銀行の残高と %(bank_difference_yen)s ちがいます。「銀行の明細」のページで、抜けている期間を確かめてください。") % yen)
        elif any(tie.difference_yen is not None for tie in account_ties()):
            lines.append(_("残高は銀行と一致しています。"))
        lines += [
            _("「%(account)s」は、銀行の残高が分かりません。残高が合うかは確かめていません。") % {"account": tie.account.name}
            for tie in account_ties()
            if tie.difference_yen is None and (tie.received_yen or tie.paid_out_yen) and tie.account.kind != AccountKind.CASH
        ]
        return "\n".join(lines)
