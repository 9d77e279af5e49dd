"""How the yen of one row are shared out: who, for what, how much, for which fiscal year. Knows no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from members.fees import UNITS_THEN_DONATION, split_payment
from members.fiscal_year import fiscal_year_of

DUES = "dues"
DONATION = "donation"
OTHER = "other"
PURPOSES = (DUES, DONATION, OTHER)
DAY_OF_PAYMENT = "day_of_payment"
FIRST_UNPAID = "first_unpaid"


@dataclass(frozen=True, slots=True)
class Share:
    """`amount_yen` of a row for one supporter (None: an anonymous gift) and one of `PURPOSES`.

    Dues have `units` 口 of equal price, `amount_yen // units` yen each; other purposes have 0 units.
    """

    supporter_id: int | None
    purpose: str
    amount_yen: int
    fiscal_year: int
    units: int = 0

    @property
    def unit_price_yen(self) -> int:
        """Yen of one unit; 0 where there are no units."""
        return self.amount_yen // self.units if self.units else 0


@dataclass(frozen=True, slots=True)
class Payer:
    """What sharing needs to know of a supporter.

    `last_amount_yen` is what the supporter gave last time, None before the first payment; `paid_years` are
    the fiscal years for which dues are paid (looked at under the rule "first_unpaid" only).
    """

    supporter_id: int
    kind: str
    last_amount_yen: int | None = None
    paid_years: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """What our group decided about payments (会の設定).

    `split_rule` and `fiscal_year_rule` are values of `members.models.SplitRule` and `FiscalYearRule`;
    `start_month` is 1 to 12; `prices` are (kind of supporter, first day, yen of one unit) in the order of days.
    """

    split_rule: str
    fiscal_year_rule: str
    start_month: int
    prices: Sequence[tuple[str, date, int]]

    def unit_price_yen(self, kind: str, day: date) -> int:
        """Yen of one unit for this kind of supporter on `day`; 0 where no price is set yet."""
        price = 0
        for of_kind, valid_from, yen in self.prices:
            if of_kind == kind and valid_from <= day:
                price = yen
        return price

    def year_of(self, day: date) -> int:
        """The fiscal year that `day` lies in."""
        return fiscal_year_of(day, start_month=self.start_month)

    def dues_year(self, day: date, paid_years: Collection[int]) -> int:
        """The fiscal year that dues paid on `day` count for."""
        year = self.year_of(day)
        if self.fiscal_year_rule == FIRST_UNPAID:
            while year in paid_years:
                year += 1
        return year


def default_shares(*, amount_yen: int, payer: Payer, paid_on: date, rules: PaymentRules) -> tuple[Share, ...]:
    """Share out `amount_yen` (above 0) of one payer by the rules: whole units are dues, the rest a donation.

    ¥3,000 are three units of an individual or one of an organisation: the kind of `payer` says which. Where
    that kind has no price on `paid_on`, or the rule is "all_donation", all is a donation. A donation counts
    for the fiscal year of `paid_on`. The sum of the shares is `amount_yen`.
    """
    price = rules.unit_price_yen(payer.kind, paid_on)
    units, dues_yen = 0, 0
    if price and rules.split_rule == UNITS_THEN_DONATION:
        split = split_payment(amount_yen, unit_price_yen=price, rule=rules.split_rule)
        units, dues_yen = split.units, split.dues_yen
    found = []
    if units:
        year = rules.dues_year(paid_on, payer.paid_years)
        found.append(Share(payer.supporter_id, DUES, dues_yen, year, units))
    if amount_yen > dues_yen:
        found.append(Share(payer.supporter_id, DONATION, amount_yen - dues_yen, rules.year_of(paid_on)))
    return tuple(found)


def joint_shares(
    *, amount_yen: int, payers: Sequence[Payer], paid_on: date, rules: PaymentRules
) -> tuple[Share, ...]:
    """Share out one transfer of several payers: as last time where that adds up, else in equal parts.

    Yen that do not divide go to the first payer; a payer for whom nothing is left gets no share.
    """
    last = [payer.last_amount_yen or 0 for payer in payers]
    if all(last) and sum(last) == amount_yen:
        parts = last
    else:
        parts = [amount_yen // len(payers)] * len(payers)
        parts[0] += amount_yen - sum(parts)
    return tuple(
        share
        for payer, part in zip(payers, parts, strict=True)
        if part
        for share in default_shares(amount_yen=part, payer=payer, paid_on=paid_on, rules=rules)
    )


def anonymous_share(*, amount_yen: int, paid_on: date, rules: PaymentRules) -> tuple[Share, ...]:
    """All of it as a donation of nobody we know."""
    return (Share(None, DONATION, amount_yen, rules.year_of(paid_on)),)


def digest(*, transaction_id: int, open_yen: int, shares: Iterable[Share]) -> str:
    """A short fingerprint of what a person was shown: the row, its open yen and every share of it."""
    shown = [
        (share.supporter_id, share.purpose, share.amount_yen, share.fiscal_year, share.units) for share in shares
    ]
    return sha256(repr((transaction_id, open_yen, shown)).encode()).hexdigest()[:16]
