"""One press each on the sheet of a supporter: consent, opt-out, leaving, pausing, coming back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_WRITE
from members.consenting import give_consent, withdraw_consent
from members.forms.supporter_form import ConsentForm, LeaveForm, tell
from members.leaving import lapse as lapse_supporter
from members.leaving import leave as leave_supporter
from members.leaving import return_
from members.models import Channel, Supporter
from members.views.sheet import sheet, supporter_or_404
from privacy.errors import Refused

BY_TELEPHONE = "電話"


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def consent(request: SignedInRequest, number: str) -> HttpResponse:
    """同意を記録."""
    supporter = supporter_or_404(number)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return sheet(request, supporter, consent_form=form, status=422)
    try:
        give_consent(
            supporter=supporter,
            on=form.cleaned_data["on"],
            source=form.cleaned_data["source"],
            channel=Channel(form.cleaned_data["channel"]),
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        shown = None if tell(form, problem.message, problem.column) else problem
        return sheet(request, supporter, consent_form=form, problem=shown, status=422)
    return _done(request, supporter, _("同意を記録しました。"))


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def opt_out(request: SignedInRequest, number: str) -> HttpResponse:
    """「送らないでほしい」を記録: one press while the telephone is still in the hand."""
    return _decide(
        request,
        number,
        lambda supporter: withdraw_consent(
            supporter=supporter,
            on=timezone.localdate(),
            source=BY_TELEPHONE,
            at=timezone.now(),
            by=request.user.get_username(),
        ),
        _("「送らないでほしい」を記録しました。これからは、郵送もメールも送りません。"),
    )


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def leave(request: SignedInRequest, number: str) -> HttpResponse:
    """退会."""
    supporter = supporter_or_404(number)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return sheet(request, supporter, leave_form=form, status=422)
    try:
        leave_supporter(
            supporter=supporter, on=form.cleaned_data["on"], at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        shown = None if tell(form, problem.message, problem.column) else problem
        return sheet(request, supporter, leave_form=form, problem=shown, status=422)
    return _done(request, supporter, _("退会を記録しました。名前と入金の記録は残ります。"))


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def lapse(request: SignedInRequest, number: str) -> HttpResponse:
    """休止."""
    return _decide(
        request,
        number,
        lambda supporter: lapse_supporter(supporter=supporter, at=timezone.now(), by=request.user.get_username()),
        _("休止にしました。"),
    )


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def come_back(request: SignedInRequest, number: str) -> HttpResponse:
    """賛同中に戻す."""
    return _decide(
        request,
        number,
        lambda supporter: return_(supporter=supporter, at=timezone.now(), by=request.user.get_username()),
        _("賛同中に戻しました。"),
    )


def _decide(
    request: SignedInRequest, number: str, decide: Callable[[Supporter], object], said: str
) -> HttpResponse:
    supporter = supporter_or_404(number)
    try:
        decide(supporter)
    except Refused as problem:
        return sheet(request, supporter, problem=problem, status=422)
    return _done(request, supporter, said)


def _done(request: SignedInRequest, supporter: Supporter, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("members:supporter", args=[supporter.number]))
