"""フリガナを確かめる: one press accepts a guessed reading, or the right one is typed."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, PEOPLE_WRITE
from members.facts import facts_of
from members.forms.supporter_form import ReadingForm
from members.models import Supporter
from members.reading_proposals import proposals_for, without_reading
from members.registering import change_supporter
from members.views.sheet import sheet, supporter_or_404
from privacy.errors import Refused

ROWS_ON_A_PAGE = 25
FROM_LIST = "list"


@page(read=PEOPLE_READ)
def readings(request: SignedInRequest) -> HttpResponse:
    """Everybody without フリガナ; `?then=1` puts the keyboard on the first of them."""
    return _list(request)


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def set_reading(request: SignedInRequest, number: str) -> HttpResponse:
    """Keep the フリガナ of somebody who had none; `back=list` goes on with the next one of the list."""
    supporter = supporter_or_404(number)
    form = ReadingForm(request.POST)
    problem = None
    if form.is_valid():
        problem = _keep(request, supporter, form.cleaned_data["reading"])
    if form.errors or problem:
        if request.POST.get("back") == FROM_LIST:
            return _list(request, wrong=supporter, form=form, problem=problem)
        return sheet(request, supporter, reading_form=form, problem=problem, status=422)
    messages.success(
        request, _("%(name)sさんのフリガナを「%(reading)s」にしました。") % {"name": supporter.name, "reading": supporter.reading}
    )
    if request.POST.get("back") == FROM_LIST:
        return HttpResponseRedirect(f"{reverse('members:readings')}?then=1")
    return HttpResponseRedirect(reverse("members:supporter", args=[supporter.number]))


def _keep(request: SignedInRequest, supporter: Supporter, reading: str) -> Refused | None:
    """Write it down; the refusal where somebody else was faster with another one."""
    if supporter.reading not in {"", reading}:
        return Refused(
            _("このあいだに、フリガナが「%s」と登録されました。変えるときは「書き直す」を押してください。") % supporter.reading,
            code="reading_known",
        )
    facts = replace(facts_of(supporter), reading=reading)
    try:
        change_supporter(supporter=supporter, facts=facts, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return problem
    return None


def _list(
    request: SignedInRequest,
    *,
    wrong: Supporter | None = None,
    form: ReadingForm | None = None,
    problem: Refused | None = None,
) -> HttpResponse:
    found = Paginator(without_reading(), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(supporter, proposals_for(supporter)) for supporter in found]
    context = {
        "page": found,
        "rows": rows,
        "wrong": wrong,
        "form": form,
        "problem": problem,
        "goes_on": "then" in request.GET,
        "may_write": bool(request.roles & PEOPLE_WRITE),
    }
    return render(request, "members/readings.html", context, status=422 if wrong else 200)
