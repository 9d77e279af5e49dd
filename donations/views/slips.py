"""払込票: type slip after slip beside the pile of paper; see what was typed today, what waits, and what is missing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.cash_form import new_entry_key
from donations.models import Slip, Transaction
from donations.slip_form import NoticeForm, SlipForm
from donations.slip_words import compared, where_it_hangs
from donations.slips import (
    accounts_with_slips,
    choices_for,
    count_of_day,
    nameless_rows,
    newest_by,
    typed_on,
    waiting_slips,
    with_attached_yen,
)
from donations.typing_slips import type_slip
from donations.views.desk_page import desk_address, number_in
from privacy.errors import Refused

ROWS_SHOWN = 15
FROM_DESK = "desk"


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def slips(request: SignedInRequest) -> HttpResponse:
    """The empty sheet under a line on the slip before; POST keeps one slip and shows the next empty sheet."""
    row = _row(request)
    if request.method != "POST":
        return _desk(request, _empty(request, row), row=row)
    form = SlipForm(request.POST)
    if not form.is_valid():
        return _desk(request, form, row=row, status=422)
    facts = form.cleaned_data
    try:
        slip = type_slip(
            account=facts["account"],
            facts=form.facts(),
            transaction_id=row.pk if row else None,
            is_second=facts["is_second"],
            entry_key=facts["entry_key"],
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        if problem.code == "same_slip":
            form.ask_for_second()
        return _desk(request, form, row=row, problem=problem, status=422)
    if row and request.POST.get("back") == FROM_DESK:
        messages.success(request, _("払込票を保存しました。"))
        return HttpResponseRedirect(desk_address(pile="likely", row=row.pk))
    return HttpResponseRedirect(f"{slips_address()}?last={slip.pk}")


def slips_address() -> str:
    return reverse("donations:slips")


def slip_state(slip: Slip) -> dict[str, Any]:
    """What the page says about one slip: its rows to choose while it waits, and the sentence."""
    choices = choices_for(slip) if slip.transaction_id is None and slip.withdrawn_at is None else []
    return {"slip": slip, "choices": choices, "sentence": where_it_hangs(slip, choices)}


def _row(request: SignedInRequest) -> Transaction | None:
    """The row whose slip is typed, where a person came from a row. Raises Http404."""
    wanted = number_in((request.POST if request.method == "POST" else request.GET).get("row"))
    if wanted is None:
        return None
    rows = with_attached_yen(Transaction.objects.incoming()).filter(account__in=accounts_with_slips())
    row = rows.select_related("account").filter(pk=wanted).first()
    if row is None:
        raise Http404
    return row


def _empty(request: SignedInRequest, row: Transaction | None) -> SlipForm:
    """A new sheet: with the day and account of the slip before, or with day and yen of the row in hand."""
    initial: dict[str, Any] = {"entry_key": new_entry_key(), "day": timezone.localdate()}
    if row is not None:
        initial |= {"account": row.account_id, "day": row.booked_on, "amount_yen": row.rest_yen or ""}  # type: ignore[attr-defined]
    elif before := newest_by(request.user.get_username()):
        initial |= {"account": before.account_id, "day": before.day}
    initial.setdefault("account", accounts_with_slips().first())
    return SlipForm(initial=initial)


def _desk(
    request: SignedInRequest,
    form: SlipForm,
    *,
    row: Transaction | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    form.aim()
    typed = typed_on(timezone.localdate())
    waiting = Paginator(waiting_slips(), ROWS_SHOWN)
    nameless = Paginator(nameless_rows().select_related("account"), ROWS_SHOWN)
    context = {
        "form": form,
        "problem": problem,
        "row": row,
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "last": _last(request) if not problem and not form.is_bound else None,
        "typed": typed,
        "waiting": waiting.get_page(request.GET.get("waiting")),
        "nameless": nameless.get_page(request.GET.get("nameless")),
        "notice": _notice(request, day=form.initial.get("day") or timezone.localdate()),
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/slips.html", context, status=status)


def _last(request: SignedInRequest) -> dict[str, Any] | None:
    wanted = number_in(request.GET.get("last"))
    slip = Slip.objects.live().select_related("transaction").filter(pk=wanted).first() if wanted else None
    return slip_state(slip) if slip else None


def _notice(request: SignedInRequest, *, day: date) -> dict[str, Any]:
    """The form of the bank's notice, and what it says beside what was typed; asked by GET, since nothing is written."""
    if "count" not in request.GET:
        account = accounts_with_slips().first()
        return {"form": NoticeForm(auto_id="notice_%s", initial={"account": account, "day": day})}
    form = NoticeForm(request.GET, auto_id="notice_%s")
    if not form.is_valid():
        return {"form": form}
    facts = form.cleaned_data
    found = count_of_day(facts["account"], facts["day"])
    agrees, sentence = compared(found, count=facts["count"], yen=facts["yen"], day=facts["day"])
    return {"form": form, "agrees": agrees, "sentence": sentence}
