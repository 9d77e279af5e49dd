"""What a bank file reader says when it stops.

Every refusal is one `BankFileError`: where it happened, what stood there, what was expected, what to do next.
The text found passes a guard before it is kept, so that no national ID number can travel in an exception,
a log line or a page.
"""

# ruff: noqa: N818  (the names say what is wrong; "Error" would be said twice)
import re
import unicodedata
from collections.abc import Callable
from typing import ClassVar

Guard = Callable[[str], str]
"""Takes a text out of a file, returns a text that may be shown."""

HIDDEN = "［数字が多いため表示しません］"
LONGEST_SHOWN = 60
"""Characters of a found text that are shown."""
LONGEST_GUARDED = 400
"""A longer text is not shown at all: cutting it first could cut a number in two and hide it from the guard."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
DOWNLOAD_AGAIN = "銀行からダウンロードし直したファイルを、表計算ソフトで開かずにそのまま使ってください。"


def drop_long_numbers(text: str) -> str:
    """The guard used when the caller gives none: a text with ten digits or more is replaced whole.

    The numbers the state gives a person have 10 to 12 digits. Digits of any script count, kanji too, whatever
    stands between them.
    """
    digits = sum(unicodedata.numeric(sign, None) is not None for sign in text)
    return HIDDEN if digits >= 10 else text


def showable(text: str, guard: Guard) -> str:
    """`text` on one line, guarded, at most `LONGEST_SHOWN` characters."""
    if len(text) > LONGEST_GUARDED:
        return f"（{len(text):,}文字の長い文字列）"
    shown = _CONTROL.sub(" ", guard(text)).strip()
    return shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + "…"


def yen(amount: int) -> str:
    """An amount for a sentence: `-1234` is `-1,234円`."""
    return f"{amount:,}円"


class BankFileError(Exception):
    """A file that cannot be read as a whole; nothing of it may be used.

    `code`: short fixed word for programs. `file`: the file's own name or its name inside the ZIP ('' unknown).
    `line`: physical line, or record of a fixed-length file, counted from 1. `column`: its name as the bank prints
    it. `found`, `expected`: the text that stood there (guarded) and what should stand there.
    `difference_yen`: where a control of the bank does not tie, what the file says minus what its rows give.
    `message`: the whole story as Japanese sentences, the last one says what to do next.
    """

    code: ClassVar[str] = "bank_file"

    def __init__(
        self,
        what: str,
        *,
        found: str = "",
        expected: str = "",
        next_step: str = DOWNLOAD_AGAIN,
        file: str = "",
        line: int | None = None,
        column: str | None = None,
        difference_yen: int | None = None,
        guard: Guard = drop_long_numbers,
    ) -> None:
        """`what` is a Japanese sentence that quotes nothing from the file; everything quoted goes in `found`."""
        self.file = showable(file, guard)
        self.line = line
        self.column = column
        self.found = showable(found, guard)
        self.expected = expected
        self.next_step = next_step
        self.difference_yen = difference_yen
        self.message = self._story(what)
        super().__init__(self.message)

    def _story(self, what: str) -> str:
        place = f"ファイル「{self.file}」" if self.file else ""
        if self.line is not None:
            place += f"{'の' if place else ''}{self.line}行目"
        if self.column:
            place += f"{'の' if place else ''}「{self.column}」"
        story = f"{place}：{what}" if place else what
        if self.found:
            story += f"書かれている内容は「{self.found}」です。"
        if self.expected:
            story += f"必要な内容は、{self.expected}です。"
        return story + self.next_step


class UnknownFormat(BankFileError):
    """No reader knows this file."""

    code = "unknown_format"


class AmbiguousFormat(BankFileError):
    """Two readers or more take this file for theirs."""

    code = "ambiguous_format"


class BrokenLine(BankFileError):
    """One line, or one cell of it, cannot be read."""

    code = "broken_line"


class BrokenChain(BankFileError):
    """The balance of a row does not follow from the row before; carries `difference_yen`."""

    code = "broken_chain"


class WrongSum(BankFileError):
    """The bank's total is not the sum of the rows; carries `difference_yen`."""

    code = "wrong_sum"


class WrongCount(BankFileError):
    """The bank's number of rows is not the number of rows found."""

    code = "wrong_count"


class NotDecodable(BankFileError):
    """The bytes are no text in the character set the file is written in."""

    code = "not_decodable"


class TooLarge(BankFileError):
    """Bigger than any file of a bank for one account; refused before it is unpacked or read."""

    code = "too_large"
