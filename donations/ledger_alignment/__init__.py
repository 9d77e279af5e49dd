"""What of a bank's file is new to the stored ledger. Pure: no Django, clock or network. Rule: formats.md §6."""

from donations.ledger_alignment.by_balance import align
from donations.ledger_alignment.by_count import align_by_count
from donations.ledger_alignment.rows import Alignment, Days, Gap, HistoryChanged, LedgerRow, Proof

__all__ = ["Alignment", "Days", "Gap", "HistoryChanged", "LedgerRow", "Proof", "align", "align_by_count"]
