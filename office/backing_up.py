"""Make a backup file while the program is in use."""

import hashlib
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from donations.models import Transaction
from members.models import Supporter
from office.backup_file import FORMAT, MANIFEST, ROWS_MEMBER, SQLITE_MEMBER, Manifest
from office.models import Backup
from privacy.errors import Refused
from privacy.models import AuditEvent
from privacy.recording import record
from receipts.models import Receipt

NOT_KEPT = {"contenttypes", "sessions"}
MADE_BY_MIGRATE = {"auth.permission"}
"""Their ids follow the content types of an installation, so they may not come from another one; nothing of ours uses them."""


class WholeMoments(DjangoJSONEncoder):
    """Django's own encoder cuts moments to milliseconds; a backup keeps what the database keeps."""

    def default(self, o: object) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def back_up(*, path: Path, at: datetime, by: str) -> Manifest:
    """Write a consistent backup to `path` (mode 0600), replacing nothing until it is whole.

    Raises `Refused` "file_exists" or "cannot_write". On success the time and the size are remembered.
    """
    if path.exists():
        raise Refused(
            _("%s はもうあります。ほかの名前にするか、古いファイルをどけてください。") % path, code="file_exists"
        )
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as folder:
            data, facts = copy_data(Path(folder))
            manifest = Manifest(
                format=FORMAT, made_at=at.isoformat(), member=data.name, sha256=digest_of(data), **facts
            )
            size, digest = _write_zip(path, data, manifest)
    except OSError as error:
        raise Refused(
            _("%(path)s に控えを書けませんでした(%(why)s)。ほかの場所を選んでください。")
            % {"path": path, "why": error.strerror},
            code="cannot_write",
        ) from error
    with transaction.atomic():
        made = Backup.objects.create(at=at, by=by, size_bytes=size, sha256=digest)
        record(action="office.backed_up", at=at, by=by, subject=made)
    return manifest


def copy_data(folder: Path) -> tuple[Path, dict[str, int]]:
    """Write one moment's state into `folder`, waiting for nobody; the file, and what `count_facts` says of it."""
    if connection.vendor == "sqlite":
        return (path := folder / SQLITE_MEMBER), _copy_sqlite(path)
    return (path := folder / ROWS_MEMBER), _copy_rows(path)


def count_facts() -> dict[str, int]:
    """What a restore compares: how many rows, and the yen."""
    return {
        "supporters": Supporter.objects.count(),
        "transactions": Transaction.objects.count(),
        "received_yen": Transaction.objects.aggregate(yen=Sum("received_yen"))["yen"] or 0,
        "receipts": Receipt.objects.count(),
        "audit_events": AuditEvent.objects.count(),
    }


def kept_models() -> list[type[models.Model]]:
    """Models whose rows a backup of PostgreSQL holds, parents first."""
    return [
        model
        for model in serializers.sort_dependencies(
            [(config, None) for config in apps.get_app_configs() if config.label not in NOT_KEPT],
            allow_cycles=True,
        )
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in MADE_BY_MIGRATE
    ]


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_sqlite(target: Path) -> dict[str, int]:
    """VACUUM INTO gives one moment's state; the facts are counted in the copy, not in the moving database."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    copy = sqlite3.connect(target)
    try:
        return {
            name: copy.execute(sql).fetchone()[0] or 0
            for name, sql in {
                "supporters": f'SELECT COUNT(*) FROM "{Supporter._meta.db_table}"',  # noqa: S608 - our own table names
                "transactions": f'SELECT COUNT(*) FROM "{Transaction._meta.db_table}"',  # noqa: S608
                "received_yen": f'SELECT SUM(received_yen) FROM "{Transaction._meta.db_table}"',  # noqa: S608
                "receipts": f'SELECT COUNT(*) FROM "{Receipt._meta.db_table}"',  # noqa: S608
                "audit_events": f'SELECT COUNT(*) FROM "{AuditEvent._meta.db_table}"',  # noqa: S608
            }.items()
        }
    finally:
        copy.close()


def _copy_rows(target: Path) -> dict[str, int]:
    """All rows of one snapshot as JSON lines; nobody's writing waits for it."""
    with _snapshot(), target.open("w", encoding="utf-8") as file:
        for model in kept_models():
            rows = model._base_manager.order_by("pk").iterator(500)
            serializers.serialize("jsonl", rows, stream=file, cls=WholeMoments)
        return count_facts()


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction of PostgreSQL that sees one moment's state and may not write."""
    from psycopg import IsolationLevel

    connection.ensure_connection()
    driver = connection.connection
    driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        with transaction.atomic():
            yield
    finally:
        driver.isolation_level = driver.read_only = None


def _write_zip(path: Path, data: Path, manifest: Manifest) -> tuple[int, str]:
    part = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, manifest.as_json())
            archive.write(data, data.name)
        size, digest = part.stat().st_size, digest_of(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return size, digest
