"""The frozen mail: headers and both bodies with places for what differs from person to person. Pure.

Everything that everybody gets was made once and approved; filling it for one person is a search for placeholders and
a base64 of two texts: with the hand-over a third of the work of building each message anew (benchmarks/send_letters.py).
"""

import html
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from newsletters.merge_fields import fill

CRLF = "\r\n"
TEXT_HEAD = "Content-Type: text/plain; charset=utf-8" + CRLF + "Content-Transfer-Encoding: base64" + CRLF * 2
HTML_HEAD = "Content-Type: text/html; charset=utf-8" + CRLF + "Content-Transfer-Encoding: base64" + CRLF * 2
_FORBIDDEN_IN_HEADER = re.compile(r"[\r\n\0]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`head`: header lines ending with an empty line, with {{to}}, {{message_id}}, {{date}}, {{token}}; `text` and
    `html` hold {{token}} and the fields of `merge_fields`. `boundary` stands in none of them.
    """

    head: str
    text: str
    html: str
    boundary: str

    def to_bytes(self) -> bytes:
        """One MIME-shaped text, bodies readable, placeholders unfilled: what is stored and hashed."""
        line = f"--{self.boundary}"
        parts = [self.head, line, CRLF, TEXT_HEAD, self.text, CRLF, line, CRLF, HTML_HEAD, self.html, CRLF, line, "--", CRLF]
        return "".join(parts).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Skeleton":
        """Read back what `to_bytes` wrote."""
        whole = stored.decode()
        found = re.search(r'boundary="([^"]+)"', whole)
        if found is None:
            raise ValueError("no boundary in the stored mail")
        line = f"--{found[1]}"
        head, text, html_body, _end = whole.split(line)
        return cls(
            head=head,
            text=text.removeprefix(CRLF + TEXT_HEAD).removesuffix(CRLF),
            html=html_body.removeprefix(CRLF + HTML_HEAD).removesuffix(CRLF),
            boundary=found[1],
        )

    def fill(
        self, *, to: str, message_id: str, token: str, date: datetime, values: Mapping[str, str]
    ) -> bytes:
        """The message of one person, ready for DATA (CRLF, ASCII only). `to` as it stands on the wire.

        Raises ValueError when something meant for a header holds a line break.
        """
        in_head = {"to": to, "message_id": message_id, "token": token, "date": format_datetime(date)}
        if any(_FORBIDDEN_IN_HEADER.search(value) for value in in_head.values()):
            raise ValueError("a header cannot hold a line break")
        in_body = {**values, "token": token}
        line = f"--{self.boundary}".encode()
        return b"".join(
            (
                fill(self.head, in_head).encode("ascii"),
                line,
                b"\r\n",
                TEXT_HEAD.encode(),
                _base64(fill(self.text, in_body)),
                line,
                b"\r\n",
                HTML_HEAD.encode(),
                _base64(fill(self.html, in_body, escape=html.escape)),
                line,
                b"--\r\n",
            )
        )


def _base64(text: str) -> bytes:
    content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    encoded = b64encode(content)
    return b"".join(encoded[start : start + 76] + b"\r\n" for start in range(0, len(encoded), 76))
