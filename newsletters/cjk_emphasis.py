"""Emphasis that works in Japanese: これは**「強調」**です。 Pure.

CommonMark lets `**` open or close only where the character beside it is a letter, or a sign with a space on its
other side. Japanese has no spaces between words, so emphasised text that begins or ends with a sign stays literal
(commonmark-spec issue 650, read 2026-11-23). Here, signs of Japanese writing count as letters, and a Japanese letter
beside a Latin sign counts as a space.
"""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

WIDE = {"W", "F", "H"}


def _is_cjk(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in WIDE


def _is_space(sign: str) -> bool:
    return sign.isspace()


def _is_latin_sign(sign: str) -> bool:
    return not _is_cjk(sign) and unicodedata.category(sign)[0] in "PS"


def _flanks(inner: str, outer: str) -> bool:
    """Whether a run of marks between `inner` (the emphasised side) and `outer` belongs to `inner`."""
    if _is_space(inner):
        return False
    return not _is_latin_sign(inner) or _is_space(outer) or _is_latin_sign(outer) or _is_cjk(outer)


class JapaneseInline(StateInline):
    """markdown-it's inline state, with flanking that knows Japanese. `_` keeps CommonMark's own rule."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - their names
        if not canSplitWord:
            return super().scanDelims(start, canSplitWord)
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        return Scanned(_flanks(after, before), _flanks(before, after), end - start)


class JapaneseParserInline(ParserInline):
    """The inline parser, with `JapaneseInline` as its state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = JapaneseInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
