"""What confirmed lines teach about the crowd: strangers, third parties, amounts and months.

Every rate starts from a usual value that counts as so many confirmed lines, so that a short record moves it little.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from donations.matching.amounts import USUAL_GIFTS, other_gift, usual_yen
from donations.matching.crowd import crowd_of, pays
from donations.matching.in_memory import own_names
from donations.matching.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Record:
    """What confirmed lines add up to.

    ``strangers`` of ``rows`` came from nobody of ours, ``third_parties`` from a supporter through another's name; ``gifts``
    counts the amounts (yen) of strangers.  ``repeated``, ``usual``: (how often, of how many) a supporter paid the amount of
    the time before, or the usual units.  ``months``: payments in the usual month, one month off, or otherwise.
    ``known``: share (0 to 1) of the payments to expect that will come from supporters who paid before.
    """

    rows: int = 0
    strangers: int = 0
    third_parties: int = 0
    gifts: Mapping[int, int] = field(default_factory=dict)
    repeated: tuple[int, int] = (0, 0)
    usual: tuple[int, int] = (0, 0)
    months: tuple[int, int, int] = (0, 0, 0)
    known: float = 0.0


def population_of(people: Iterable[Person], confirmed: Sequence[Confirmed]) -> Population:
    """Return the crowd that these supporters and confirmed lines make."""
    by_id = {person.id: person for person in people}
    crowd = crowd_of(by_id.values())
    return with_record(crowd, _record_of(by_id, confirmed, crowd))


def with_record(crowd: Population, record: Record) -> Population:
    """Return the crowd with the rates that a record of confirmed lines gives it."""
    rows = record.rows + _PRIOR_ROWS
    return replace(
        crowd,
        stranger_rate=max(_FEWEST_STRANGERS, (record.strangers + _STRANGERS * _PRIOR_ROWS) / rows),
        third_party_rate=(1.0 - _PAYS_THE_SAME_WAY * record.known) * (record.third_parties + _THIRD_PARTIES * _PRIOR_ROWS) / rows,
        amounts=_amounts_at_large(record.gifts),
        same_amount=_share(record.repeated, _SAME_AMOUNT),
        usual_amount=_share(record.usual, _USUAL_AMOUNT),
        months=_months(record.months),
    )


def _record_of(by_id: Mapping[int, Person], confirmed: Sequence[Confirmed], crowd: Population) -> Record:
    third_parties = 0
    for row in confirmed:
        payers = [by_id[supporter] for supporter in row.supporter_ids if supporter in by_id]
        names = [known.key for person in payers for known in own_names(person)]
        third_parties += bool(row.supporter_ids) and not is_own_name(parse(row.line), names)
    paid = {supporter for row in confirmed for supporter in row.supporter_ids}
    return Record(
        rows=len(confirmed),
        strangers=sum(not row.supporter_ids for row in confirmed),
        third_parties=third_parties,
        gifts=Counter(row.line.received_yen for row in confirmed if not row.supporter_ids),
        repeated=_repeated(confirmed),
        usual=_usual(confirmed, by_id),
        months=_months_off(confirmed, by_id),
        known=sum(pays(by_id[supporter]) for supporter in paid if supporter in by_id) / crowd.payers,
    )


def is_own_name(parsed: ParsedLine, own: Sequence[str]) -> bool:
    """Whether a line shows one of these names, or one that is much like it."""
    keys = parsed.keys
    return any(key in own for key in keys) or any(fuzz.ratio(key, name) >= _MUCH_ALIKE for key in keys[:2] for name in own)


def months_apart(one: int, other: int) -> int:
    """Return by how many months (0, 1, or 2 for more) two months of the year (1–12) are apart."""
    apart = abs(one - other)
    return min(apart, 12 - apart, 2)


def _amounts_at_large(gifts: Mapping[int, int]) -> dict[int, float]:
    """Return the share of each amount among gifts of people who are no supporters."""
    rows = sum(gifts.values()) + _PRIOR_ROWS
    amounts = dict.fromkeys((*USUAL_GIFTS, *gifts))
    return {yen: (gifts.get(yen, 0) + (USUAL_GIFTS.get(yen) or other_gift(yen)) * _PRIOR_ROWS) / rows for yen in amounts}


def _share(seen: tuple[int, int], usual: float) -> float:
    """Return a share of (how often, of how many), which starts from a usual value."""
    often, of = seen
    return (often + usual * _PRIOR_HABITS) / (of + _PRIOR_HABITS)


def _months(seen: tuple[int, int, int]) -> tuple[float, float, float]:
    """Return how much oftener than by chance payments come in the usual month, one month off, or otherwise."""
    same = seen[0] + _SAME_MONTH * _PRIOR_HABITS
    near = seen[1] + _NEAR_MONTH * _PRIOR_HABITS
    total = sum(seen) + _PRIOR_HABITS
    return same / total * 12, near / total * 6, (total - same - near) / total * 12 / 9


def _repeated(confirmed: Sequence[Confirmed]) -> tuple[int, int]:
    """Return how often a supporter's payment is equal to the one before, of how many."""
    amounts: dict[int, list[int]] = defaultdict(list)
    for row in sorted(confirmed, key=lambda row: (row.line.booked_on, row.line.id)):
        if len(row.supporter_ids) == 1:
            amounts[next(iter(row.supporter_ids))].append(row.line.received_yen)
    pairs = [pair for many in amounts.values() for pair in pairwise(many)]
    return sum(a == b for a, b in pairs), len(pairs)


def _usual(confirmed: Sequence[Confirmed], people: Mapping[int, Person]) -> tuple[int, int]:
    """Return how often a supporter pays exactly the units that the register has, of how many."""
    paid = [
        row.line.received_yen == usual
        for row in confirmed
        if (person := _only(row, people)) is not None and (usual := usual_yen(person))
    ]
    return sum(paid), len(paid)


def _months_off(confirmed: Sequence[Confirmed], people: Mapping[int, Person]) -> tuple[int, int, int]:
    """Return how many payments came in the register's usual month, one month off, or otherwise."""
    counts = Counter(
        months_apart(person.usual_month, row.line.booked_on.month)
        for row in confirmed
        if (person := _only(row, people)) is not None and person.usual_month is not None
    )
    return counts[0], counts[1], counts[2]


def _only(row: Confirmed, people: Mapping[int, Person]) -> Person | None:
    """Return the one supporter of a confirmed line; None where there are several or none."""
    return people.get(next(iter(row.supporter_ids))) if len(row.supporter_ids) == 1 else None
