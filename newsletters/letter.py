"""A letter written in Markdown, as the HTML that goes into the mail and onto paper, and as text of its own. Pure.

What may stand in a letter: paragraphs, two levels of headings, lists, quotations, emphasis, rules and links (https and
mailto). Raw HTML is shown as it was typed, never obeyed. A line that was begun anew stays a new line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsletters.cjk_emphasis import JapaneseParserInline
from newsletters.text_edition import text_edition

TAGS = {"p", "strong", "em", "ul", "ol", "li", "h2", "h3", "hr", "blockquote", "br", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"https", "mailto"}
_BARE_ADDRESS = re.compile(r"https://[A-Za-z0-9\-._~:/?#@!$&+,;=%]+")
_END_OF_SENTENCE = ".,;:!?"


@dataclass(frozen=True, slots=True)
class Letter:
    """`html` is the inside of the letter, cleaned; `text` the edition without markup."""

    html: str
    text: str


def read(markdown: str) -> list[Token]:
    """Read Markdown into markdown-it's tokens: headings brought to h2 and h3, bare https addresses made links."""
    tokens = _reader().parse(markdown.replace("\r\n", "\n"))
    _settle_headings(tokens)
    for token in tokens:
        if token.children:
            token.children = list(_with_links(token.children))
    return tokens


def compose(markdown: str) -> Letter:
    """Make both editions of a letter. Placeholders stay as they stand."""
    tokens = read(markdown)
    reader = _reader()
    html = reader.renderer.render(tokens, reader.options, {})
    return Letter(html=clean(html), text=text_edition(tokens))


def clean(html: str) -> str:
    """Keep only what may stand in a letter; a link of another scheme loses its address."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, attribute_filter=_whole_addresses
    ).strip()


def _whole_addresses(_tag: str, attribute: str, value: str) -> str | None:
    """An address without a scheme would lead into the reader's own mail program or another site."""
    if attribute == "href" and not value.startswith(tuple(f"{scheme}:" for scheme in SCHEMES)):
        return None
    return value


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    reader.inline = JapaneseParserInline()
    reader.inline.ruler.enableOnly(["text", "newline", "escape", "emphasis", "link", "image", "autolink", "entity"])
    reader.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    reader.disable(["code", "fence", "html_block", "reference"])
    return reader


def _settle_headings(tokens: Sequence[Token]) -> None:
    """The highest level used becomes h2, all others h3: the title above the letter is h1."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2" if token.tag == levels[0] else "h3"


def _with_links(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not depth:
            yield from _linked(child)
        else:
            yield child


def _linked(child: Token) -> Iterator[Token]:
    at = 0
    for match in _BARE_ADDRESS.finditer(child.content):
        address = match[0].rstrip(_END_OF_SENTENCE)
        yield _text(child.content[at : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": address})
        yield _text(address)
        yield Token("link_close", "a", -1)
        at = match.start() + len(address)
    yield _text(child.content[at:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
