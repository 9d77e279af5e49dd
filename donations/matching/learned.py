"""What confirmed lines teach about payer names: under which key, for whom, how often.

Learning happens after a batch, never within one, so that the order of the lines plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from donations.matching.lines import Form, Line, ParsedLine
from donations.matching.parse import parse
from donations.matching.register import KnownName

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A line with the supporters it was credited to by a person: one, several together, or nobody (a one-off giver)."""

    line: Line
    supporter_ids: frozenset[int]


def learned_key(parsed: ParsedLine) -> str:
    """Return the one key under which a confirmed line is remembered: the payer text without number and purpose words.

    Empty where the line has no name.
    """
    by_form = {form: key for key, form in reversed(parsed.forms)}
    return by_form.get(Form.TRIMMED) or by_form.get(Form.WHOLE) or ""


def learned_names(confirmed: Iterable[Confirmed]) -> list[KnownName]:
    """Return one known name for each (key, supporters), counted, in the order of keys."""
    found: dict[tuple[str, tuple[int, ...]], tuple[int, Confirmed]] = {}
    for row in confirmed:
        key = learned_key(parse(row.line))
        if key:
            known = (key, tuple(sorted(row.supporter_ids)))
            times, last = found.get(known, (0, row))
            newer = (row.line.booked_on, row.line.id) >= (last.line.booked_on, last.line.id)
            found[known] = times + 1, row if newer else last
    return [
        KnownName(
            key, last.supporter_ids, "learned", times, last.line.booked_on,
            last_text=last.line.payer_text, last_channel=last.line.channel, last_amount_yen=last.line.received_yen,
        )
        for (key, _ids), (times, last) in sorted(found.items(), key=itemgetter(0))
    ]  # fmt: skip
