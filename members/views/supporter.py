"""One supporter: the sheet, adding, changing."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, PEOPLE_WRITE
from members.forms.supporter_form import NewSupporterForm, SupporterForm, tell
from members.models import Supporter
from members.registering import change_supporter, register_supporter
from members.views.sheet import sheet, supporter_or_404
from privacy.errors import Refused

SHEET = "支援者の記録"


@page(read=PEOPLE_READ)
def supporter(request: SignedInRequest, number: str) -> HttpResponse:
    """What we know about one supporter."""
    return sheet(request, supporter_or_404(number))


@page(read=PEOPLE_WRITE, write=PEOPLE_WRITE, methods=("GET", "POST"))
def add(request: SignedInRequest) -> HttpResponse:
    """A new sheet; POST registers."""
    form = NewSupporterForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        made = register_supporter(
            facts=form.facts(),
            consent_on=form.cleaned_data["consent_on"],
            consent_source=form.cleaned_data["consent_source"],
            today=timezone.localdate(),
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        return _refused(request, form, problem)
    messages.success(request, _("%(name)sさんを登録しました。支援者番号は %(number)s です。") % {"name": made.name, "number": made.number})
    return HttpResponseRedirect(reverse("members:supporter", args=[made.number]))


@page(read=PEOPLE_WRITE, write=PEOPLE_WRITE, methods=("GET", "POST"))
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    """The sheet as known; POST changes."""
    known = get_object_or_404(Supporter.objects.select_related("household"), number=number)
    if request.method != "POST":
        return _form(request, SupporterForm.of(known), known)
    form = SupporterForm(request.POST)
    if not form.is_valid():
        return _form(request, form, known, status=422)
    try:
        changed = change_supporter(
            supporter=known, facts=form.facts(), at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _refused(request, form, problem, known)
    messages.success(request, _("変えた内容を保存しました。") if changed else _("変わったところはありませんでした。"))
    return HttpResponseRedirect(reverse("members:supporter", args=[known.number]))


def _refused(
    request: SignedInRequest, form: SupporterForm, problem: Refused, known: Supporter | None = None
) -> HttpResponse:
    shown = None if tell(form, problem.message, problem.column) else problem
    return _form(request, form, known, problem=shown, status=422)


def _form(
    request: SignedInRequest,
    form: BaseForm,
    known: Supporter | None = None,
    *,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(
        request, "members/supporter_form.html", {"form": form, "supporter": known, "problem": problem}, status=status
    )
