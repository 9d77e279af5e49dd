"""From bytes to text: CP932 as Japanese banks write it, UTF-8 as spreadsheets save it.

Python's `cp932`, not `shift_jis`: 髙 﨑 ㈱ ① exist only there (formats.md §1.1).
"""

import codecs
import re

from donations.bankfiles.errors import NotDecodable
from donations.bankfiles.source import Source

HEAD = 65_536
"""Bytes looked at when a reader is asked whether a file is its own."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def readings(data: bytes) -> tuple[tuple[str, str], ...]:
    """(encoding, beginning of the text) for each encoding in question; bytes that do not fit become U+FFFD."""
    encodings = ("utf-8-sig",) if data.startswith(codecs.BOM_UTF8) else ("utf-8", "cp932")
    return tuple((name, data[:HEAD].decode(name, errors="replace")) for name in encodings)


def line_at(data: bytes, position: int) -> int:
    """Physical line of a byte, from 1; LF, CRLF and CR end a line."""
    before = data[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def decode(data: bytes, encoding: str, source: Source) -> str:
    """The whole text.

    Raises `NotDecodable` with the line of the first byte that does not fit, and for control characters such as
    NUL, which no bank writes and no database takes.
    """
    text, position = _strict(data, encoding)
    if text is None:
        raise NotDecodable(
            "文字として読めないところがあります。ファイルが途中で壊れているようです。",
            line=line_at(data, position),
            expected=f"{encoding.removesuffix('-sig').upper()}の文字",
            file=source.file,
            guard=source.guard,
        )
    control = _CONTROL.search(text)
    if control:
        before = text[: control.start()].encode(encoding)
        raise NotDecodable(
            "文字ではない制御コードが入っています。ファイルが途中で壊れているようです。",
            line=line_at(before, len(before)),
            found=f"U+{ord(control.group()):04X}",
            expected="ふつうの文字",
            file=source.file,
            guard=source.guard,
        )
    return text


def _strict(data: bytes, encoding: str) -> tuple[str | None, int]:
    """(text, 0), or (None, position of the bad byte). The exception holds the whole file, so it ends here."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError as problem:
        return None, problem.start
