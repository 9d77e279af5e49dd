"""Prove that a backup comes back: make one, bring it back into a fresh place, compare, throw both away."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from office.backing_up import WORK, write_backup
from office.backup_facts import Facts
from office.backup_lock import new_key, public_keys
from office.database_copy import facts_of_file
from privacy.errors import Refused

ADDED_BY_RESTORE = "privacy_auditevent"
"""Bringing back is itself recorded: one row more in this table than in the backup."""


@dataclass(frozen=True, slots=True)
class Drill:
    """`compared` facts (rows, sums, the audit trail) were the same; `bytes` is the size of the locked file."""

    compared: int
    bytes: int


def drill(*, at: datetime) -> Drill:
    """Back up, restore into an empty data directory in a process of its own, and compare every fact. SQLite only.

    Nothing of it stays, and the home page's "last backup" does not move. Raises `Refused` "other_database" on
    PostgreSQL (there a restore needs an empty database of the server), "drill_failed" with what differs, and those of
    `write_backup`.
    """
    if connection.vendor != "sqlite":
        raise Refused(
            _("PostgreSQL では、空のデータベースを1つ作り、そこに restore で戻して確かめてください。手引きに書いてあります。"),
            code="other_database",
        )
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as name:
        folder = Path(name)
        secret, public = new_key()
        file, key, fresh = folder / "file", folder / "key", folder / "fresh"
        key.write_text(secret, encoding="ascii")
        fresh.mkdir()
        manifest, size, _digest = write_backup(path=file, lock=public_keys([public]), at=at)
        _restore(file, key, fresh)
        found = facts_of_file(next(fresh.glob("*.sqlite3")), manifest.facts)
    differing = [name for name, value in _expected(manifest.facts).items() if found[name] != value]
    if differing:
        raise _failed("、".join(differing))
    return Drill(compared=len(manifest.facts), bytes=size)


def _expected(facts: Facts) -> Facts:
    """The restore compared the audit trail before it added its own row to it."""
    rows = f"rows of {ADDED_BY_RESTORE}"
    kept = {name: value for name, value in facts.items() if not name.startswith("text of ")}
    return kept | {rows: int(facts[rows]) + 1}


def _restore(file: Path, key: Path, fresh: Path) -> None:
    words = ["restore", str(file), "--key-file", str(key), "--json"]
    own = {"HITOKUCHI_DATA_DIR": str(fresh), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *words],
        env=os.environ | own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise _failed(_message(done.stdout))


def _message(told: str) -> str:
    try:
        return str(json.loads(told)["error"]["message"])
    except (ValueError, KeyError):
        return _("戻す途中で止まりました。")


def _failed(why: str) -> Refused:
    return Refused(_("控えを戻す練習が、うまくいきませんでした: %s いまのデータは、そのままです。") % why, code="drill_failed")
