import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from privacy.errors import Refused
from privacy.national_ids import FieldClass, blank
from receipts.models import Receipt
from receipts.printing import mark_printed, render


class Command(DeskCommand):
    help = "まだ印刷していない領収書を1つのPDFにする"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
        parser.add_argument(
            "--number", action="append", default=[], metavar="R2026-00001", help=_("この番号を印刷し直す(何回でも書ける)")
        )
        parser.add_argument("--mark-printed", action="store_true", help=_("紙を確かめたものとして「印刷済み」にする"))

    def run(self, **options: Any) -> dict[str, Any]:
        rows = _receipts(options["number"])
        if not rows:
            return {"printed": 0, "marked": 0, "file": None, "numbers": []}
        data = render(rows, on_progress=self._progress)
        write_output(options["output"], data)
        marked = mark_printed(receipts=rows, at=self.at, by=self.by) if options["mark_printed"] else 0
        return {
            "printed": len(rows),
            "marked": marked,
            "file": str(options["output"]),
            "numbers": [row.number for row in rows],
        }

    def _progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{done} / {total}", ending="\r" if done < total else "\n")

    def say(self, result: dict[str, Any]) -> str:
        if not result["printed"]:
            return _("印刷する領収書はありませんでした。")
        said = _("%(printed)d 枚の領収書を %(file)s に書きました。") % result
        if result["marked"] < result["printed"]:
            said += _("印刷できたら --mark-printed を付けてもう一度実行すると、「印刷済み」になります。")
        return said


def _receipts(numbers: list[str]) -> list[Receipt]:
    rows = Receipt.objects.order_by("fiscal_year", "serial").select_related("replaces").prefetch_related("lines")
    if not numbers:
        return list(rows.unprinted())
    found = list(rows.filter(number__in=numbers))
    missing = sorted(set(numbers) - {row.number for row in found})
    if missing:
        typed = "、".join(blank(one, FieldClass.STRUCTURED)[0] for one in missing)
        raise Refused(_("領収書番号 %s はありません。番号を確かめてください。") % typed, code="unknown_receipt")
    return found

