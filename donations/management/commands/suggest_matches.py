from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from donations.matching.suggestions import Pile
from donations.suggestions import RowSuggestions, suggest_all


class Command(DeskCommand):
    help = _("まだ照合していない入金ごとに、払った人の候補を3人まで、理由とともに並べます。何も書きかえません。")

    def run(self, **options: Any) -> dict[str, Any]:
        return {"rows": [_as_json(row) for row in suggest_all()]}

    def say(self, result: dict[str, Any]) -> str:
        rows = result["rows"]
        if not rows:
            return _("照合を待っている入金はありません。")
        counts = {pile: sum(row["pile"] == pile for row in rows) for pile in Pile}
        head = _(
            "照合を待っている入金は%(all)d件です。そのまま確定できます %(certain)d件、"
            "確認してください %(likely)d件、心当たりなし %(ask)d件。"
        ) % {"all": len(rows), **{pile.value: count for pile, count in counts.items()}}
        return "\n".join([head, *(_line(row) for row in rows)])


def _as_json(row: RowSuggestions) -> dict[str, Any]:
    return {
        "transaction": row.transaction.pk,
        "date": row.transaction.booked_on.isoformat(),
        "amount_yen": row.open_yen,
        "payer": row.payer_text,
        "pile": row.pile.value,
        "suggestions": [
            {
                "supporter": one.person.number,
                "name": one.person.name,
                "confidence": round(one.confidence, 4),
                "reasons": [reason.sentence for reason in one.reasons],
            }
            for one in row.candidates
        ],
        "asks": [ask.sentence for ask in row.asks],
    }


def _line(row: dict[str, Any]) -> str:
    head = f"{row['date']} {row['amount_yen']:,}円 {row['payer'] or _('(名前なし)')}"
    who = [f"{one['supporter']} {one['name']}({'、'.join(one['reasons'])})" for one in row["suggestions"]]
    return "\n".join([head, *(f"    → {text}" for text in who), *(f"    △ {ask}" for ask in row["asks"])])
