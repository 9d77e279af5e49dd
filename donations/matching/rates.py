"""What confirmed lines teach about the crowd: strangers, third parties, amounts and months.

Every rate starts from a usual value that counts as so many confirmed lines, so that a short record moves it little.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from donations.matching.amounts import USUAL_GIFTS, other_gift, usual_yen
from donations.matching.crowd import crowd_of, pays
from donations.matching.in_memory import own_names
from donations.matching.parse import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from donations.matching.learned import Confirmed
    from donations.matching.lines import ParsedLine
    from donations.matching.register import Person, Population

_PRIOR_ROWS = 100
_STRANGERS, _THIRD_PARTIES = 0.06, 0.08
#: A ledger that leaves strangers out must not make the program believe that there are none.
_FEWEST_STRANGERS = 0.03
#: Whoever paid through a third party does so again, by the name that was learned; the rest comes as a surprise.
_PAYS_THE_SAME_WAY = 0.88
_MUCH_ALIKE = 75.0
_PRIOR_HABITS = 40
_SAME_AMOUNT, _USUAL_AMOUNT = 0.6, 0.6
_SAME_MONTH, _NEAR_MONTH = 4.0 / 12, 2 * 1.6 / 12


def population_of(people: Sequence[Person], confirmed: Sequence[Confirmed]) -> Population:
    """Return the crowd that these supporters and confirmed lines make."""
    by_id = {person.id: person for person in people}
    own = {person.id: [known.key for known in own_names(person)] for person in people}
    strangers = third_parties = 0
    for row in confirmed:
        names = [key for supporter in row.supporter_ids for key in own.get(supporter, ())]
        if not row.supporter_ids:
            strangers += 1
        elif not _is_own_name(parse(row.line), names):
            third_parties += 1
    rows = len(confirmed) + _PRIOR_ROWS
    crowd = crowd_of(people)
    paid = {supporter for row in confirmed for supporter in row.supporter_ids}
    known = sum(pays(by_id[supporter]) for supporter in paid if supporter in by_id) / crowd.payers
    return replace(
        crowd,
        stranger_rate=max(_FEWEST_STRANGERS, (strangers + _STRANGERS * _PRIOR_ROWS) / rows),
        third_party_rate=(1.0 - _PAYS_THE_SAME_WAY * known) * (third_parties + _THIRD_PARTIES * _PRIOR_ROWS) / rows,
        amounts=_amounts_at_large(confirmed),
        same_amount=_same_amount(confirmed),
        usual_amount=_usual_amount(confirmed, by_id),
        months=_months(confirmed, by_id),
    )


def _is_own_name(parsed: ParsedLine, own: Sequence[str]) -> bool:
    """Whether a line shows one of these names, or one that is much like it."""
    keys = parsed.keys
    return any(key in own for key in keys) or any(fuzz.ratio(key, name) >= _MUCH_ALIKE for key in keys[:2] for name in own)


def _amounts_at_large(confirmed: Sequence[Confirmed]) -> dict[int, float]:
    """Return the share of each amount among gifts of people who are no supporters."""
    seen = Counter(row.line.received_yen for row in confirmed if not row.supporter_ids)
    rows = seen.total() + _PRIOR_ROWS
    amounts = dict.fromkeys((*USUAL_GIFTS, *seen))
    return {yen: (seen[yen] + (USUAL_GIFTS.get(yen) or other_gift(yen)) * _PRIOR_ROWS) / rows for yen in amounts}


def _same_amount(confirmed: Sequence[Confirmed]) -> float:
    """Return how often a supporter's payment is equal to the one before."""
    amounts: dict[int, list[int]] = defaultdict(list)
    for row in sorted(confirmed, key=lambda row: (row.line.booked_on, row.line.id)):
        if len(row.supporter_ids) == 1:
            amounts[next(iter(row.supporter_ids))].append(row.line.received_yen)
    pairs = [pair for many in amounts.values() for pair in pairwise(many)]
    return (sum(a == b for a, b in pairs) + _SAME_AMOUNT * _PRIOR_HABITS) / (len(pairs) + _PRIOR_HABITS)


def _usual_amount(confirmed: Sequence[Confirmed], people: Mapping[int, Person]) -> float:
    """Return how often a supporter pays exactly the units that the register has."""
    paid = [
        row.line.received_yen == usual
        for row in confirmed
        if (person := _only(row, people)) is not None and (usual := usual_yen(person))
    ]
    return (sum(paid) + _USUAL_AMOUNT * _PRIOR_HABITS) / (len(paid) + _PRIOR_HABITS)


def _months(confirmed: Sequence[Confirmed], people: Mapping[int, Person]) -> tuple[float, float, float]:
    """Return how much oftener than by chance payments come in the register's usual month, one month off, or otherwise."""
    counts = [_SAME_MONTH * _PRIOR_HABITS, _NEAR_MONTH * _PRIOR_HABITS, (1 - _SAME_MONTH - _NEAR_MONTH) * _PRIOR_HABITS]
    for row in confirmed:
        person = _only(row, people)
        if person is not None and person.usual_month is not None:
            apart = abs(person.usual_month - row.line.booked_on.month)
            counts[min(apart, 12 - apart, 2)] += 1
    total = sum(counts)
    return counts[0] / total * 12, counts[1] / total * 6, counts[2] / total * 12 / 9


def _only(row: Confirmed, people: Mapping[int, Person]) -> Person | None:
    """Return the one supporter of a confirmed line; None where there are several or none."""
    return people.get(next(iter(row.supporter_ids))) if len(row.supporter_ids) == 1 else None
