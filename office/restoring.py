"""Bring a backup back: whole, or not at all."""

import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import User
from members.models import Association
from office.backing_up import count_facts, digest_of, kept_models
from office.backup_file import SQLITE_MEMBER, Manifest, read_manifest
from privacy.errors import Refused


def restore(*, path: Path, replace: bool = False) -> Manifest:
    """Put the data of the backup at `path` in place of the present data, then bring it to this version's form.

    Raises `Refused`: "not_a_backup", "damaged_backup" (the digest differs), "would_overwrite" (there is data and
    `replace` is False), "other_database" (a backup of the other kind of database), "other_version" (rows in a form
    that this version does not know; PostgreSQL only), "counts_differ". Then the present data is as before.
    """
    manifest = read_manifest(path)
    is_sqlite = connection.vendor == "sqlite"
    if (manifest.member == SQLITE_MEMBER) is not is_sqlite:
        raise Refused(
            _("この控えは、ほかの種類のデータベースのものです。同じ種類(SQLite か PostgreSQL)の所で戻してください。"),
            code="other_database",
        )
    if not replace and _has_data():
        raise Refused(
            _("いまのデータがあるので、戻しませんでした。いまのデータを消してよいときだけ、--replace を付けてください。"),
            code="would_overwrite",
        )
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as folder:
        data = Path(folder) / manifest.member
        with zipfile.ZipFile(path) as archive, archive.open(manifest.member) as source, data.open("wb") as target:
            shutil.copyfileobj(source, target)
        if digest_of(data) != manifest.sha256:
            raise Refused(_("控えのファイルがこわれています。ほかの控えを使ってください。何も変えていません。"), code="damaged_backup")
        if is_sqlite:
            _bring_back_sqlite(data)
        else:
            _bring_back_rows(data, manifest)
    call_command("migrate", verbosity=0, interactive=False)
    return manifest


def _has_data() -> bool:
    try:
        return Association.objects.exists() or User.objects.exists()
    except DatabaseError:  # a fresh database without tables
        return False


def _bring_back_sqlite(data: Path) -> None:
    """SQLite's own backup writes all pages in one transaction: killed half-way, the old state stays."""
    source = sqlite3.connect(data)
    try:
        if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise Refused(_("控えのファイルがこわれています。ほかの控えを使ってください。何も変えていません。"), code="damaged_backup")
        connection.ensure_connection()
        source.backup(connection.connection)
    finally:
        source.close()


def _bring_back_rows(data: Path, manifest: Manifest) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    models = kept_models()
    tables = [model._meta.db_table for model in models]
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
                cursor.execute(sql)
        _load(data)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(sql)
        facts = count_facts()
        if any(facts[name] != getattr(manifest, name) for name in facts):
            raise Refused(_("戻した件数が控えと合いません。何も変えていません。"), code="counts_differ")


def _load(data: Path) -> None:
    try:
        with data.open(encoding="utf-8") as file:
            for row in serializers.deserialize("jsonl", file):
                row.save()
    except DeserializationError as error:
        raise Refused(
            _(
                "この控えは、ちがう版のプログラムで取ったものなので、戻せません。何も変えていません。"
                "控えを取ったときと同じ版のプログラムで戻してから、プログラムを新しくしてください。"
            ),
            code="other_version",
        ) from error
