"""A ZIP of CSV files, judged by its directory before a byte of it is unpacked."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from donations.bankfiles.errors import TooLarge, UnknownFormat
from donations.bankfiles.source import Source

MOST_ENTRIES = 20
"""The bank gives ten (formats.md §1.1); a Mac that packs them again adds one of its own for each."""
MOST_BYTES = 20 * 1024 * 1024
"""Ten full files of the bank are about 4 MB."""
MOST_RATIO = 100
"""Real statements pack about 1 : 10; a bomb 1 : 1000."""

_MAGIC = b"PK\x03\x04"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_NUMBER = re.compile(r"_(\d{1,2})\.csv$", re.IGNORECASE)
UNPACK = "ZIPを開き、中のCSVファイルを一つずつ取り込んでください。"


def is_zip(data: bytes) -> bool:
    """True for the beginning of a ZIP that has at least one entry."""
    return data.startswith(_MAGIC)


def is_zip_of_csv(data: bytes) -> bool:
    """True when the directory names a CSV and none of the parts of a spreadsheet or document."""
    return (
        is_zip(data)
        and b".csv" in data[-MOST_ENTRIES * 1024 :].lower()
        and b"[Content_Types].xml" not in data
    )


def members(data: bytes, source: Source) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the CSV files in the order of their `_01` … `_10`, unpacked one at a time.

    Raises `TooLarge` above 20 entries, 20 MB in all, 1 : 100 in one; `UnknownFormat` for a damaged or locked ZIP,
    for an entry that is no CSV and for several CSVs whose numbers do not run 1, 2, 3 ….
    """
    if data.count(_DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise _too_large(f"ZIPの中のファイルが多すぎます（{MOST_ENTRIES}個まで）。", source)
    archive = _opened(data)
    if archive is None:
        raise _unknown("ZIPが壊れていて開けません。", source)
    entries = [entry for entry in archive.infolist() if not _left_by_a_mac(entry)]
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _too_large(f"ZIPの中身が大きすぎます（{MOST_BYTES // 1024**2}MBまで）。", source)
    for entry in entries:
        _check(entry, source)
    for entry in _in_order(entries, source):
        yield entry.filename, _unpacked(archive, entry, source)


def _opened(data: bytes) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
        return None


def _left_by_a_mac(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/") or entry.filename.startswith("__MACOSX/") or entry.filename.endswith(".DS_Store")


def _check(entry: zipfile.ZipInfo, source: Source) -> None:
    if entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise _too_large("ZIPの中に、不自然に小さく圧縮されたファイルがあります。", source)
    if entry.flag_bits & 0x1:
        raise _unknown("ZIPにパスワードがかかっています。", source)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unknown("ZIPの圧縮のしかたが特殊で、開けません。", source)
    if not entry.filename.lower().endswith(".csv"):
        raise _unknown("ZIPの中に、CSVではないファイルがあります。", source, found=entry.filename)


def _in_order(entries: list[zipfile.ZipInfo], source: Source) -> list[zipfile.ZipInfo]:
    if len(entries) == 1:
        return entries
    matches = [(entry, _NUMBER.search(entry.filename)) for entry in entries]
    numbers = {int(match.group(1)): entry for entry, match in matches if match}
    order = sorted(numbers)
    if not entries or order != list(range(1, len(entries) + 1)):
        names = " ".join(sorted(entry.filename.rpartition("/")[2] for entry in entries))
        raise _unknown(
            "ZIPの中のCSVの番号（_01、_02 …）がそろっていません。",
            source,
            found=names,
            expected="_01 から続く番号",
        )
    return [numbers[number] for number in order]


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source) -> bytes:
    """The bytes of an entry; never more than its directory promises, so the caps above hold here too."""
    data: bytes | None
    try:
        data = archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        data = None
    if data is None:
        raise _unknown("ZIPの中のファイルが壊れていて取り出せません。", source, found=entry.filename)
    return data


def _unknown(what: str, source: Source, *, found: str = "", expected: str = "") -> UnknownFormat:
    return UnknownFormat(
        what, found=found, expected=expected, next_step=UNPACK, file=source.file, guard=source.guard
    )


def _too_large(what: str, source: Source) -> TooLarge:
    return TooLarge(what, next_step=UNPACK, file=source.file, guard=source.guard)
