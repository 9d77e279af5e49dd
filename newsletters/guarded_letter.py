"""The scanner's word on a letter, with the line where it found something. Reads only."""

from django.utils.translation import gettext as _

from privacy.errors import NationalIdRefused, Refused
from privacy.national_ids import FieldClass, Finding, Level, scan


def refuse_numbers(*, title: str, markdown: str, other_number: bool) -> None:
    """Refuse a letter with a number that the state gives to a person.

    Raises `NationalIdRefused` (nobody may overrule it) or, unless `other_number` says that somebody looked,
    `Refused` with code "national_id_doubt"; both carry the line (1-based) and the column 題名 or 本文.
    """
    for column, text in ((_("題名"), title), (_("本文"), markdown)):
        findings = scan(text, FieldClass.FREE_TEXT)
        blocked = [finding for finding in findings if finding.level is Level.BLOCK]
        if blocked:
            raise NationalIdRefused(
                column, [finding.rule for finding in blocked], line=_line(text, blocked[0]), column=column
            )
        if findings and not other_number:
            line = _line(text, findings[0])
            raise Refused(
                _(
                    "「%(column)s」の%(line)d行目に、12けたの数字があります。マイナンバーなら消してください。"
                    "別の番号なら、そのことを確かめた印を付けて(コマンドでは --other-numbers-ok)、もう一度お試しください。"
                )
                % {"column": column, "line": line},
                code="national_id_doubt",
                line=line,
                column=column,
            )


def _line(text: str, finding: Finding) -> int:
    return text.count("\n", 0, finding.start) + 1
