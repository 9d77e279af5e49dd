"""What confirmed lines teach: payer names with their counts, and how many receipts come from strangers.

Learning happens after a batch, never within one, so that the order of the lines plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from donations.matching.crowd import crowd_of
from donations.matching.in_memory import own_names
from donations.matching.lines import Form, Line, ParsedLine
from donations.matching.parse import parse
from donations.matching.register import KnownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from donations.matching.register import Person, Population

_PRIOR_ROWS = 100
_STRANGERS, _THIRD_PARTIES = 0.06, 0.05
_PAYS_THE_SAME_WAY = 0.88
_MUCH_ALIKE = 75.0


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
    """Return the crowd with both rates estimated from confirmed lines, held near usual values while those are few.

    Whoever paid through a third party mostly does so again, by the name that was learned; only the rest comes as a surprise.
    """
    own = {person.id: [known.key for known in own_names(person)] for person in people}
    strangers = third_parties = 0
    for row in confirmed:
        if not row.supporter_ids:
            strangers += 1
        elif not _is_own_name(parse(row.line), [key for supporter in row.supporter_ids for key in own.get(supporter, ())]):
            third_parties += 1
    rows = len(confirmed) + _PRIOR_ROWS
    known = len({supporter for row in confirmed for supporter in row.supporter_ids}) / max(1, len(people))
    surprise = 1.0 - _PAYS_THE_SAME_WAY * min(1.0, known)
    return crowd_of(
        people,
        stranger_rate=(strangers + _STRANGERS * _PRIOR_ROWS) / rows,
        third_party_rate=surprise * (third_parties + _THIRD_PARTIES * _PRIOR_ROWS) / rows,
    )


def _is_own_name(parsed: ParsedLine, own: Sequence[str]) -> bool:
    """Whether a line shows one of these names, or one that is much like it."""
    keys = parsed.keys
    return any(key in own for key in keys) or any(fuzz.ratio(key, name) >= _MUCH_ALIKE for key in keys[:2] for name in own)
