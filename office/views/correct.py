"""Correct a payment whose receipt is already written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.models import Transaction
from office.correcting import correct, receipts_of
from privacy.errors import Refused
from receipts.forms import ReasonForm


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def correct_row(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """GET says what would happen; POST with a reason does it and leads back to the desk."""
    row = get_object_or_404(Transaction, pk=transaction_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        voided = correct(
            row=row, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _page(request, row, form, problem=problem, status=422)
    messages.success(
        request,
        _("領収書 %s を無効にし、確定を取り消しました。もう一度、だれの入金か決めてください。")
        % "、".join(receipt.number for receipt in voided),
    )
    return redirect(f"{reverse('donations:reconcile')}?row={row.pk}")


def _page(
    request: SignedInRequest, row: Transaction, form: ReasonForm, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {"row": row, "form": form, "receipts": receipts_of(row), "problem": problem}
    context["may_write"] = bool(request.roles & BOOKS_WRITE)
    return render(request, "office/correct.html", context, status=status)
