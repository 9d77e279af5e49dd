"""What they gave: the bank's lines, and what we believe about them."""

from donations.models.allocation import Allocation, Purpose, ReconcileBatch
from donations.models.bank_statement import BankStatement
from donations.models.column_mapping import ColumnRole, DayWritten, MappedColumn, SavedMapping
from donations.models.decision import Reversal, SetAside, SetAsideReason
from donations.models.erased_row import ErasedRow
from donations.models.month_closing import MonthClosing
from donations.models.past_payment import PastPayment
from donations.models.prediction import Outcome, Prediction
from donations.models.slip import Slip
from donations.models.transaction import Transaction

__all__ = [
    "Allocation",
    "BankStatement",
    "ColumnRole",
    "DayWritten",
    "ErasedRow",
    "MappedColumn",
    "MonthClosing",
    "Outcome",
    "PastPayment",
    "Prediction",
    "Purpose",
    "ReconcileBatch",
    "Reversal",
    "SavedMapping",
    "SetAside",
    "SetAsideReason",
    "Slip",
    "Transaction",
]
