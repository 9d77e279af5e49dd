"""Judge a ZIP (every .xlsx is one) by its directory, before a byte of it is unpacked. Pure: no Django."""

import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

_MAGIC = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an honest file of one kind stays below: bytes unpacked, entries, and unpacked bytes for each packed one."""

    bytes: int
    entries: int
    ratio: int


class Unfit(StrEnum):
    """Why a ZIP is not opened."""

    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    BROKEN = "broken"
    LOCKED = "locked"


class UnfitZip(Exception):  # noqa: N818  (the name says what is wrong)
    """A ZIP that must not be unpacked; `reason` says why."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason.value)
        self.reason = reason


def is_zip(data: bytes) -> bool:
    """Whether `data` begins as a ZIP with at least one entry does."""
    return data.startswith(_MAGIC)


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a ZIP that cannot fill the memory.

    The sizes are those the directory promises; `zipfile` never unpacks more than promised. The ratio is that of all
    promised bytes to the bytes of the file, so that entries which share their packed bytes do not pass.
    Raises `UnfitZip`.
    """
    if data.count(_ENTRY) > limits.entries:
        raise UnfitZip(Unfit.TOO_MANY)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error) as error:
        raise UnfitZip(Unfit.BROKEN) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries:
        raise UnfitZip(Unfit.TOO_MANY)
    if unpacked > limits.bytes:
        raise UnfitZip(Unfit.TOO_LARGE)
    if unpacked > limits.ratio * len(data):
        raise UnfitZip(Unfit.BOMB)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnfitZip(Unfit.LOCKED)
    return archive
