"""The group's own rules about payments, read once for a batch of rows."""

from donations.shares import PaymentRules
from members.models import Association, FeeRate, FiscalYearRule, SplitRule


def current_rules() -> PaymentRules:
    """The rules of 会の設定, in two queries; before the first run the defaults of `Association`, without prices."""
    association = Association.objects.current()
    prices = FeeRate.objects.order_by("valid_from", "pk").values_list("kind", "valid_from", "unit_price_yen")
    return PaymentRules(
        split_rule=association.split_rule if association else SplitRule.UNITS_THEN_DONATION,
        fiscal_year_rule=association.fiscal_year_rule if association else FiscalYearRule.DAY_OF_PAYMENT,
        start_month=association.fiscal_year_start_month if association else 4,
        prices=tuple(prices),
    )
