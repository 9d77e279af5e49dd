"""The texts inside a file: members of zips, the pages of PDFs, base64 and quoted-printable of mails, UTF-8, UTF-16, CP932."""

import binascii
import gzip
import quopri
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_BYTES = 64 * 1024 * 1024
"""As much of a container is unpacked; a bomb costs no more."""
MOST_LAYERS = 5
AGE = b"age-encryption.org/v1\n"
_PRINTABLE = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){8,}")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{4}[\r\n]{0,2}){6,}(?:[A-Za-z0-9+/_-]{2,3}={0,2})?")
_ZLIB = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
_WHOLE = 4


def texts_in(data: bytes, *, layers: int = MOST_LAYERS) -> Iterator[str]:
    """Every text in `data` that a person or a program could read, containers opened to `layers` layers.

    A locked file (age, a zip with a password) gives nothing. Broken containers give what can be read of them.
    """
    if not layers or data.startswith(AGE):
        return
    if data.startswith(b"%PDF-"):
        yield from _pages(data)
        return
    for inner in _inner(data):
        yield from texts_in(inner, layers=layers - 1)
    yield from _decoded(data)


def _inner(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        yield from _zip_members(data)
    elif data.startswith(b"\x1f\x8b"):
        yield _inflated(zlib.decompressobj(zlib.MAX_WBITS | 16), data)
    elif data.startswith(_ZLIB):
        yield _inflated(zlib.decompressobj(), data)
    for found in _BASE64.finditer(data):
        yield from _from_base64(found[0])
    if b"=\n" in data or b"=\r\n" in data or re.search(rb"(?:=[0-9A-F]{2}){3}", data):
        yield quopri.decodestring(data)


def _zip_members(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.flag_bits & 0x1:
                    continue
                with archive.open(entry) as member:
                    yield member.read(MOST_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, gzip.BadGzipFile):
        return


def _inflated(machine: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return machine.decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def _from_base64(text: bytes) -> Iterator[bytes]:
    """What the letters stand for, where that is a text or a container again; letters of a word stand for noise."""
    letters = re.sub(rb"[\r\n=]", b"", text).translate(bytes.maketrans(b"-_", b"+/"))
    letters += b"=" * (-len(letters) % _WHOLE)
    try:
        inner = b64decode(letters)
    except binascii.Error:
        return
    if inner.startswith((b"PK\x03\x04", b"\x1f\x8b", b"%PDF-", *_ZLIB)):
        yield inner
        return
    try:
        inner.decode()
    except UnicodeDecodeError:
        return
    yield inner


def _decoded(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", errors="replace")
        return
    if data.count(0) * 3 > len(data):
        yield data.decode("utf-16-le", errors="replace")
        yield data.decode("utf-16-be", errors="replace")
    for encoding in ("utf-8", "cp932"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    for found in _PRINTABLE.finditer(data):
        yield found[0].decode(errors="replace")


def _pages(data: bytes) -> Iterator[str]:
    """The words of a PDF, as its fonts say what each sign means; the numbers that only place them are none."""
    try:
        reader = PdfReader(BytesIO(data))
        yield "\n".join(str(value) for value in (reader.metadata or {}).values())
        for page in reader.pages:
            yield page.extract_text()
        for attached in reader.attachment_list:
            yield from texts_in(attached.content, layers=1)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
