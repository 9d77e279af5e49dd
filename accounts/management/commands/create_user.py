import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.utils.translation import gettext as _

from accounts.commands import DeskCommand
from accounts.granting import create_user
from accounts.roles import Role
from privacy.errors import Refused


class Command(DeskCommand):
    help = "利用者を作り、役割を付ける"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--role", action="append", choices=[str(role) for role in Role], required=True)
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--password-stdin", action="store_true", help=_("パスワードを標準入力から読む"))
        group.add_argument("--generate-password", action="store_true", help=_("パスワードを作って1回だけ表示する"))

    def run(self, **options: Any) -> dict[str, Any]:
        generated = secrets.token_urlsafe(12) if options["generate_password"] else ""
        user = create_user(
            name=options["name"],
            roles=[Role(role) for role in dict.fromkeys(options["role"])],
            password=generated or self._password(from_stdin=options["password_stdin"]),
            at=self.at,
            by=self.by,
        )
        shown = {"password": generated} if generated else {}
        return {"user": user.get_username(), "roles": sorted(set(options["role"])), **shown}

    def _password(self, *, from_stdin: bool) -> str | None:
        if from_stdin:
            return sys.stdin.readline().rstrip("\n")
        if not sys.stdin.isatty():
            return None
        first = getpass(_("パスワード(10文字以上): "))
        if first != getpass(_("もう一度: ")):
            raise Refused(_("2回のパスワードがちがいます。もう一度はじめから入れてください。"), code="passwords_differ")
        return first

    def say(self, result: dict[str, Any]) -> str:
        said = _("利用者「%(user)s」を作りました。役割: %(roles)s") % {
            "user": result["user"],
            "roles": "、".join(str(Role(role).label) for role in result["roles"]),
        }
        if "password" in result:
            said += "\n" + _("パスワード: %s(いま書き留めてください。もう表示しません)") % result["password"]
        return said
