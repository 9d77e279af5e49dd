"""Turn a refusal from a deep layer into a page that says what to do."""

from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from privacy.errors import NationalIdRefused
from privacy.models import SYSTEM
from privacy.noticed import noticing
from privacy.recording import record_refusal


class RefusalPages:
    """Catch a `NationalIdRefused` that no form caught: HTTP 422 with the sentence, never a bare 500.

    What the forms of the request refused is written into the refusal register when the request is over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with noticing() as found:
            response = self.get_response(request)
        for place, rules in found:
            record_refusal(place=place, rules=rules, at=timezone.now(), by=_who(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_page(request, exception) if isinstance(exception, NationalIdRefused) else None


class GuardedSessions(SessionMiddleware):
    """Django's sessions; one that refuses to be stored (`privacy.sessions`) is answered with the page, too.

    It is stored when the page is already made, so no inner middleware would hear of the refusal.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except NationalIdRefused as refused:
            return refusal_page(request, refused)


def refusal_page(request: HttpRequest, refused: NationalIdRefused) -> HttpResponse:
    """Note the refusal and answer with HTTP 422."""
    record_refusal(place=refused.place, rules=refused.rules, at=timezone.now(), by=_who(request))
    return render(request, "privacy/refused.html", {"message": refused.message}, status=422)


def _who(request: HttpRequest) -> str:
    return request.user.get_username() if request.user.is_authenticated else SYSTEM
