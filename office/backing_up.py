"""Make a backup file while the program is in use: copied, searched for numbers, locked."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from office.backup_file import FORMAT, MANIFEST, Manifest
from office.backup_lock import Lock, PublicKeys, lock_file, public_keys
from office.database_copy import copy_data
from office.models import Backup, BackupKey
from privacy.errors import Refused
from privacy.recording import record
from privacy.sweep import Swept

WORK = "hikae-"
"""Begins the name of a folder in the data directory that holds the open copy while a backup is made or brought back."""
LEFT_BY_A_CRASH_AFTER = timedelta(hours=1)


def back_up(*, path: Path, lock: Lock | None = None, at: datetime, by: str) -> Manifest:
    """Write a consistent, locked backup to `path` (mode 0600), replacing nothing until it is whole.

    Without `lock` it is locked with the public keys of `BackupKey`. Raises `Refused` "no_key" (there are none),
    "file_exists", "cannot_write", "number_in_data" (the sweep found a number of a person; nothing is written).
    On success the time and the size are remembered.
    """
    manifest, size, digest = write_backup(path=path, lock=lock or kept_keys(), at=at)
    with transaction.atomic():
        made = Backup.objects.create(at=at, by=by, size_bytes=size, sha256=digest)
        record(action="office.backed_up", at=at, by=by, subject=made)
    return manifest


def write_backup(*, path: Path, lock: Lock, at: datetime) -> tuple[Manifest, int, str]:
    """Write the file and remember nothing: its manifest, its size in bytes and its digest. Raises as `back_up`."""
    if path.exists():
        raise Refused(
            _("%s はもうあります。ほかの名前にするか、古いファイルをどけてください。") % path, code="file_exists"
        )
    clear_leftovers(at=at)
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as folder:
            data, found, swept = copy_data(Path(folder))
            _refuse_numbers(swept)
            manifest = Manifest(FORMAT, at.isoformat(), data.name, digest_of(data), found)
            return manifest, *_write(path, _zip(data, manifest), lock)
    except OSError as error:
        raise Refused(
            _("%(path)s に控えを書けませんでした(%(why)s)。ほかの場所を選んでください。")
            % {"path": path, "why": error.strerror},
            code="cannot_write",
        ) from error


def kept_keys() -> PublicKeys:
    """The public keys that backups are locked with. Raises `Refused` "no_key"."""
    lines: Sequence[str] = list(BackupKey.objects.live().values_list("public_key", flat=True))
    if not lines:
        raise Refused(
            _(
                "控えを暗号にする鍵がありません。「控え」のページで鍵を登録するか、合言葉を決めて --passphrase を付けてください。"
                "名簿が入るので、暗号にしない控えは作りません。"
            ),
            code="no_key",
        )
    return public_keys(lines)


def clear_leftovers(*, at: datetime | None = None) -> int:
    """Remove open copies that a killed backup or restore left behind; how many. `at`: only those older than an hour."""
    count = 0
    for folder in Path(settings.DATA_DIR).glob(f"{WORK}*"):
        if at is None or folder.stat().st_mtime < (at - LEFT_BY_A_CRASH_AFTER).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_numbers(swept: Swept) -> None:
    if swept.found:
        places = "、".join(sorted({place.where for place in swept.places}))
        raise Refused(
            _(
                "国が個人に付けた番号らしい数字が%(count)d件、データの中にあります(%(places)s)。"
                "番号は控えに残せないので、控えを作っていません。idguard_sweep で場所を確かめ、番号を消してから、もう一度控えを取ってください。"
            ) % {"count": swept.found, "places": places},
            code="number_in_data",
        )


def _zip(data: Path, manifest: Manifest) -> Path:
    target = data.with_name("open.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest.as_json())
        archive.write(data, data.name)
    return target


def _write(path: Path, plain: Path, lock: Lock) -> tuple[int, str]:
    part = path.with_name(f"{path.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        lock_file(plain, part, lock)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        size, digest = part.stat().st_size, digest_of(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return size, digest
