"""Which payments are due for a receipt, by the group's policy; reads only."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from donations.bank_lines import whole_slip
from donations.models import Allocation
from donations.slips import slips_of
from members.fiscal_year import fiscal_year_of
from members.models import Association, ReceiptPeriod, ReceiptPolicy, Supporter
from receipts.phrases import asks_for_receipt


@dataclass(frozen=True, slots=True)
class DueReceipt:
    """One receipt to write: a supporter and the allocations that stand on it, oldest first."""

    supporter: Supporter
    allocations: tuple[Allocation, ...]

    @property
    def total_yen(self) -> int:
        return sum(allocation.amount_yen for allocation in self.allocations)


def due_receipts(
    *, until: date, association: Association, supporter: Supporter | None = None
) -> list[DueReceipt]:
    """Payments booked up to `until` without a receipt, grouped as the policy says, oldest first.

    `supporter` names somebody who asks for one: then the policy does not matter (Civil Code 486, paragraph 1:
    who pays may ask for a receipt; read 2026-11-23). Anonymous gifts have nobody to write to.
    """
    rows = (
        Allocation.objects.unreceipted()
        .received_until(until)
        .filter(supporter__isnull=False, supporter__erased_at=None)
        .select_related("supporter", "transaction")
    )
    if supporter is not None:
        rows = rows.filter(supporter=supporter)
    asked = _asked_on_slips(rows) if supporter is None and association.receipt_policy == ReceiptPolicy.ON_REQUEST else set()
    wanted = [
        row for row in rows if supporter is not None or row.transaction_id in asked or _is_wanted(row, association)
    ]
    return _grouped(wanted, association)


def _asked_on_slips(rows: Iterable[Allocation]) -> set[int]:
    """Rows whose slip asks for a receipt in its message; of a daily sum nobody can tell whose wish it is."""
    slips = slips_of({row.transaction_id: row.transaction for row in rows}.values())
    return {pk for pk, of_row in slips.items() if (slip := whole_slip(of_row)) and asks_for_receipt(slip.message)}


def _is_wanted(row: Allocation, association: Association) -> bool:
    if association.receipt_policy == ReceiptPolicy.ALL:
        return True
    if association.receipt_policy == ReceiptPolicy.NONE or row.supporter is None:
        return False
    return row.supporter.wants_receipt or asks_for_receipt(row.transaction.message, row.transaction.detail_2)


def _grouped(rows: Iterable[Allocation], association: Association) -> list[DueReceipt]:
    start = association.fiscal_year_start_month
    per_year = association.receipt_period == ReceiptPeriod.PER_YEAR

    def together(row: Allocation) -> tuple[Hashable, ...]:
        paid_on = row.transaction.booked_on
        what = fiscal_year_of(paid_on, start_month=start) if per_year else row.transaction_id
        return (row.supporter_id, what)

    def in_time(row: Allocation) -> tuple[date, int, int]:
        return (row.transaction.booked_on, row.transaction.position, row.pk)

    groups = [
        tuple(sorted(group, key=in_time)) for _key, group in groupby(sorted(rows, key=together), key=together)
    ]
    groups.sort(key=lambda group: in_time(group[0]))
    return [DueReceipt(group[0].supporter, group) for group in groups if group[0].supporter is not None]
