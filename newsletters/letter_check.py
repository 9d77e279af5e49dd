"""What must be mended in a letter before it is frozen, said in Japanese with the line. Pure.

Contrast, sizes, language and the way to unsubscribe stand in our own frame (`mail_form`) and cannot be spoilt here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it.token import Token

from newsletters import letter
from newsletters.merge_fields import BrokenPlaceholder, UnknownPlaceholder, canonical, names_in

LONGEST_TITLE = 40
LARGEST_HTML_BYTES = 90_000
EMPTY_WORDS = {"こちら", "こちらから", "こちらへ", "ここ", "ここから", "詳細", "詳しく", "リンク", "クリック", "here", "clickhere"}
_LEFT_OVER_STARS = re.compile(r"\*\*|＊＊")
_DECORATION = re.compile(r"[\s「」『』()（）【】。、!！>＞→▶]+")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to mend. `code` is stable, `message` says what to do, `line` (1-based) is None where it is no line."""

    code: str
    message: str
    line: int | None = None


def check(title: str, markdown: str) -> list[Complaint]:
    """Read title and body as they were written; an empty list means that the letter may go out."""
    return [*_title(title), *_body(markdown)]


def check_size(mail_html: str) -> list[Complaint]:
    """Look at the whole HTML of the mail: beyond about 100 kB, mail programs cut it off."""
    size = len(mail_html.encode())
    if size <= LARGEST_HTML_BYTES:
        return []
    return [
        Complaint(
            "letter_too_long",
            f"本文が長すぎます(メールの大きさ {size // 1000}キロバイト、{LARGEST_HTML_BYTES // 1000}キロバイトまで)。"
            "途中で切れて表示されるメールソフトがあります。短くするか、2号に分けてください。",
        )
    ]


def _title(title: str) -> Iterator[Complaint]:
    if not title.strip():
        yield Complaint("title_missing", "題名が空です。題名を書いてください。")
    if len(title) > LONGEST_TITLE:
        yield Complaint(
            "title_too_long",
            f"題名が{len(title)}文字あります。メールの一覧で最後まで見えるように、{LONGEST_TITLE}文字までにしてください。",
        )
    if re.search(r"\{\{|\}\}|｛｛|｝｝", title):
        yield Complaint("placeholder_in_title", "題名には差し込み({{氏名}} など)を使えません。けしてください。")


def _body(markdown: str) -> Iterator[Complaint]:
    if not markdown.strip():
        yield Complaint("body_missing", "本文が空です。本文を書いてください。")
    try:
        canonical(markdown)
    except (UnknownPlaceholder, BrokenPlaceholder) as error:
        yield Complaint(error.code, error.message, error.line)
    for token in letter.read(markdown):
        if token.children:
            line = token.map[0] + 1 if token.map else None
            yield from _stars(token.children, line)
            yield from _links(token.children, line)


def _stars(children: Sequence[Token], line: int | None) -> Iterator[Complaint]:
    if any(child.type == "text" and _LEFT_OVER_STARS.search(child.content) for child in children):
        yield Complaint(
            "stars_left_over",
            f"{line}行目あたりに「**」がそのまま残っています。強調したい言葉の前と後の両方に、半角の ** を付けてください。",
            line,
        )


def _links(children: Sequence[Token], line: int | None) -> Iterator[Complaint]:
    for address, text in _found_links(children):
        if names_in(address) or "%7B%7B" in address.upper():
            yield Complaint("placeholder_in_link", f"{line}行目あたりのリンクの住所の中には、差し込みを使えません。", line)
        elif not _is_allowed(address):
            yield Complaint(
                "link_not_allowed",
                f"{line}行目あたりのリンク「{text}」の住所は使えません。https:// か mailto: で始まる住所にしてください。",
                line,
            )
        if _DECORATION.sub("", text).lower() in EMPTY_WORDS | {""}:
            yield Complaint(
                "link_says_nothing",
                f"{line}行目あたりのリンクの言葉が「{text}」だけです。"
                "読み上げで聞く人にも分かるように、「集会の申し込みのページ」のように行き先を書いてください。",
                line,
            )
    if any(child.type == "image" for child in children):
        yield Complaint(
            "image_not_allowed",
            f"{line}行目あたりに画像があります。通信に画像は入れられません。画像のあるページの住所をリンクで書いてください。",
            line,
        )


def _is_allowed(address: str) -> bool:
    parts = urlsplit(address)
    return (parts.scheme == "https" and bool(parts.netloc)) or (parts.scheme == "mailto" and "@" in parts.path)


def _found_links(children: Sequence[Token]) -> Iterator[tuple[str, str]]:
    address, text = None, ""
    for child in children:
        if child.type == "link_open":
            address, text = str(child.attrGet("href") or ""), ""
        elif child.type == "link_close" and address is not None:
            yield address, text
            address = None
        elif address is not None:
            text += child.content
