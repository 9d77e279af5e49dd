"""Who we are and who supports us."""

from members.models.association import Association, FiscalYearRule, ReceiptPeriod, ReceiptPolicy, SplitRule
from members.models.bank_account import AccountAlias, AccountKind, BankAccount
from members.models.fee_rate import FeeRate
from members.models.membership import MembershipTerm
from members.models.payer_name import NameOrigin, PayerName
from members.models.supporter import (
    Channel,
    Consent,
    Household,
    Supporter,
    SupporterKind,
    SupporterState,
)

__all__ = [
    "AccountAlias",
    "AccountKind",
    "Association",
    "BankAccount",
    "Channel",
    "Consent",
    "FeeRate",
    "FiscalYearRule",
    "Household",
    "MembershipTerm",
    "NameOrigin",
    "PayerName",
    "ReceiptPeriod",
    "ReceiptPolicy",
    "SplitRule",
    "Supporter",
    "SupporterKind",
    "SupporterState",
]
