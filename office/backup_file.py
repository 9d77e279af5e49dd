"""What a backup file is: an age file around a zip with the whole database, and a manifest that says what is in it.

SQLite gives `database.sqlite3`, made by VACUUM INTO: a consistent copy while others write, without the bytes
of deleted rows. PostgreSQL gives `rows.jsonl`, Django's own rows read in one snapshot.
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from office.backup_facts import Facts
from privacy.errors import Refused

FORMAT = "hitokuchi-backup-2"
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database.sqlite3"
ROWS_MEMBER = "rows.jsonl"
LARGEST_BYTES = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Manifest:
    """`member` is the file that holds the data, `sha256` its digest; `facts` let a restore prove itself."""

    format: str
    made_at: str
    member: str
    sha256: str
    facts: Facts

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    def as_told(self) -> dict[str, int]:
        """The counts and the yen that a person recognises."""
        return {
            "supporters": int(self.facts["rows of members_supporter"]),
            "transactions": int(self.facts["rows of donations_transaction"]),
            "received_yen": int(self.facts["yen of donations_transaction.received_yen"]),
            "receipts": int(self.facts["rows of receipts_receipt"]),
            "audit_events": int(self.facts["rows of privacy_auditevent"]),
        }


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of an opened backup (the zip). Raises `Refused` "not_a_backup" for anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            member = archive.getinfo(manifest.member)
        manifest.as_told()
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise not_a_backup() from error
    if (
        manifest.format != FORMAT
        or manifest.member not in {SQLITE_MEMBER, ROWS_MEMBER}
        or member.file_size > LARGEST_BYTES
    ):
        raise not_a_backup()
    return manifest


def not_a_backup() -> Refused:
    """For a file that is something else, or broken."""
    return Refused(
        _("ひとくちの控えではないか、こわれています。backup で作ったファイルを選んでください。何も変えていません。"),
        code="not_a_backup",
    )
