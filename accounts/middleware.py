"""Every page is private unless it says otherwise."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts.models import User

PUBLIC_MODULES = ("allauth.",)  # sign-in, sign-out and the second factor guard themselves


class PrivatePages:
    """Send whoever is not signed in to the sign-in page (before the first user: to the first run).

    The others get `request.roles`. A view is public when `accounts.pages.public` marked it. All private pages carry
    `Cache-Control: no-store`, so that a shared PC keeps no list of supporters.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.roles = (  # type: ignore[attr-defined]
            request.user.roles_held() if request.user.is_authenticated else frozenset()
        )
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or getattr(view, "is_public", False):
            return None
        if view.__module__.startswith(PUBLIC_MODULES):
            return None
        if not User.objects.exists():
            return redirect(settings.FIRST_RUN_URL)
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
