"""Judge a ZIP (every .xlsx is one) by its directory, before a byte of it is unpacked."""

import struct
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from privacy.errors import Refused

MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 200
MOST_RATIO = 100
"""An honest workbook of 20,000 rows packs 1 : 13; a bomb 1 : 1000 (privacy.md §5.2)."""

_MAGIC = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"


def is_zip(data: bytes) -> bool:
    """Whether `data` begins as a ZIP does."""
    return data.startswith(_MAGIC)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP that cannot fill the memory: at most 50 MB unpacked, 200 entries, 1 : 100 in all, nothing locked.

    The sizes are those the directory promises; `zipfile` never unpacks more than promised. Raises `Refused` with
    code "zip_too_large", "zip_broken" or "zip_locked".
    """
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise _too_large()
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error) as error:
        raise Refused(_("ファイルが壊れていて開けません。元のソフトで開けるか確かめて、保存し直してください。"), code="zip_broken") from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or unpacked > MOST_RATIO * len(data):
        raise _too_large()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(_("ファイルにパスワードがかかっています。パスワードを外して保存し直してください。"), code="zip_locked")
    return archive


def _too_large() -> Refused:
    return Refused(
        _("ファイルの中身が大きすぎるため、開きませんでした。必要な表だけを新しいファイルに写して、もう一度選んでください。"),
        code="zip_too_large",
    )
