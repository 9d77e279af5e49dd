"""A letter as its readers will see it, before anything is frozen. Reads only."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from newsletters import letter_check
from newsletters.letter import compose
from newsletters.letter_check import Complaint
from newsletters.merge_fields import (
    ON_PAPER,
    BrokenPlaceholder,
    UnknownPlaceholder,
    canonical,
    fill,
    names_in,
)

NOT_THE_SAME_ON_PAPER = ("支援者番号", "口数")


@dataclass(frozen=True, slots=True)
class Preview:
    """`html` is clean and filled with the facts of an invented reader; `complaints` must be mended before freezing.

    `paper` is the words of the paper edition; `not_on_paper`: as `said_on_paper`.
    """

    title: str
    html: SafeString
    text: str
    complaints: Sequence[Complaint]
    not_on_paper: Sequence[tuple[str, str]]
    paper: str


def preview_of(*, title: str, markdown: str, values: Mapping[str, str]) -> Preview:
    """Show a letter that may still have slips: unknown placeholders stay as they were typed."""
    try:
        letter = compose(canonical(markdown))
        shown, text = fill(letter.html, values, escape=html.escape), fill(letter.text, values)
        paper = fill(letter.text, {**values, **ON_PAPER})
    except (UnknownPlaceholder, BrokenPlaceholder):
        letter = compose(markdown)
        shown, text, paper = letter.html, letter.text, letter.text
    return Preview(
        title=title,
        html=mark_safe(shown),
        text=text,
        complaints=letter_check.check(title, markdown),
        not_on_paper=said_on_paper(markdown),
        paper=paper,
    )


def said_on_paper(markdown: str) -> list[tuple[str, str]]:
    """The places of `markdown` that lose their fact on paper: (`{{name}}`, the words that are printed instead)."""
    return [(f"{{{{{name}}}}}", ON_PAPER[name]) for name in names_in(markdown) if name in NOT_THE_SAME_ON_PAPER]
