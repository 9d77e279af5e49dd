"""The first page a new installation shows: who we are and who signs in."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.pages import public
from office.first_running import is_first_run, run_first
from office.forms import FirstRunForm
from privacy.errors import Refused

GROUP_FIELDS = ("name", "account_number", "postal_code", "address", "email", "fiscal_year_start_month")
SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
def first_run(request: HttpRequest) -> HttpResponse:
    """Open to everybody, but only until the first user exists; then it leads to the sign-in page."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not is_first_run():
        return redirect("account_login")
    form = FirstRunForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, "office/first_run.html", {"form": form})
    if not form.is_valid():
        return render(request, "office/first_run.html", {"form": form}, status=422)
    words = form.cleaned_data
    try:
        user = run_first(
            group={field: words[field] or None for field in GROUP_FIELDS},
            user_name=words["user_name"],
            password=words["password"],
            today=timezone.localdate(),
            at=timezone.now(),
        )
    except Refused as problem:
        return render(request, "office/first_run.html", {"form": form, "problem": problem}, status=422)
    login(request, user, backend=SIGN_IN_BACKEND)
    return redirect("office:home")
