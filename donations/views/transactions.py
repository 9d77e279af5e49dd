"""One row of the ledger: the bank's words, and all that was decided about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ
from donations.models import Allocation, Reversal, SetAside, Transaction


@page(read=BOOKS_READ)
def transaction(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    rows = Transaction.objects.with_open_yen().select_related("account", "statement")
    row = get_object_or_404(rows, pk=transaction_id)
    allocations = Allocation.objects.filter(transaction=row).select_related("supporter").order_by("pk")
    reversals = Reversal.objects.select_related("withdrawal", "original").order_by("pk")
    return render(
        request,
        "donations/transaction.html",
        {
            "row": row,
            "allocations": allocations,
            "is_receipted": any(one.receipted_at for one in allocations),
            "set_asides": SetAside.objects.filter(transaction=row).order_by("pk"),
            "reversals": reversals.filter(withdrawal=row) | reversals.filter(original=row),
        },
    )
