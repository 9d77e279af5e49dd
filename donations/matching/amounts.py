"""What an amount says about who paid it: units of 口, the same as last time, or just any gift.  Yen throughout."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from donations.matching.register import Person

#: Share of gifts from people at large with this amount; any other amount has ``_OTHER_AMOUNT``.
_CROWD = {1000: 0.18, 2000: 0.08, 3000: 0.2, 5000: 0.2, 6000: 0.02, 10000: 0.17, 20000: 0.03, 30000: 0.02, 50000: 0.01}
_OTHER_AMOUNT = 0.004
_UNITS = {1: 0.45, 2: 0.18, 3: 0.14, 5: 0.09, 10: 0.05, 4: 0.02, 6: 0.01}
_OTHER_UNITS = 0.002
_SAME_AS_LAST, _DUES, _GIFT = 0.55, 0.3, 0.15


def fits(amount_yen: int, person: Person) -> bool:
    """Whether the amount is a whole number of this supporter's units, or equal to last time."""
    whole = person.unit_price_yen > 0 and amount_yen > 0 and amount_yen % person.unit_price_yen == 0
    return whole or amount_yen == person.last_amount_yen


def amount_ratio(amount_yen: int, person: Person) -> tuple[str, float]:
    """Return a code and the logarithm of how much oftener this supporter pays this amount than people at large do."""
    crowd = _CROWD.get(amount_yen, _OTHER_AMOUNT)
    whole = person.unit_price_yen > 0 and amount_yen % person.unit_price_yen == 0
    units = _UNITS.get(amount_yen // person.unit_price_yen, _OTHER_UNITS) if whole else 0.0
    if person.usual_units and whole:
        units = 0.5 * units + 0.5 * (amount_yen == person.usual_units * person.unit_price_yen)
    if person.last_amount_yen is None:
        return ("amount_units" if whole else "amount_odd"), log((0.8 * units + 0.2 * crowd) / crowd)
    same = amount_yen == person.last_amount_yen
    chance = _SAME_AS_LAST * same + _DUES * units + _GIFT * crowd
    return ("amount_same" if same else "amount_units" if whole else "amount_odd"), log(chance / crowd)
