"""The manner of all our commands: `--json`, `--as USER`, and the exit codes."""

import json
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from privacy.errors import NationalIdRefused, Refused
from privacy.models import SYSTEM
from privacy.national_ids import redact
from privacy.recording import record_refusal


class DeskCommand(BaseCommand, ABC):
    """Subclasses write `run(**options) -> dict` (the result) and `say(result) -> str` (plain Japanese).

    Exit 0: done. Exit 1: refused, nothing changed; `--json` prints one line
    `{"error": {"code", "line", "column", "message"}}`, with "rows" (a list of line, column, message) where a refusal
    names several places. Exit 2: wrong usage (argparse).
    `self.by` is the name of who acts (`--as USER`, else "system"), `self.at` the moment, `self.today` the day.
    """

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = partial(_refuse_usage, parser)  # type: ignore[method-assign]
        parser.add_argument("--json", action="store_true", help=_("結果を1行のJSONで書く"))
        parser.add_argument("--as", dest="as_user", metavar="USER", help=_("だれの操作として記録するか"))
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subclasses add theirs."""

    def handle(self, *args: Any, **options: Any) -> None:
        self.at: datetime = timezone.now()
        self.today: date = timezone.localdate(self.at)
        try:
            self.by = self._who(options.pop("as_user"))
            result = self.run(**options)
        except Exception as error:
            if not is_refusal(error):
                raise
            self._refuse(error, as_json=options["json"])
        else:
            text = json.dumps(result, ensure_ascii=False) if options["json"] else self.say(result)
            self.stdout.write(text)

    @abstractmethod
    def run(self, **options: Any) -> dict[str, Any]:
        """Do the work and return what `--json` prints. Raise `Refused` to refuse."""

    @abstractmethod
    def say(self, result: dict[str, Any]) -> str:
        """Say the result in plain Japanese for a person at a terminal."""

    def tell_progress(self, done: int, total: int) -> None:
        """How far long work has come, on one line of a terminal; nothing in a file or a pipe."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} / {total}", ending="\n" if done == total else "")

    def _who(self, name: str | None) -> str:
        if name is None:
            return SYSTEM
        if not User.objects.filter(username=name, is_active=True).exists():
            raise Refused(_("「%s」という利用者はいません。create_user で作ってください。") % name, code="unknown_user")
        return name

    def _refuse(self, error: Any, *, as_json: bool) -> None:
        if not transaction.get_connection().in_atomic_block:
            for place, rules in _national_ids(error):
                record_refusal(place=place, rules=rules, at=self.at, by=getattr(self, "by", SYSTEM))
        facts = {
            "code": error.code,
            "line": getattr(error, "line", None),
            "column": getattr(error, "column", None),
            "message": redact(error.message),
        }
        rows = [{**row, "message": redact(row["message"])} for row in getattr(error, "rows", [])]
        if as_json:
            self.stdout.write(json.dumps({"error": facts | ({"rows": rows} if rows else {})}, ensure_ascii=False))
        else:
            self.stderr.write(redact(error.message))
            for row in rows:
                self.stderr.write(_("%(line)d行目 %(column)s: %(message)s") % row)
        sys.exit(1)


def _refuse_usage(parser: CommandParser, message: str) -> None:
    """Say what was typed wrongly, without a number that may be a person's."""
    CommandParser.error(parser, redact(message))


def read_input(path: Path) -> bytes:
    """Read a command's file. Raises `Refused` "file_not_readable" with the place and the system's reason."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            _("%(path)s を読めませんでした(%(why)s)。ファイルの場所を確かめてください。") % {"path": path, "why": error.strerror},
            code="file_not_readable",
        ) from error


def write_output(path: Path, data: bytes, *, make_folder: bool = False) -> None:
    """Write a command's result file: whole or not at all, readable by its owner only, for it may hold names.

    A `path` that is no regular file (a pipe, a terminal) is written as it is. `make_folder` makes a folder that is
    not there.
    Raises `Refused` "cannot_write" with the place and the system's reason; nothing is left behind then.
    """
    part: Path | None = None
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = Path(file.name)
            file.write(data)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise Refused(
            _("%(path)s に書けませんでした(%(why)s)。ほかの場所を選んでください。") % {"path": path, "why": error.strerror},
            code="cannot_write",
        ) from error


def _national_ids(error: Any) -> list[tuple[str, tuple[str, ...]]]:
    """(place, rules) of each national ID number that was refused."""
    if isinstance(error, NationalIdRefused):
        return [(error.place, error.rules)]
    return list(getattr(error, "national_ids", []))


def is_refusal(error: Exception) -> bool:
    """Whether `error` is a refusal with a code and a sentence (`Refused`, or a pure room's own error)."""
    return isinstance(error, Refused) or (
        isinstance(getattr(error, "code", None), str) and isinstance(getattr(error, "message", None), str)
    )
