"""What an amount says about who paid it: the usual units, the same as last time, something close to it, or just any gift.

Yen throughout.  All shares are chances of one amount; only their ratio to that of people at large counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from donations.matching.register import Person, Population

#: Share of gifts from people at large with this amount, before the group's own record says more.
USUAL_GIFTS = {
    1000: 0.18, 2000: 0.08, 3000: 0.2, 5000: 0.2, 6000: 0.02, 10000: 0.17, 20000: 0.03, 30000: 0.02, 50000: 0.01,
}
#: Units paid by somebody whose usual amount is not known.
_UNITS = {1: 0.35, 2: 0.18, 3: 0.14, 5: 0.09, 10: 0.05, 4: 0.03, 6: 0.02}
_OTHER_UNITS = 0.003
#: Who departs from the usual amount adds a gift to it, pays some years at once, half of it, or less a bank's fee.
_GIFTS_ON_TOP = {500: 0.04, 1000: 0.05, 2000: 0.05, 3000: 0.04, 5000: 0.04, 10000: 0.02}
_SEVERAL_YEARS = {2: 0.07, 3: 0.04, 5: 0.01}
_HALF = 0.06
_LESS_A_FEE, _HIGHEST_FEE = 0.005, 990
_ANY_UNITS, _ANY_GIFT = 0.2, 0.3


def fits(amount_yen: int, person: Person) -> bool:
    """Whether the amount is a whole number of this supporter's units, or equal to last time."""
    whole = person.unit_price_yen > 0 and amount_yen > 0 and amount_yen % person.unit_price_yen == 0
    return whole or amount_yen == person.last_amount_yen


def usual_yen(person: Person) -> int:
    """Return what a supporter pays by the register: the usual units, 0 where they are not known."""
    return (person.usual_units or 0) * person.unit_price_yen


def other_gift(amount_yen: int) -> float:
    """Return the share of gifts with an amount that is not among the usual ones: round amounts are commoner."""
    if amount_yen % 1000 == 0:
        return 0.005
    if amount_yen % 500 == 0:
        return 0.003
    return 0.0005 if amount_yen % 100 == 0 else 0.00005


def amount_ratio(amount_yen: int, person: Person, crowd: Population) -> tuple[str, float, float]:
    """Return a code, how much oftener this supporter pays this amount than people at large do, and the same without "last time".

    Both are factors on the odds, not logarithms.
    """
    at_large = crowd.amounts.get(amount_yen) or USUAL_GIFTS.get(amount_yen) or other_gift(amount_yen)
    price, usual, last = person.unit_price_yen, usual_yen(person), person.last_amount_yen
    return _ratio(amount_yen, price, usual, last, at_large, crowd.usual_amount, crowd.same_amount)


@lru_cache(maxsize=8192)
def _ratio(
    amount_yen: int, price: int, usual: int, last: int | None, at_large: float, keeps_usual: float, keeps_last: float,
) -> tuple[str, float, float]:
    """Return the same from the bare figures: few amounts and prices make up most rows."""
    whole = price > 0 and amount_yen % price == 0
    units = _UNITS.get(amount_yen // price, _OTHER_UNITS) if whole else 0.0
    code = "amount_units" if whole else "amount_odd"
    if not usual and last is None:
        chance = (0.7 * units + 0.3 * at_large) / at_large
        return code, chance, chance
    base = usual if last is None else last
    near = _near(amount_yen, base) + (_near(amount_yen, usual) if usual and usual != base else 0.0)
    chance = near + _ANY_UNITS * units + _ANY_GIFT * at_large
    if usual:
        chance = keeps_usual * (amount_yen == usual) + (1.0 - keeps_usual) * chance
    if not whole and 0 < base - amount_yen <= _HIGHEST_FEE:
        code = "amount_less_fee"
    if last is None:
        return code, chance / at_large, chance / at_large
    same = amount_yen == last
    with_last = keeps_last * same + (1.0 - keeps_last) * chance
    return "amount_same" if same else code, with_last / at_large, chance / at_large


def _near(amount_yen: int, base_yen: int) -> float:
    """Return the chance of this amount for somebody who departs from a usual one."""
    more = amount_yen - base_yen
    if more > 0:
        years = amount_yen // base_yen if amount_yen % base_yen == 0 else 0
        return _GIFTS_ON_TOP.get(more, 0.0) + _SEVERAL_YEARS.get(years, 0.0)
    if amount_yen * 2 == base_yen:
        return _HALF
    return _LESS_A_FEE if 0 < -more <= _HIGHEST_FEE and amount_yen % 500 else 0.0
