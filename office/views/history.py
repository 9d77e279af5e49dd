"""One supporter's line of time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, SEES_AMOUNTS
from members.models import Supporter
from office.history import history


@page(read=PEOPLE_READ)
def supporter_history(request: SignedInRequest, number: str) -> HttpResponse:
    supporter = get_object_or_404(Supporter, number=number)
    events = history(supporter, with_amounts=bool(request.roles & SEES_AMOUNTS))
    return render(request, "office/history.html", {"supporter": supporter, "events": events})
