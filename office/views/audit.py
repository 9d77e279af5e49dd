"""操作の記録: who did what, when; never a value."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ
from office.audit_words import in_words
from privacy.models import AuditEvent

PAGE_SIZE = 50


@page(read=SETTINGS_READ)
def audit(request: SignedInRequest) -> HttpResponse:
    listed = Paginator(AuditEvent.objects.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "office/audit.html", {"page": listed, "events": [in_words(event) for event in listed]})
