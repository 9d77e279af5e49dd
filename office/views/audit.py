"""操作の記録: who did what, when; never a value."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ
from privacy.models import AuditEvent


@page(read=SETTINGS_READ)
def audit(request: SignedInRequest) -> HttpResponse:
    events = Paginator(AuditEvent.objects.order_by("-pk"), 50)
    return render(request, "office/audit.html", {"page": events.get_page(request.GET.get("page"))})
