"""How a payment becomes 賛同金 (whole units) and カンパ (the rest)."""

from dataclasses import dataclass

UNITS_THEN_DONATION = "units_then_donation"
ALL_DONATION = "all_donation"
RULES = (UNITS_THEN_DONATION, ALL_DONATION)


@dataclass(frozen=True, slots=True)
class Split:
    """`units` 口 cost `dues_yen`; `dues_yen + donation_yen` is what was received."""

    units: int
    dues_yen: int
    donation_yen: int


def split_payment(received_yen: int, *, unit_price_yen: int, rule: str) -> Split:
    """Split `received_yen` by `rule`, one of `RULES` (the values of `members.models.SplitRule`).

    "units_then_donation": as many whole units as the money buys, the rest is カンパ; less than one unit is all
    カンパ. "all_donation": no units. Raises ValueError for yen below 0, a price below 1 or an unknown rule.

    >>> split_payment(3_500, unit_price_yen=1_000, rule="units_then_donation")
    Split(units=3, dues_yen=3000, donation_yen=500)
    """
    if received_yen < 0:
        raise ValueError(f"A payment is not below 0 yen, found {received_yen}.")
    if unit_price_yen < 1:
        raise ValueError(f"A unit costs at least 1 yen, found {unit_price_yen}.")
    if rule not in RULES:
        raise ValueError(f"The rule is one of {', '.join(RULES)}, found {rule!r}.")
    units = received_yen // unit_price_yen if rule == UNITS_THEN_DONATION else 0
    dues_yen = units * unit_price_yen
    return Split(units, dues_yen, received_yen - dues_yen)
