"""Make the paper edition of a newsletter and its address labels."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand, write_output
from newsletters.models import Newsletter
from newsletters.print_edition import DEFAULT_SHEET, chosen_sheet, edition_pdf, labels_pdf, paper_letters
from newsletters.printing import mark_printed
from privacy.errors import Refused


class Command(DeskCommand):
    help = "通信の紙の版(A4・2段)と、メールで届かない人の宛名ラベルをPDFで作る。ラベルは1世帯に1枚。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("newsletter", type=int, metavar="ID", help="通信の番号")
        parser.add_argument("--output", required=True, metavar="FILE.pdf", help="紙の版を書くファイル")
        parser.add_argument("--labels", metavar="FILE.pdf", help="宛名ラベルを書くファイル(ふつうは紙の版の隣)")
        parser.add_argument("--label-sheet", default=DEFAULT_SHEET, help=f'ラベル用紙の品番(例 "A-one {DEFAULT_SHEET}")')
        parser.add_argument("--start-cell", type=int, default=1, help="何番目の面から印刷するか(1から)")
        parser.add_argument("--mark-printed", action="store_true", help="印刷できたことも記録する")

    def run(self, **options: Any) -> dict[str, Any]:
        newsletter = Newsletter.objects.filter(pk=options["newsletter"]).first()
        if newsletter is None:
            raise Refused(_("番号 %(id)d の通信はありません。") % {"id": options["newsletter"]}, code="unknown_newsletter")
        sheet = chosen_sheet(options["label_sheet"])
        output = Path(options["output"])
        labels_output = Path(options["labels"] or output.with_name(f"{output.stem}-宛名ラベル.pdf"))
        edition = edition_pdf(newsletter)
        letters = paper_letters(newsletter, at=self.at)
        labels = labels_pdf(letters, sheet=sheet, start_cell=options["start_cell"]) if letters else b""
        write_output(output, edition, make_folder=True)
        if labels:
            write_output(labels_output, labels, make_folder=True)
        marked = mark_printed(newsletter=newsletter, at=self.at, by=self.by) if options["mark_printed"] else 0
        return {
            "newsletter": newsletter.pk,
            "output": str(output),
            "labels": str(labels_output) if labels else None,
            "label_sheet": sheet.product,
            "letters": len(letters),
            "people": sum(len(letter.supporter_ids) for letter in letters),
            "sheets": -(-(len(letters) + options["start_cell"] - 1) // sheet.faces) if letters else 0,
            "marked_printed": marked,
        }

    def say(self, result: dict[str, Any]) -> str:
        lines = [_("紙の版を %(output)s に書きました。") % result]
        if result["letters"]:
            lines.append(
                _("宛名ラベルを %(labels)s に書きました。%(letters)d通(%(people)d人)、%(label_sheet)s で %(sheets)d枚です。") % result
            )
            lines.append(_("紙の版は、%(letters)d部印刷してください。") % result)
            if result["marked_printed"]:
                lines.append(_("%(marked_printed)d通を「印刷しました」と記録しました。") % result)
            else:
                lines.append(_("印刷できたら、通信のページで「印刷できました」を押すか、--mark-printed を付けて実行してください。"))
        else:
            lines.append(_("紙で送る人はいないので、宛名ラベルは作りませんでした。"))
        return "\n".join(lines)
