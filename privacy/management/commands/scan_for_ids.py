import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from privacy.errors import Refused
from privacy.file_scan import FileScan, scan_lines, scan_table
from privacy.national_ids import RULES, FieldClass, Level


class Command(BaseCommand):
    """Exit 0: the file was read, whatever was found. 1: it could not be read. 2: wrong usage.

    `--json` prints one line, `{"lines": n, "findings": [{"line", "level", "rule"}]}`; with `--table` a finding has
    "column" too (a letter), and "sheet" from the second sheet on. An error is
    `{"error": {"code", "line", "column", "message"}}`.
    """

    help = _("ファイルの中に、国が個人に付けた番号らしい数字がないか調べます。番号そのものは書き出しません。")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=_("調べるファイル(UTF-8かCP932。1行に1つの文)"))
        parser.add_argument("--structured", action="store_true", help=_("名前や住所の欄としてきびしく調べる"))
        parser.add_argument("--table", action="store_true", help=_("CSVかXLSXの表として、列ごとに調べる"))
        parser.add_argument("--json", action="store_true", help=_("結果を1行のJSONで書く"))

    def handle(self, *args: Any, **options: Any) -> None:
        field_class = FieldClass.STRUCTURED if options["structured"] else FieldClass.FREE_TEXT
        try:
            data = _read(options["file"])
            result = scan_table(data, field_class) if options["table"] else scan_lines(data, field_class)
        except Refused as error:
            self._refuse(error, as_json=options["json"])
            return
        if options["json"]:
            findings = [finding.as_json() for finding in result.findings]
            self.stdout.write(json.dumps({"lines": result.lines, "findings": findings}, ensure_ascii=False))
        else:
            self._say(result)

    def _say(self, result: FileScan) -> None:
        for finding in result.findings:
            place = _("%(line)d行目") % {"line": finding.line}
            if finding.column is not None:
                place += _(" %(column)s列") % {"column": finding.column}
            if finding.sheet > 1:
                place = _("%(sheet)d枚目のシート ") % {"sheet": finding.sheet} + place
            weight = _("保存しない") if finding.level is Level.BLOCK else _("確かめる")
            self.stdout.write(f"{place} [{weight}] {RULES[finding.rule]}")
        counts = {"lines": result.lines, "count": len(result.findings)}
        if result.findings:
            self.stdout.write(_("%(lines)d行を調べ、%(count)d件見つけました。番号を消してから使ってください。") % counts)
        else:
            self.stdout.write(_("%(lines)d行を調べました。国が個人に付けた番号らしい数字は見つかりませんでした。") % counts)

    def _refuse(self, error: Refused, *, as_json: bool) -> None:
        if as_json:
            facts = {"code": error.code, "line": error.line, "column": error.column, "message": str(error.message)}
            self.stdout.write(json.dumps({"error": facts}, ensure_ascii=False))
        else:
            self.stderr.write(str(error.message))
        sys.exit(1)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            _("ファイルを開けません(%(why)s)。名前と場所を確かめてください。") % {"why": error.strerror}, code="cannot_read"
        ) from error
