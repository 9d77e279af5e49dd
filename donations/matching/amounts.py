"""What an amount says about who paid it: units of 口, the same as last time, or just any gift.  Yen throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from donations.matching.register import Person, Population

#: Share of gifts from people at large with this amount, before the group's own record says more.
USUAL_GIFTS = {
    1000: 0.18, 2000: 0.08, 3000: 0.2, 5000: 0.2, 6000: 0.02, 10000: 0.17, 20000: 0.03, 30000: 0.02, 50000: 0.01,
}
OTHER_GIFT = 0.004
_UNITS = {1: 0.35, 2: 0.18, 3: 0.14, 5: 0.09, 10: 0.05, 4: 0.03, 6: 0.02}
_OTHER_UNITS = 0.003


def fits(amount_yen: int, person: Person) -> bool:
    """Whether the amount is a whole number of this supporter's units, or equal to last time."""
    whole = person.unit_price_yen > 0 and amount_yen > 0 and amount_yen % person.unit_price_yen == 0
    return whole or amount_yen == person.last_amount_yen


def usual_yen(person: Person) -> int:
    """Return what a supporter pays by the register: the usual units, 0 where they are not known."""
    return (person.usual_units or 0) * person.unit_price_yen


def amount_ratio(amount_yen: int, person: Person, crowd: Population) -> tuple[str, float, float]:
    """Return a code, how much oftener this supporter pays this amount than people at large do, and the same without "last time".

    Both are factors on the odds, not logarithms.
    """
    at_large = crowd.amounts.get(amount_yen) or USUAL_GIFTS.get(amount_yen, OTHER_GIFT)
    price = person.unit_price_yen
    whole = price > 0 and amount_yen % price == 0
    chance = 0.6 * (_UNITS.get(amount_yen // price, _OTHER_UNITS) if whole else 0.0) + 0.4 * at_large
    usual = usual_yen(person)
    if usual:
        chance = crowd.usual_amount * (amount_yen == usual) + (1.0 - crowd.usual_amount) * chance
    code = "amount_units" if whole else "amount_odd"
    if person.last_amount_yen is None:
        return code, chance / at_large, chance / at_large
    same = amount_yen == person.last_amount_yen
    with_last = crowd.same_amount * same + (1.0 - crowd.same_amount) * chance
    return "amount_same" if same else code, with_last / at_large, chance / at_large
