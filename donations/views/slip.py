"""One slip: what stands on it, where it hangs; correct it, hang it on a row, take it off, take it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.attaching_slips import attach_slip, detach_slip
from donations.models import Slip, Transaction
from donations.slip_form import FACT_FIELDS, SlipForm
from donations.typing_slips import correct_slip, withdraw_slip
from donations.views.desk_page import number_in
from donations.views.slips import slip_state, slips_address
from privacy.errors import Refused

decision = page(read=(), write=BOOKS_WRITE, methods=("POST",))
ONE_SLIP = "slip"


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def slip(request: SignedInRequest, slip_id: int) -> HttpResponse:
    """The slip with its rows to choose; POST corrects what was misread."""
    found = _slip_or_404(slip_id)
    if request.method != "POST":
        return _sheet(request, found, _filled(found))
    form = SlipForm({**request.POST.dict(), "account": str(found.account_id)})
    if not form.is_valid():
        return _sheet(request, found, form, status=422)
    try:
        correct_slip(slip_id=found.pk, facts=form.facts(), at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _sheet(request, found, form, problem=problem, status=422)
    messages.success(request, _("払込票を直しました。"))
    return HttpResponseRedirect(slip_address(found))


@decision
def attach(request: SignedInRequest, slip_id: int) -> HttpResponse:
    """Hang it on the chosen row."""
    found = _slip_or_404(slip_id)
    row = number_in(request.POST.get("row"))

    def decide() -> None:
        if row is None:
            raise Refused(_("どの行に付けるか、1つ選んでください。"), code="no_row_chosen")
        try:
            attach_slip(slip_id=found.pk, transaction_id=row, at=timezone.now(), by=request.user.get_username())
        except Transaction.DoesNotExist:
            raise Http404 from None

    return _decide(request, found, decide, last=found.pk)


@decision
def detach(request: SignedInRequest, slip_id: int) -> HttpResponse:
    """Take it off its row."""
    found = _slip_or_404(slip_id)

    def decide() -> None:
        detach_slip(slip_id=found.pk, at=timezone.now(), by=request.user.get_username())
        messages.success(request, _("行から外しました。付ける行を、下から選べます。"))

    return _decide(request, found, decide, last=found.pk)


@decision
def withdraw(request: SignedInRequest, slip_id: int) -> HttpResponse:
    """Take it back."""
    found = _slip_or_404(slip_id)

    def decide() -> None:
        withdraw_slip(slip_id=found.pk, at=timezone.now(), by=request.user.get_username())
        messages.success(request, _("%(yen)s円の払込票を取り消しました。") % {"yen": f"{found.amount_yen:,}"})

    return _decide(request, found, decide)


def slip_address(found: Slip) -> str:
    return reverse("donations:slip", args=[found.pk])


def _decide(request: SignedInRequest, found: Slip, action: Callable[[], None], *, last: int | None = None) -> HttpResponse:
    """Do it and go back to where the button was: the slip's own page, or the pile; a refusal shows the slip."""
    try:
        action()
    except Refused as problem:
        return _sheet(request, found, _filled(found), problem=problem, status=422)
    if request.POST.get("back") == ONE_SLIP:
        return HttpResponseRedirect(slip_address(found))
    return HttpResponseRedirect(f"{slips_address()}?last={last}" if last else slips_address())


def _slip_or_404(slip_id: int) -> Slip:
    return get_object_or_404(Slip.objects.select_related("account", "transaction"), pk=slip_id)


def _filled(found: Slip) -> SlipForm:
    initial = {name: getattr(found, name) for name in FACT_FIELDS}
    return SlipForm(initial={**initial, "account": found.account_id, "unreadable": not found.name_written})


def _sheet(
    request: SignedInRequest, found: Slip, form: SlipForm, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        **slip_state(found),
        "form": form,
        "problem": problem,
        "may_write": bool(request.roles & BOOKS_WRITE) and found.withdrawn_at is None,
    }
    return render(request, "donations/slip.html", context, status=status)
