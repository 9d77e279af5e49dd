from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.demo.showing import show
from privacy.errors import Refused


class Command(BaseCommand):
    help = "作り物の会のデータで、取り込みから領収書と通信までを1回やってみる"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, required=True, help="結果を書くフォルダー(中の前のデモは消す)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            show(folder=options["folder"], today=timezone.localdate(), say=self.stdout.write)
        except Refused as refused:
            raise CommandError(refused.message) from refused
