import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from office.backing_up import clear_leftovers
from office.demo.showing import SIGN_IN

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Command(BaseCommand):
    help = "ページを開けるようにする(ウェブの係と、印刷・送信の係を始める)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        clear_leftovers()
        address = f"{options['host']}:{options['port']}"
        self.stdout.write(_("ブラウザーで http://%s/ を開いてください。終わるときは Ctrl+C を押します。") % address)
        note = Path(settings.DATA_DIR).parent / SIGN_IN
        if note.exists():
            self.stdout.write(_("これはデモです。\n%s") % note.read_text(encoding="utf-8").rstrip())
        for word in ENDINGS:
            signal.signal(word, _stop)
        commands = ([sys.executable, str(MANAGE), "work"], _web_server(address))
        children = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own programs
        try:
            children[-1].wait()
        except KeyboardInterrupt:
            self.stdout.write(_("終わります。"))
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()


def _stop(_number: int, _frame: object) -> None:
    """Closing the window or a kill ends both children as Ctrl+C does."""
    raise KeyboardInterrupt


def _web_server(address: str) -> list[str]:
    if os.name == "nt":  # gunicorn does not run there
        return [sys.executable, str(MANAGE), "runserver", "--noreload", address]
    return [
        sys.executable, "-m", "gunicorn", "--bind", address, "--threads", "4", "--timeout", "120",
        "--log-level", "warning", "config.wsgi",
    ]  # fmt: skip
