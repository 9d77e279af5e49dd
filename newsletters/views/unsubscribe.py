"""配信停止: the public page behind the link in each mail, and the organiser's sheet for requests by mail.

GET never stops anything: mail scanners open every link (newsletters.md §2, item 7). POST does, without signing in and
without a CSRF token, as RFC 8058 asks; the token in the address is the key.
"""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.pages import SignedInRequest, page, public
from accounts.roles import LETTERS_WRITE
from members.models import Association
from newsletters.forms import StopByMailForm
from newsletters.models import Delivery
from newsletters.trying_out import TEST_TOKEN
from newsletters.unsubscribing import is_stopped, may_undo, stop_by_link, stop_by_mail, undo
from privacy.errors import Refused

TOKEN = re.compile(r"[a-z]{32}")


@public
@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button; POST (the button, or one click in the mail program) stops the newsletter."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if token == TEST_TOKEN:
        return _answer(request, None)
    delivery = _delivery(token)
    if request.method == "POST":
        stop_by_link(delivery=delivery, at=timezone.now())
        delivery.refresh_from_db()
    return _answer(request, delivery)


@public
@csrf_exempt
def unsubscribe_undo(request: HttpRequest, token: str) -> HttpResponse:
    """まちがえました: within an hour."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    delivery = _delivery(token)
    try:
        undo(delivery=delivery, at=timezone.now())
    except Refused as problem:
        return _answer(request, delivery, problem=problem, status=422)
    delivery.refresh_from_db()
    return _answer(request, delivery, is_back=True)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("GET", "POST"))
def stop_by_mail_sheet(request: SignedInRequest) -> HttpResponse:
    """Paste the subject of a mail that asks to stop; see who it is; stop it."""
    if request.method != "POST":
        return render(request, "newsletters/stop_by_mail.html", {"form": StopByMailForm()})
    form = StopByMailForm(request.POST)
    if not form.is_valid():
        return render(request, "newsletters/stop_by_mail.html", {"form": form}, status=422)
    match = TOKEN.search(form.cleaned_data["subject"].lower())
    found = Delivery.objects.filter(token=match[0]).select_related("supporter").first() if match else None
    if found is None:
        problem = Refused(_("その件名に合う人は見つかりません。件名を最後まで貼ったか、確かめてください。"), code="unknown_token")
        return render(request, "newsletters/stop_by_mail.html", {"form": form, "problem": problem}, status=422)
    if "stop" not in request.POST:
        return render(request, "newsletters/stop_by_mail.html", {"form": form, "found": found})
    stop_by_mail(delivery=found, at=timezone.now(), by=request.user.get_username())
    messages.success(
        request, _("%(name)sさんに、これから通信を送りません。会員のままで、領収書は送れます。") % {"name": found.supporter.name}
    )
    return HttpResponseRedirect(reverse("newsletters:newsletters"))


def _delivery(token: str) -> Delivery:
    return get_object_or_404(Delivery.objects.select_related("supporter", "newsletter"), token=token)


def _answer(
    request: HttpRequest,
    delivery: Delivery | None,
    *,
    is_back: bool = False,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """No name and no address of the reader stand on this page: whoever was forwarded the mail may open it."""
    context = {
        "association": Association.objects.current(),
        "delivery": delivery,
        "is_test": delivery is None,
        "is_stopped": delivery is not None and is_stopped(delivery),
        "may_undo": delivery is not None and may_undo(delivery, at=timezone.now()),
        "is_back": is_back,
        "problem": problem,
    }
    return render(request, "newsletters/unsubscribe.html", context, status=status)
