"""The sheet of one supporter as every view of it shows it."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.pages import SignedInRequest
from accounts.roles import BOOKS_READ, PEOPLE_WRITE
from members.consenting import NO_RECORD
from members.forms.supporter_form import ConsentForm, LeaveForm
from members.models import Channel, Supporter
from members.reading_proposals import proposals_for
from members.supporter_list import current_fiscal_year
from privacy.errors import Refused

EXTRA = ["members/parts/supporter_extra.html", "members/parts/nothing.html"]
"""The first that exists is drawn below the sheet, with `supporter`: rooms above may put one there."""


def supporter_or_404(number: str) -> Supporter:
    """Give the supporter with what the sheet shows of it."""
    year = current_fiscal_year(timezone.localdate())
    found = Supporter.objects.with_units(year).with_paid_until().select_related("household").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def sheet(
    request: SignedInRequest,
    supporter: Supporter,
    *,
    consent_form: Form | None = None,
    leave_form: Form | None = None,
    reading_form: Form | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the sheet; a form that was refused is drawn open, as typed."""
    today = timezone.localdate()
    consents = list(supporter.consents.order_by("-given_on", "-pk"))
    live = next((consent for consent in consents if consent.withdrawn_on is None), None)
    return render(
        request,
        "members/supporter.html",
        {
            "supporter": supporter,
            "fiscal_year": current_fiscal_year(today),
            "consents": consents,
            "live_consent": live,
            "opted_out": supporter.channel == Channel.NONE and live is None,
            "terms": supporter.terms.order_by("-fiscal_year", "-paid_on", "-pk"),
            "payer_names": supporter.payer_names.order_by("origin", "key"),
            "others": Supporter.objects.filter(household=supporter.household_id).exclude(pk=supporter.pk)
            if supporter.household_id
            else Supporter.objects.none(),
            "consent_form": consent_form or ConsentForm(initial={"on": today, "channel": _usual_channel(supporter)}),
            "consent_open": consent_form is not None,
            "leave_form": leave_form or LeaveForm(initial={"on": today}),
            "leave_open": leave_form is not None,
            "proposals": proposals_for(supporter),
            "form": reading_form,
            "wrong": supporter if reading_form is not None else None,
            "problem": problem,
            "may_write": bool(request.roles & PEOPLE_WRITE),
            "reads_books": bool(request.roles & BOOKS_READ),
            "extra": EXTRA,
            "no_record": NO_RECORD,
        },
        status=status,
    )


def _usual_channel(supporter: Supporter) -> str:
    """Suggest how to reach a supporter from now on, when nothing was to be sent until now."""
    if supporter.channel != Channel.NONE:
        return supporter.channel
    return Channel.POST if supporter.address or not supporter.email else Channel.EMAIL
