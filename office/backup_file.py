"""What a backup file is: a zip with the whole database, and a manifest that says what is in it.

SQLite gives `database.sqlite3`, made by VACUUM INTO: a consistent copy while others write, without the bytes
of deleted rows. PostgreSQL gives `rows.jsonl`, Django's own rows read in one snapshot.
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from privacy.errors import Refused

FORMAT = "hitokuchi-backup-1"
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database.sqlite3"
ROWS_MEMBER = "rows.jsonl"
LARGEST_BYTES = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Manifest:
    """`member` is the file that holds the data, `sha256` its digest; the sums let a restore prove itself."""

    format: str
    made_at: str
    member: str
    sha256: str
    supporters: int
    transactions: int
    received_yen: int
    receipts: int
    audit_events: int

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of a backup file. Raises `Refused` "not_a_backup" for anything else."""
    problem = _(
        "%s は、ひとくちの控えではないか、こわれています。backup で作ったファイルを選んでください。何も変えていません。"
    ) % path
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            member = archive.getinfo(manifest.member)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise Refused(problem, code="not_a_backup") from error
    if (
        manifest.format != FORMAT
        or manifest.member not in {SQLITE_MEMBER, ROWS_MEMBER}
        or member.file_size > LARGEST_BYTES
    ):
        raise Refused(problem, code="not_a_backup")
    return manifest
