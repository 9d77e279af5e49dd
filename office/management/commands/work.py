import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from office.working import work_on, work_once


class Command(BaseCommand):
    help = "ページから頼まれた印刷と送信を続ける(make serve が自動で始める)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("1回だけ働いて終わる(cron 向け)"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            work_once(at=timezone.now())
            return
        stopped: list[int] = []
        for word in (signal.SIGTERM, signal.SIGINT):
            signal.signal(word, lambda number, _frame: stopped.append(number))
        work_on(now=timezone.now, is_over=lambda: bool(stopped))
