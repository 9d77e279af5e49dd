"""One row of the ledger: the bank's words, and all that was decided about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.entering import TAKEN_BACK_WORD
from donations.models import Allocation, Reversal, SetAside, Transaction
from donations.slips import rest_of, slips_of
from members.models import AccountKind


@page(read=BOOKS_READ)
def transaction(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """The row with its history; who may write takes back here what stands, whatever day it was decided."""
    rows = Transaction.with_undone.with_open_yen().select_related("account", "statement")
    row = get_object_or_404(rows, pk=transaction_id)
    allocations = Allocation.objects.filter(transaction=row).select_related("supporter").order_by("pk")
    reversals = Reversal.objects.select_related("withdrawal", "original").order_by("pk")
    live = [one for one in allocations if one.undone_at is None]
    set_asides = SetAside.objects.filter(transaction=row).order_by("pk")
    links = list(reversals.filter(withdrawal=row) | reversals.filter(original=row))
    given_back = any(one.original_id == row.pk and one.undone_at is None for one in links)
    return render(
        request,
        "donations/transaction.html",
        {
            "row": row,
            "allocations": allocations,
            "is_receipted": any(one.receipted_at for one in allocations),
            "set_asides": set_asides,
            "may_write": bool(request.roles & BOOKS_WRITE),
            "may_undo": bool(live) and not any(one.receipted_at for one in live),
            "may_reopen": bool(row.is_set_aside) and not live and not given_back,
            "taken_back_word": TAKEN_BACK_WORD,
            "reversals": links,
            "slips": (slips := slips_of([row]).get(row.pk, ())),
            "slip_rest_yen": rest_of(row, slips),
            "takes_slips": row.account.kind == AccountKind.POSTAL_TRANSFER and row.undone_at is None,
        },
    )
