"""A ZIP of CSV files of the bank, in the order of their numbers."""

import re
import zipfile
import zlib
from collections.abc import Iterator

from donations.bankfiles.errors import TooLarge, UnknownFormat
from donations.bankfiles.source import Source
from privacy.zip_directory import Limits, Unfit, UnfitZip, is_zip, open_zip

LIMITS = Limits(bytes=20 * 1024 * 1024, entries=20, ratio=100)
"""The bank gives ten files, about 4 MB (formats.md §1.1), packed about 1 : 10; a Mac that packs them again adds one of
its own for each."""

_NUMBER = re.compile(r"_(\d{1,2})\.csv$", re.IGNORECASE)
UNPACK = "ZIPを開き、中のCSVファイルを一つずつ取り込んでください。"


def is_zip_of_csv(data: bytes) -> bool:
    """True when the directory names a CSV and none of the parts of a spreadsheet or document."""
    return (
        is_zip(data)
        and b".csv" in data[-LIMITS.entries * 1024 :].lower()
        and b"[Content_Types].xml" not in data
    )


def members(data: bytes, source: Source) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the CSV files in the order of their `_01` … `_10`, unpacked one at a time.

    Raises `TooLarge` above 20 entries, 20 MB, 1 : 100; `UnknownFormat` for a damaged or locked ZIP,
    for an entry that is no CSV and for several CSVs whose numbers do not run 1, 2, 3 ….
    """
    archive = _opened(data, source)
    entries = [entry for entry in archive.infolist() if not _left_by_a_mac(entry)]
    for entry in entries:
        _check(entry, source)
    for entry in _in_order(entries, source):
        yield entry.filename, _unpacked(archive, entry, source)


def _opened(data: bytes, source: Source) -> zipfile.ZipFile:
    try:
        return open_zip(data, LIMITS)
    except UnfitZip as problem:
        reason = problem.reason
    raise _refusal(reason, source)


def _refusal(reason: Unfit, source: Source) -> TooLarge | UnknownFormat:
    match reason:
        case Unfit.TOO_MANY:
            return _too_large(f"ZIPの中のファイルが多すぎます（{LIMITS.entries}個まで）。", source)
        case Unfit.TOO_LARGE:
            return _too_large(f"ZIPの中身が大きすぎます（{LIMITS.bytes // 1024**2}MBまで）。", source)
        case Unfit.BOMB:
            return _too_large("ZIPの中に、不自然に小さく圧縮されたファイルがあります。", source)
        case Unfit.LOCKED:
            return _unknown("ZIPにパスワードがかかっています。", source)
        case Unfit.BROKEN:
            return _unknown("ZIPが壊れていて開けません。", source)


def _left_by_a_mac(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/") or entry.filename.startswith("__MACOSX/") or entry.filename.endswith(".DS_Store")


def _check(entry: zipfile.ZipInfo, source: Source) -> None:
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
