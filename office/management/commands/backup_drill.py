from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from office.drilling import drill


class Command(DeskCommand):
    help = "控えを取り、空の場所に戻し、件数・金額・操作の記録が同じか確かめる(いまのデータは変えない)"

    def run(self, **options: Any) -> dict[str, Any]:
        return asdict(drill(at=self.at))

    def say(self, result: dict[str, Any]) -> str:
        return _("控えを取って、空の場所に戻しました。%(compared)d項目(件数、金額の合計、操作の記録)が、すべて同じでした。") % result
