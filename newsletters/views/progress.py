"""Ordering a newsletter to be sent, stopping it, and watching it go. The worker sends; these pages only order."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import LETTERS_READ, LETTERS_WRITE
from newsletters.models import Delivery, Newsletter, NewsletterState
from newsletters.sending import pause_sending, start_sending
from newsletters.tally import tally_of
from newsletters.throttle import expected_seconds
from privacy.errors import Refused

SILENT_FOR = timedelta(minutes=2)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def send(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """送る, or go on: the worker takes it from here."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    try:
        ordered = start_sending(newsletter=found, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        messages.error(request, problem.message)
        return _to("newsletter", found)
    if ordered.state == NewsletterState.SENDING:
        messages.success(request, _("送り始めます。この画面を閉じても、送るのは続きます。"))
    else:
        messages.info(request, _("いま送れるメールはありません。"))
    return _to("newsletter", found)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def pause(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """止める."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    pause_sending(newsletter=found, at=timezone.now(), by=request.user.get_username())
    messages.success(request, _("止めました。「続きを送る」を押すと、残りの人に送ります。"))
    return _to("newsletter", found)


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def progress(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """How far the sending is: the changing part for htmx, the newsletter's page for everybody else."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    if not request.htmx:
        return _to("newsletter", found)
    answer = render(request, "newsletters/parts/progress.html", progress_context(found, timezone.now(), request))
    if found.state != NewsletterState.SENDING:
        answer.headers["HX-Refresh"] = "true"
    return answer


def progress_context(newsletter: Newsletter, now: datetime, request: SignedInRequest) -> dict[str, object]:
    """What the progress part needs. `is_silent`: nothing has happened for two minutes, so no worker seems to run."""
    tally = tally_of(newsletter)
    seen = Delivery.objects.filter(newsletter=newsletter).aggregate(claimed=Max("claimed_at"), settled=Max("settled_at"))
    last = max((moment for moment in (*seen.values(), newsletter.started_at) if moment), default=now)
    waits = newsletter.resume_at is not None and newsletter.resume_at > now
    return {
        "newsletter": newsletter,
        "tally": tally,
        "seconds": expected_seconds(tally.queued),
        "is_silent": not waits and bool(tally.queued) and now - last > SILENT_FOR,
        "may_write": bool(request.roles & LETTERS_WRITE),
    }


def _to(name: str, newsletter: Newsletter) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"newsletters:{name}", args=[newsletter.pk]))
