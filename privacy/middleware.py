"""Turn a refusal from a deep layer into a page that says what to do."""

from collections.abc import Callable

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
        if isinstance(exception, NationalIdRefused):
            record_refusal(place=exception.place, rules=exception.rules, at=timezone.now(), by=_who(request))
            return render(request, "privacy/refused.html", {"message": exception.message}, status=422)
        return None


def _who(request: HttpRequest) -> str:
    return request.user.get_username() if request.user.is_authenticated else SYSTEM
