"""現金の入金: type in what no bank file tells of, see the latest, take a wrong one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.cash_form import CashForm, new_entry_key
from donations.entering import enter_cash, take_back
from donations.models import Transaction
from donations.typed_rows import typed_rows
from japanese.yen import format_yen
from privacy.errors import Refused

ROWS_SHOWN = 25


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def cash(request: SignedInRequest) -> HttpResponse:
    """The empty sheet and the latest entries; POST adds one and shows the next empty sheet of that day."""
    if request.method != "POST":
        return _sheet(request, _empty_sheet(request.GET))
    form = CashForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, status=422)
    facts = form.cleaned_data
    entry_facts = {key: facts[key] for key in ("account", "booked_on", "received_yen", "payer_name", "message", "entry_key")}
    try:
        entry = enter_cash(**entry_facts, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _sheet(request, form, problem=problem, status=422)
    messages.success(request, _("%(day)s の入金 %(yen)s を記録しました。") % {
        "day": entry.booked_on.isoformat(), "yen": format_yen(entry.received_yen),
    })
    again = QueryDict(mutable=True)
    again.update({"account": str(entry.account_id), "on": entry.booked_on.isoformat()})
    return HttpResponseRedirect(f"{reverse('donations:cash')}?{again.urlencode()}")


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def cash_take_back(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """Undo one typed entry by a reversing row."""
    entry = get_object_or_404(Transaction, pk=transaction_id)
    try:
        take_back(transaction_id=entry.pk, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _sheet(request, _empty_sheet(request.GET), problem=problem, status=422)
    messages.success(request, _("%(day)s の入金 %(yen)s を取り消しました。") % {
        "day": entry.booked_on.isoformat(), "yen": format_yen(entry.received_yen),
    })
    return HttpResponseRedirect(reverse("donations:cash"))


def _empty_sheet(query: QueryDict) -> CashForm:
    """A new sheet; after an entry the cursor waits in the amount, so that a list is typed without the mouse."""
    form = CashForm(initial=_initial(query))
    if "on" in query:
        form.fields["received_yen"].widget.attrs["autofocus"] = True
    return form


def _initial(query: QueryDict) -> dict[str, object]:
    try:
        day = parse_date(query.get("on", ""))
    except ValueError:
        day = None
    account = query.get("account", "")
    kept = {"account": int(account)} if account.isdecimal() and len(account) < 19 else {}
    return {"booked_on": day or timezone.localdate(), "entry_key": new_entry_key(), **kept}


def _sheet(
    request: SignedInRequest, form: CashForm, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    rows = Paginator(typed_rows(), ROWS_SHOWN).get_page(request.GET.get("page"))
    return render(
        request,
        "donations/cash.html",
        {
            "form": form,
            "problem": problem,
            "page": rows,
            "may_write": bool(request.roles & BOOKS_WRITE),
            "has_account": form.fields["account"].queryset.exists(),  # type: ignore[attr-defined]
        },
        status=status,
    )
