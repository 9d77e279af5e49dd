"""A letter as its readers will see it, before anything is frozen. Reads only."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from newsletters import letter_check
from newsletters.letter import compose
from newsletters.letter_check import Complaint
from newsletters.merge_fields import BrokenPlaceholder, UnknownPlaceholder, canonical, fill, names_in

NOT_THE_SAME_ON_PAPER = ("支援者番号", "口数")


@dataclass(frozen=True, slots=True)
class Preview:
    """`html` is clean and filled with the facts of an invented reader; `complaints` must be mended before freezing."""

    title: str
    html: SafeString
    text: str
    complaints: Sequence[Complaint]
    not_on_paper: Sequence[str]


def preview_of(*, title: str, markdown: str, values: Mapping[str, str]) -> Preview:
    """Show a letter that may still have slips: unknown placeholders stay as they were typed."""
    try:
        letter = compose(canonical(markdown))
        shown, text = fill(letter.html, values, escape=html.escape), fill(letter.text, values)
    except (UnknownPlaceholder, BrokenPlaceholder):
        letter = compose(markdown)
        shown, text = letter.html, letter.text
    return Preview(
        title=title,
        html=mark_safe(shown),
        text=text,
        complaints=letter_check.check(title, markdown),
        not_on_paper=[name for name in names_in(markdown) if name in NOT_THE_SAME_ON_PAPER],
    )
