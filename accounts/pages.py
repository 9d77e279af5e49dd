"""The gate before every page: which methods it takes, and which roles may read and write it."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from accounts.roles import Role

SAFE_METHODS = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """For annotations: a request that passed `accounts.middleware.PrivatePages`."""

    roles: frozenset[Role]
    htmx: Any


def page(
    *, read: Collection[Role], write: Collection[Role] = (), methods: Collection[str] = ("GET",)
) -> Callable[[View], View]:
    """Guard a view: 405 for other methods, 403 for roles that may not.

    `read` may GET; `write` may GET and POST. Not signed in is handled before, by `PrivatePages`.
    """
    allowed = [method for method in ("GET", "HEAD", "POST") if method in methods or (method == "HEAD" and "GET" in methods)]

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            may = frozenset(write) if request.method not in SAFE_METHODS else frozenset(read) | frozenset(write)
            if not request.roles & may:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def public(view: View) -> View:
    """Mark a view that needs no sign-in (sign-in itself, first run, unsubscribe)."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
