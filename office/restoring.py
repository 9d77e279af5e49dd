"""Bring a backup back: whole, or not at all."""

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
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
from office.backing_up import WORK, clear_leftovers, digest_of
from office.backup_facts import Facts, facts
from office.backup_file import SQLITE_MEMBER, Manifest, not_a_backup, read_manifest
from office.backup_lock import Opener, is_locked, open_file
from office.database_copy import facts_of_file, kept_models
from office.erasing import erase_again, present
from office.erasure_list import Erased, listed
from privacy.errors import Refused
from privacy.sweep import ask_connection


def restore(*, path: Path, opener: Opener, replace: bool = False, erased: Path | None = None, at: datetime) -> Manifest:
    """Put the data of the backup at `path` in place of the present data, then bring it to this version's form.

    Who was erased since the backup is erased again, by the list beside the database and by the list `erased` of
    another computer.

    Raises `Refused`: "not_a_backup", "wrong_key", "damaged_backup" (the digest differs), "would_overwrite" (there is
    data and `replace` is False), "other_database" (a backup of the other kind of database), "other_version" (rows in a
    form that this version does not know; PostgreSQL only), "counts_differ" (a count, a sum or the audit trail is not
    what the manifest says), "bad_erasure_list". Then the present data is as before; killed half-way too.
    """
    if not replace and has_data():
        raise Refused(
            _("いまのデータがあるので、戻しませんでした。いまのデータを消してよいときだけ、--replace を付けてください。"),
            code="would_overwrite",
        )
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    known = _known_erased() | (listed(erased) if erased else Erased())
    clear_leftovers()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as folder:
        data, manifest = open_backup(path, opener, Path(folder))
        is_sqlite = connection.vendor == "sqlite"
        if (manifest.member == SQLITE_MEMBER) is not is_sqlite:
            raise Refused(
                _("この控えは、ほかの種類のデータベースのものです。同じ種類(SQLite か PostgreSQL)の所で戻してください。"),
                code="other_database",
            )
        if is_sqlite:
            _bring_back_sqlite(data, manifest)
        else:
            _bring_back_rows(data, manifest)
    call_command("migrate", verbosity=0, interactive=False)
    erase_again(known=known, at=at)
    return manifest


def _known_erased() -> Erased:
    try:
        return present()
    except DatabaseError:  # a fresh database without tables
        return listed()


def open_backup(path: Path, opener: Opener, folder: Path) -> tuple[Path, Manifest]:
    """Unlock the backup into `folder`: its data file, proved by its digest, and its manifest.

    Raises `Refused` "not_a_backup", "wrong_key", "damaged_backup".
    """
    try:
        locked = is_locked(path)
    except OSError as error:
        raise not_a_backup() from error
    if not locked:
        raise not_a_backup()
    plain = folder / "open.zip"
    open_file(path, plain, opener)
    manifest = read_manifest(plain)
    data = folder / manifest.member
    with zipfile.ZipFile(plain) as archive, archive.open(manifest.member) as source, data.open("wb") as target:
        shutil.copyfileobj(source, target)
    plain.unlink()
    if digest_of(data) != manifest.sha256:
        raise _damaged()
    return data, manifest


def has_data() -> bool:
    """Whether a restore would put something away."""
    try:
        return Association.objects.exists() or User.objects.exists()
    except DatabaseError:  # a fresh database without tables
        return False


def _damaged() -> Refused:
    return Refused(
        _("控えのファイルがこわれています。ほかの控えを使ってください。何も変えていません。"), code="damaged_backup"
    )


def _bring_back_sqlite(data: Path, manifest: Manifest) -> None:
    """SQLite's own backup writes all pages in one transaction: killed half-way, the old state stays."""
    with closing(sqlite3.connect(data)) as source:
        if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise _damaged()
        _prove(lambda: facts_of_file(data, manifest.facts), manifest)
        connection.ensure_connection()
        source.backup(connection.connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
        _prove(lambda: facts(ask_connection, manifest.facts), manifest)


def _prove(ask: Callable[[], Facts], manifest: Manifest) -> None:
    try:
        found = ask()
    except (sqlite3.DatabaseError, DatabaseError, ValueError) as error:
        raise _other_version() from error
    if differing := sorted(name for name, value in manifest.facts.items() if found[name] != value):
        raise Refused(
            _("戻した中身が控えの記録と合いません(%s)。何も変えていません。") % "、".join(differing), code="counts_differ"
        )


def _load(data: Path) -> None:
    try:
        with data.open(encoding="utf-8") as file:
            for row in serializers.deserialize("jsonl", file):
                row.save()
    except DeserializationError as error:
        raise _other_version() from error


def _other_version() -> Refused:
    return Refused(
        _(
            "この控えは、ちがう版のプログラムで取ったものなので、戻せません。何も変えていません。"
            "控えを取ったときと同じ版のプログラムで戻してから、プログラムを新しくしてください。"
        ),
        code="other_version",
    )
