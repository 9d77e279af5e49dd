"""Turn a refusal from a deep layer into a page that says what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from privacy.errors import NationalIdRefused
from privacy.models import SYSTEM
from privacy.recording import record_refusal


class RefusalPages:
    """Catch a `NationalIdRefused` that no form caught: HTTP 422 with the sentence, never a bare 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NationalIdRefused):
            by = request.user.get_username() if request.user.is_authenticated else SYSTEM
            record_refusal(place=exception.place, rules=exception.rules, at=timezone.now(), by=by)
            return render(request, "privacy/refused.html", {"message": exception.message}, status=422)
        return None
