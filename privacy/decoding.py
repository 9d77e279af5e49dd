r"""Text as a reader would see it, with the way back to where each sign stood.

Invisible signs are taken out, and signs written in the code of a page, an address or a log are read: `&#65297;`,
`%EF%BC%91`, `\uff11`, `\n`, `<br>`. Nothing is decoded twice, and base64 or quoted-printable are not read.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from privacy.characters import BEYOND, FROM_BEYOND, INVISIBLE

_CODED = re.compile(
    r"(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)"
    r"|(?P<percent>(?:%[0-9a-fA-F]{2})+)"
    r"|(?P<escape>\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt]))"
    r"|(?P<inline></?(?:a|abbr|b|bdi|big|code|em|font|i|kbd|mark|ruby|s|samp|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,200}>)"
    r"|(?P<block></?(?:br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)\b[^<>]{0,200}>)",
    re.IGNORECASE,
)
_ESCAPED_BLANKS = {"n": "\n", "r": "\n", "t": " "}


def _escape(raw: str) -> str:
    blank = _ESCAPED_BLANKS.get(raw[1])
    return blank if blank and len(raw) == 2 else chr(int.from_bytes(bytes.fromhex(raw[2:])))


_MEANING: dict[str, Callable[[str], str]] = {
    "entity": html.unescape,
    "percent": lambda raw: unquote(raw, errors="strict"),
    "escape": _escape,
    "inline": lambda raw: "",
    "block": lambda raw: " ",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as seen. `starts[i]:ends[i]` is where sign `i` stood; both are None when nothing was changed.

    `hidden` holds, in ascending order, the places before which something invisible stood.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    hidden: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stood in the original text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def hides_within(self, start: int, end: int) -> bool:
        """Whether something invisible stood between two signs of `text[start:end]`."""
        place = bisect_left(self.hidden, start + 1)
        return place < len(self.hidden) and self.hidden[place] < end


def read(text: str) -> Reading:
    """Decode and uncover `text`. Costs two searches when there is nothing to decode or uncover."""
    if BEYOND.search(text):
        text = text.translate(FROM_BEYOND)
    decode = any(sign in text for sign in "&%\\<") and _CODED.search(text) is not None
    if not decode and INVISIBLE.search(text) is None:
        return Reading(text)
    pieces = _decoded_pieces(text) if decode else [(char, at, at + 1) for at, char in enumerate(text)]
    seen: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hidden: list[int] = []
    for char, start, end in pieces:
        if INVISIBLE.match(char):
            hidden.append(len(seen))
        else:
            seen.append(char)
            starts.append(start)
            ends.append(end)
    return Reading("".join(seen), starts, ends, hidden)


def _decoded_pieces(text: str) -> list[tuple[str, int, int]]:
    pieces: list[tuple[str, int, int]] = []
    done = 0
    for match in _CODED.finditer(text):
        try:
            meaning = _MEANING[str(match.lastgroup)](match[0])
        except (ValueError, UnicodeDecodeError):
            continue
        pieces.extend((text[at], at, at + 1) for at in range(done, match.start()))
        pieces.extend((char, match.start(), match.end()) for char in meaning)
        done = match.end()
    pieces.extend((text[at], at, at + 1) for at in range(done, len(text)))
    return pieces
