"""国の番号の点検: when everything stored was looked through, and where something was found; never a number."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ, SETTINGS_WRITE
from privacy.models import Refusal, Sweep
from privacy.sweeping import ask_for_sweep

SHOWN = 20


@page(read=SETTINGS_READ, write=SETTINGS_WRITE, methods=("GET", "POST"))
def sweeps(request: SignedInRequest) -> HttpResponse:
    """POST asks the worker to look now."""
    if request.method == "POST":
        ask_for_sweep(at=timezone.now(), by=request.user.get_username())
        messages.success(request, _("点検を頼みました。終わるまで、ふつうは1分もかかりません。このページを開き直すと結果が出ます。"))
        return redirect("office:sweeps")
    finished = Sweep.objects.exclude(finished_at=None).order_by("-finished_at")
    context = {
        "sweeps": finished[:SHOWN],
        "waiting": Sweep.objects.filter(finished_at=None).exists(),
        "refusals": Refusal.objects.order_by("-at")[:SHOWN],
        "may_write": bool(request.roles & SETTINGS_WRITE),
    }
    return render(request, "office/sweeps.html", context)
