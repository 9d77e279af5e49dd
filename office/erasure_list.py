"""The list of what was erased, in a file beside the database: it outlives the database that an old backup replaces.

It holds opaque keys, and of the bank's rows what is left without their words: nothing that names anybody.
"""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from donations.erased_rows import RowKey
from privacy.errors import Refused

FILE = "erased.json"


@dataclass(frozen=True, slots=True)
class Erased:
    """`keys` of erased supporters (`Supporter.key`), and the rows that lost their words."""

    keys: frozenset[str] = frozenset()
    rows: frozenset[RowKey] = frozenset()

    def __or__(self, other: "Erased") -> "Erased":
        return Erased(self.keys | other.keys, self.rows | other.rows)


def list_file() -> Path:
    return Path(settings.DATA_DIR) / FILE


def listed(path: Path | None = None) -> Erased:
    """What the file says; nothing where there is none. Raises `Refused` "bad_erasure_list" for another file."""
    path = path or list_file()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = frozenset(
            RowKey(int(account), date.fromisoformat(day), int(received), int(paid_out), balance)
            for account, day, received, paid_out, balance in told["rows"]
        )
        return Erased(frozenset(map(str, told["keys"])), rows)
    except FileNotFoundError:
        return Erased()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            _("消去の一覧 %s を読めません。控えから写し直すか、ファイルをどけてから、もう一度お試しください。") % path,
            code="bad_erasure_list",
        ) from error


def write_list(erased: Erased) -> None:
    """Replace the file, whole or not at all, readable by our user only."""
    path = list_file()
    part = path.with_name(f"{path.name}.part")
    rows = [[*row[:1], row.booked_on.isoformat(), *row[2:]] for row in sorted(erased.rows, key=repr)]
    data = json.dumps({"keys": sorted(erased.keys), "rows": rows})
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(data)
    part.replace(path)
