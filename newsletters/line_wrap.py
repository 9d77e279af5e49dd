"""Lines of a plain-text letter, as wide as 35 Japanese letters. Pure.

A line never begins with a closing sign nor ends with an opening one; Latin words, addresses and placeholders are not
torn, even where they are longer than a line.
"""

import re
import unicodedata
from collections.abc import Iterator

COLUMNS = 70
NEVER_FIRST = frozenset("、。，．・：；）」』〕】〉》！？ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々,.:;!?)]}")
NEVER_LAST = frozenset("（「『〔【〈《([{")
_PIECE = re.compile(r"\{\{[^{}\n]+\}\}|[!-~]+|\s+|.", re.DOTALL)


def width(text: str) -> int:
    """Columns that `text` takes: two for a full-width letter.

    >>> width("一口 1,000円")
    12
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text if not unicodedata.combining(sign))


def wrap(text: str, *, first: str = "", rest: str = "", columns: int = COLUMNS) -> str:
    """Break `text` (its own newlines are kept) into lines; `first` and `rest` stand before the first and the other lines.

    >>> print(wrap("あいうえお。かき", columns=10))
    あいうえ
    お。かき
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _lines(paragraph, columns, first if not lines else rest, rest)
    return "\n".join(line.rstrip() for line in lines)


def _lines(text: str, columns: int, first: str, rest: str) -> Iterator[str]:
    line, used = first, width(first)
    empty = True
    for piece in _unbreakable(text):
        if not empty and used + width(piece.rstrip()) > columns:
            yield line
            line, used, empty = rest, width(rest), True
            piece = piece.lstrip(" \t\u3000")  # noqa: PLW2901
        line += piece
        used += width(piece)
        empty = empty and not piece
    yield line


def _unbreakable(text: str) -> Iterator[str]:
    """Join each piece with what may not stand apart from it."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        may_part = held and piece[0] not in NEVER_FIRST and held[-1] not in NEVER_LAST and not piece.isspace()
        if may_part:
            yield held
            held = ""
        held += piece
    if held:
        yield held
