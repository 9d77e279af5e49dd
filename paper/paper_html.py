"""HTML written for screens, made fit for paper: a closed list of tags, no attributes, and the addresses of links as numbered notes.

What comes in is already clean (the newsletter room sees to that); this is the second lock, and it refuses rather than drops.
"""

from html import escape
from html.parser import HTMLParser

from paper.errors import WrongContent

PRINTED_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "strong",
        "em",
        "b",
        "i",
        "s",
        "del",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
    ]
)
VOID_TAGS = frozenset({"br", "hr"})
KEPT_ATTRIBUTES = frozenset({"start", "colspan", "rowspan"})  # numbers only
INDENTS = " 　\n\t"


class _ForPaper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.notes: list[str] = []
        self._address = ""
        self._link_text: list[str] = []
        self._begins_paragraph = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address = dict(attrs).get("href") or ""
            self._link_text = []
            return
        if tag not in PRINTED_TAGS:
            raise WrongContent(
                "html_body",
                f"会報の本文に、印刷できない部品「<{tag}>」があります。けしてから、やりなおしてください。",
            )
        kept = "".join(
            f' {name}="{value}"'
            for name, value in attrs
            if name in KEPT_ATTRIBUTES and value and value.isascii() and value.isdigit()
        )
        self.parts.append(f"<{tag}{kept}>")
        self._begins_paragraph = tag == "p"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._note()
        elif tag in PRINTED_TAGS and tag not in VOID_TAGS:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._begins_paragraph:
            data = data.lstrip(INDENTS)  # the page indents; a typed 字下げ would double it
            self._begins_paragraph = not data
        if self._address:
            self._link_text.append(data)
        self.parts.append(escape(data))

    def _note(self) -> None:
        address, self._address = shown_address(self._address), ""
        text = "".join(self._link_text).strip()
        if not address or text in {address, f"https://{address}", f"http://{address}"}:
            return
        if address not in self.notes:
            self.notes.append(address)
        self.parts.append(f'<sup class="ref">{self.notes.index(address) + 1}</sup>')


def shown_address(address: str) -> str:
    """An address as one would type it: without https:// or mailto:, without a last slash; empty when it leads nowhere on paper."""
    for scheme in ("https://", "http://", "mailto:"):
        if address.startswith(scheme):
            return address.removeprefix(scheme).split("?subject=")[0].removesuffix("/")
    return ""


def for_paper(html: str) -> tuple[str, tuple[str, ...]]:
    """(`html` for the body of a page, the addresses behind its links in the order of their numbers).

    A link whose text already is its address gets no note; the same address gets the same number. Typed indents at a
    paragraph's beginning go. Raises `WrongContent` for a tag that is not on the list (script, style, img, iframe …).
    """
    parser = _ForPaper()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts), tuple(parser.notes)
