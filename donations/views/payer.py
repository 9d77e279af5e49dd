"""別の人をさがす, and 新しい支援者として登録: both begin at a row and lead back to it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.bank_lines import whole_slip
from donations.models import Transaction
from donations.new_payer import facts_in
from donations.slips import slips_of
from donations.suggestions import Suggester
from donations.views.decisions import row_or_404
from donations.views.desk_page import desk_address, number_in
from members.forms.supporter_form import NewSupporterForm, tell
from members.models import Supporter
from members.registering import register_supporter
from members.search import find_supporters
from privacy.errors import Refused
from privacy.forms import GuardedFormMixin

MOST_FOUND = 20
ANOTHER = "another"


class SearchForm(GuardedFormMixin, forms.Form):
    """One box for everything a person may have in hand."""

    text = forms.CharField(
        label=gettext_lazy("名前、フリガナ、番号、電話の末尾、メール"), max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def find(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """Search by POST, since names do not belong into addresses; each result can be confirmed."""
    row = row_or_404(transaction_id)
    form = SearchForm(request.POST or None)
    context = {"row": row, "form": form, "way": way_of(request), "may_write": bool(request.roles & BOOKS_WRITE)}
    if request.method != "POST":
        return render(request, "donations/find_payer.html", context)
    if not form.is_valid():
        return render(request, "donations/find_payer.html", context, status=422)
    found = list(find_supporters(form.cleaned_data["text"]).order_by("reading", "pk")[: MOST_FOUND + 1])
    context |= {
        "searched": True,
        "too_many": len(found) > MOST_FOUND,
        "candidates": Suggester().candidates(row, [one.pk for one in found[:MOST_FOUND]]),
    }
    return render(request, "donations/find_payer.html", context)


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def new_supporter(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """Register the payer of a row; then the row is shown again with the new supporter as first choice."""
    row = row_or_404(transaction_id)
    form = NewSupporterForm(request.POST) if request.method == "POST" else NewSupporterForm(initial=facts_in(row, whole_slip(slips_of([row]).get(row.pk, ()))))
    if request.method != "POST":
        return _sheet(request, row, form)
    if not form.is_valid():
        return _sheet(request, row, form, status=422)
    twin = _twin(form)
    if twin is not None and ANOTHER not in request.POST:
        return _sheet(request, row, form, twin=twin, status=422)
    try:
        supporter = register_supporter(
            facts=form.facts(),
            consent_on=form.cleaned_data["consent_on"],
            consent_source=form.cleaned_data["consent_source"],
            today=timezone.localdate(),
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        beside = tell(form, problem.message, problem.column)
        return _sheet(request, row, form, problem=None if beside else problem, status=422)
    messages.success(
        request,
        _("%(number)s %(name)sさんを登録しました。この入金をこの方に確定するときは、下のボタンを押してください。")
        % {"number": supporter.number, "name": supporter.name},
    )
    return HttpResponseRedirect(desk_address(pile="likely", row=row.pk, who=supporter.pk))


def _sheet(
    request: SignedInRequest,
    row: Transaction,
    form: NewSupporterForm,
    *,
    problem: Refused | None = None,
    twin: Supporter | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "problem": problem,
        "twin": twin,
        "twin_address": desk_address(pile="likely", row=row.pk, who=twin.pk) if twin else "",
        "way": way_of(request),
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/new_payer.html", context, status=status)


def _twin(form: NewSupporterForm) -> Supporter | None:
    """Somebody of just this name and reading: registered by the first press of the button, or a namesake."""
    facts = form.facts()
    return Supporter.objects.filter(name=facts.name, reading=facts.reading).order_by("-pk").first()


def way_of(request: SignedInRequest) -> dict[str, int | str]:
    """Where to go after the decision: the pile and the next row, carried from page to page."""
    given = request.POST if request.method == "POST" else request.GET
    pile = given.get("pile", "")
    return {"pile": pile if pile in {"likely", "ask"} else "", "next": number_in(given.get("next")) or ""}
