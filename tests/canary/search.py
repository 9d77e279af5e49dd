"""Look for one number in every byte under a folder: plain, in other digits, spaced, encoded, packed, locked."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyrage

from privacy.containers import AGE, texts_in

BETWEEN = r"[^0-9]{0,3}"
KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")


@dataclass(frozen=True)
class Canary:
    """The marked number, and how it is recognised in text and in bytes."""

    number: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(BETWEEN.join(self.number))

    def is_in_text(self, text: str) -> bool:
        """In any digits: full width, circled, kanji; with up to three other signs between two digits."""
        if self.pattern.search(text):
            return True
        plain = unicodedata.normalize("NFKC", text).translate(KANJI)
        return plain != text and self.pattern.search(plain) is not None

    def taken_out_of(self, text: str) -> str:
        """The text as it may be told."""
        return self.pattern.sub("*", text)

    def is_in_bytes(self, data: bytes) -> bool:
        """As bare digits in ASCII, UTF-16 or full width, wherever in the file: also in free pages and in a log of writes."""
        wide = self.number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        forms = (
            self.number.encode(), self.number.encode("utf-16-le"), wide.encode(), wide.encode("cp932"),
            "-".join(self.number[at : at + 4] for at in (0, 4, 8)).encode(),
        )  # fmt: skip
        return any(form in data for form in forms)

    def is_in(self, data: bytes) -> bool:
        return self.is_in_bytes(data) or any(self.is_in_text(text) for text in texts_in(data))


def search(folder: Path, canary: Canary, *, keys: Sequence[pyrage.x25519.Identity] = ()) -> list[str]:
    """The files under `folder` that hold the number, by their path; names of files are looked at too."""
    return sorted(where for where, data in _files(folder, keys) if canary.is_in_text(where) or canary.is_in(data))


def _files(folder: Path, keys: Sequence[pyrage.x25519.Identity]) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        where = str(path.relative_to(folder))
        data = path.read_bytes()
        yield where, data
        if data.startswith(AGE) and keys:
            opened = BytesIO()
            with suppress(pyrage.DecryptError):  # locked with the key of somebody else
                pyrage.decrypt_io(BytesIO(data), opened, list(keys))
                yield f"{where} (opened)", opened.getvalue()
