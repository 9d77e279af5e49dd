"""What confirmed lines teach: payer names with their counts, and how many receipts come from strangers.

Learning happens after a batch, never within one, so that the order of the lines plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from donations.matching.crowd import crowd_of
from donations.matching.in_memory import own_names
from donations.matching.lines import Form, Line, ParsedLine
from donations.matching.parse import parse
from donations.matching.register import KnownName, Person, Population

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PRIOR_ROWS = 100
_STRANGERS, _THIRD_PARTIES = 0.06, 0.05


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
    found: dict[tuple[str, tuple[int, ...]], list[Line]] = defaultdict(list)
    for row in confirmed:
        key = learned_key(parse(row.line))
        if key:
            found[key, tuple(sorted(row.supporter_ids))].append(row.line)
    names = []
    for (key, ids), lines in sorted(found.items()):
        last = max(lines, key=lambda line: (line.booked_on, line.id))
        names.append(
            KnownName(
                key, frozenset(ids), "learned", len(lines), last.booked_on,
                last_text=last.payer_text, last_channel=last.channel, last_amount_yen=last.received_yen,
            ),
        )
    return names


def population_of(people: Sequence[Person], confirmed: Sequence[Confirmed]) -> Population:
    """Return the crowd with both rates estimated from confirmed lines, held near usual values while those are few."""
    crowd = crowd_of(people)
    own = {(known.key, person.id) for person in people for known in own_names(person)}
    strangers = third_parties = 0
    for row in confirmed:
        if not row.supporter_ids:
            strangers += 1
        elif not any((key, supporter) in own for key in parse(row.line).keys for supporter in row.supporter_ids):
            third_parties += 1
    rows = len(confirmed) + _PRIOR_ROWS
    return Population(
        supporters=crowd.supporters,
        payers=crowd.payers,
        given_names=crowd.given_names,
        surnames=crowd.surnames,
        stranger_rate=(strangers + _STRANGERS * _PRIOR_ROWS) / rows,
        third_party_rate=(third_parties + _THIRD_PARTIES * _PRIOR_ROWS) / rows,
    )
