"""Erase the words of an erased supporter's payments; days, yen and balances stay, so the books still tie."""

from collections.abc import Iterable

from django.db.models import Q

from donations.erased_rows import COLUMNS, RowKey, erased_rows
from donations.models import Allocation, ErasedRow, PastPayment, Reversal, SetAside, Slip, Transaction
from members.in_parts import in_parts
from members.models import PayerName, Supporter
from members.payer_names import payer_key

ROW_WORDS = {"detail_2": "", "message": "", "text_was_erased": True}
SLIP_WORDS = {
    "payer_name": "", "kana": "", "postal_code": "", "address": "", "phone": "", "message": "", "supporter_number": "",
    "text_was_erased": True,
}  # fmt: skip


def erase_words(*, supporter: Supporter) -> int:
    """Blank what payers wrote on the rows and slips of this supporter; how many rows.

    A row is the supporter's when yen of it ever went to the supporter, or when it gave such yen back (組戻). A slip is
    when it hangs on such a row alone, or names the supporter. Call it before the payer names are forgotten, inside
    the caller's transaction. `ErasedRow` remembers each row without its words. Rows of undone imports count nowhere and
    nobody has said whose they are: their words go too, all of them.
    """
    rows = _rows_of(supporter)
    slips = [slip.pk for slip in _slips_of(supporter, rows)]
    for part in in_parts(sorted(rows)):
        found = Transaction.with_undone.filter(pk__in=part, text_was_erased=False)
        ErasedRow.objects.bulk_create(
            ErasedRow(
                account_id=row.account_id, booked_on=row.booked_on, received_yen=row.received_yen,
                paid_out_yen=row.paid_out_yen, balance_yen=row.balance_yen,
            )
            for row in found
        )  # fmt: skip
        SetAside.objects.filter(transaction__in=part).exclude(note="").update(note="")
        found.update(**ROW_WORDS)
    Transaction.with_undone.filter(undone_at__isnull=False, text_was_erased=False).update(**ROW_WORDS)
    for part in in_parts(slips):
        Slip.objects.filter(pk__in=part).update(**SLIP_WORDS)
    PastPayment.objects.filter(Q(supporter=supporter) | Q(name__supporter=supporter)).delete()
    return len(rows)


def remember_erased_rows(*, rows: frozenset[RowKey]) -> int:
    """Learn of erased rows from outside (an old backup was brought back) and blank those that are stored; how many.

    Inside the caller's transaction.
    """
    ErasedRow.objects.bulk_create(
        ErasedRow(**dict(zip(COLUMNS, row, strict=True))) for row in sorted(rows - erased_rows(), key=repr)
    )
    return sum(
        Transaction.objects.filter(text_was_erased=False, **dict(zip(COLUMNS, row, strict=True))).update(**ROW_WORDS)
        for row in rows
    )


def rows_to_forget(*, supporter: Supporter) -> int:
    """How many rows of the bank would lose their words."""
    return len(_rows_of(supporter))


def _rows_of(supporter: Supporter) -> set[int]:
    paid = set(Allocation.objects.filter(supporter=supporter).values_list("transaction_id", flat=True))
    returned: set[int] = set()
    for part in in_parts(sorted(paid)):
        returned.update(Reversal.objects.filter(original__in=part).values_list("withdrawal_id", flat=True))
    return paid | returned


def _slips_of(supporter: Supporter, rows: Iterable[int]) -> Iterable[Slip]:
    keys = set(PayerName.objects.filter(supporter=supporter).values_list("key", flat=True)) - {""}
    numbers = {supporter.number, supporter.legacy_number} - {""}
    whole = set(rows)
    for slip in Slip.objects.filter(text_was_erased=False):
        if (
            (slip.transaction_id in whole and slip.covers_its_row)
            or slip.supporter_number in numbers
            or {payer_key(text) for text in (slip.payer_name, slip.kana) if text} & keys
        ):
            yield slip
