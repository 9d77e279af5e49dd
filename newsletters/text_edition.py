"""The plain-text edition of a letter, from the same tokens as the HTML: for old telephones and for those who prefer it. Pure."""

from collections.abc import Sequence

from markdown_it.token import Token

from newsletters.line_wrap import wrap

HEADING_MARKS = {"h2": "■ ", "h3": "● "}
BULLET = "・"
RULE = "―" * 20
QUOTE = "> "


def text_edition(tokens: Sequence[Token]) -> str:
    """Write the tokens of `letter.read` as lines of at most 70 columns; links become numbered notes at the end."""
    return _Writer().write(tokens)


class _Writer:
    """One letter being written: the margins that are open, the lists that are counted, the notes so far."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.notes: list[str] = []
        self.margins: list[str] = []
        self.counters: list[int | None] = []
        self.mark = ""
        self.inside_list = False  # a list has begun, and its first line is written

    def write(self, tokens: Sequence[Token]) -> str:
        heading, close = "", False
        for token in tokens:
            if token.type == "heading_open":
                heading = HEADING_MARKS[token.tag]
            elif token.type == "paragraph_open":
                close = token.hidden and self.inside_list
            elif token.type == "inline":
                self._block(self._inline(token.children or []), heading, close=close)
                heading, close = "", False
            elif token.type == "hr":
                self._block(RULE, "", close=False)
            else:
                self._container(token)
        body = "\n\n".join(self.blocks)
        notes = "\n".join(f"[{number}] {address}" for number, address in enumerate(self.notes, start=1))
        return f"{body}\n\n{notes}" if notes else body

    def _container(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.counters.append(None)
            case "ordered_list_open":
                self.counters.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self.counters.pop()
                self.inside_list = bool(self.counters)
            case "list_item_open":
                self.mark = self._next_mark()
                self.margins.append(" " * (2 if self.mark == BULLET else len(self.mark)))
            case "blockquote_open":
                self.margins.append(QUOTE)
            case "list_item_close" | "blockquote_close":
                self.margins.pop()
                self.mark = ""

    def _next_mark(self) -> str:
        number = self.counters[-1]
        if number is None:
            return BULLET
        self.counters[-1] = number + 1
        return f"{number}. "

    def _block(self, text: str, heading: str, *, close: bool) -> None:
        rest = "".join(self.margins)
        first = "".join(self.margins[:-1]) + self.mark if self.mark else rest
        written = wrap(heading + text, first=first, rest=rest + "  " * bool(heading))
        if close:
            self.blocks[-1] += f"\n{written}"
        else:
            self.blocks.append(written)
        self.inside_list = bool(self.counters)
        self.mark = ""

    def _inline(self, children: Sequence[Token]) -> str:
        written = ""
        opened: list[tuple[str, int]] = []
        for child in children:
            if child.type == "link_open":
                opened.append((str(child.attrGet("href") or ""), len(written)))
            elif child.type == "link_close":
                address, start = opened.pop()
                written += self._note(address, written[start:])
            elif child.type in {"softbreak", "hardbreak"}:
                written += "\n"
            else:
                written += child.content
        return written

    def _note(self, address: str, text: str) -> str:
        if address in {text, f"mailto:{text}"}:
            return ""
        if address not in self.notes:
            self.notes.append(address)
        return f"[{self.notes.index(address) + 1}]"
