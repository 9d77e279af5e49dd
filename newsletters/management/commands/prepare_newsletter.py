"""Freeze a newsletter written in a Markdown file: its words, its mail, and the list of people."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from newsletters.composing import create_draft, prepare
from newsletters.models import Audience
from newsletters.tally import tally_of
from privacy.errors import Refused


class Command(DeskCommand):
    help = "通信を確定する: 本文のファイル(Markdown)と題名から、送る内容と送る人の一覧を決める。まだ何も送らない。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.md", help="本文のファイル(UTF-8 の Markdown)")
        parser.add_argument("--title", required=True, help="題名(40文字まで)")
        parser.add_argument(
            "--audience",
            default=Audience.ALL.value,
            help="送る人: " + "、".join(f"{one.value}({one.label})" for one in Audience),
        )
        parser.add_argument(
            "--other-numbers-ok", action="store_true", help="本文の12けたの数字が、マイナンバーではないことを確かめた"
        )

    def run(self, **options: Any) -> dict[str, Any]:
        markdown = _read(options["file"])
        with transaction.atomic():
            draft = create_draft(
                title=options["title"],
                markdown=markdown,
                audience=options["audience"],
                other_number=options["other_numbers_ok"],
                at=self.at,
                by=self.by,
            )
            newsletter = prepare(newsletter=draft, at=self.at, by=self.by)
        tally = tally_of(newsletter)
        return {
            "newsletter": newsletter.pk,
            "title": newsletter.title,
            "audience": newsletter.audience,
            "email": tally.mail,
            "print": tally.letters,
            "covered": tally.covered,
            "resigned": tally.left,
            "not_reached": tally.suppressed,
            "sender": newsletter.sender,
        }

    def say(self, result: dict[str, Any]) -> str:
        return _(
            "通信「%(title)s」を確定しました(番号 %(newsletter)d)。まだ何も送っていません。\n"
            "メール %(email)d通、紙の手紙 %(print)d通、同じ手紙を一緒に読む人 %(covered)d人、届かない人 %(not_reached)d人、"
            "退会した人 %(resigned)d人です。\n"
            "次は send_newsletter %(newsletter)d(メール)と print_newsletter %(newsletter)d --output FILE.pdf(紙)です。"
        ) % result


def _read(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(
            _("本文のファイル %(path)s を開けません(%(why)s)。名前を確かめてください。")
            % {"path": path, "why": error.strerror or type(error).__name__},
            code="cannot_open",
        ) from error
    except UnicodeDecodeError as error:
        raise Refused(
            _("本文のファイル %(path)s は UTF-8 ではありません。文字コード UTF-8 で保存しなおしてください。") % {"path": path},
            code="not_utf8",
        ) from error
