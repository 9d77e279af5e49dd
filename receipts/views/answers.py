"""Two answers that several receipt pages give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from privacy.errors import Refused


def pdf_answer(data: bytes, file_name: str) -> HttpResponse:
    """A PDF to look at or print; `file_name` is ours and plain ASCII."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{file_name}"', "X-Content-Type-Options": "nosniff"},
    )


def refused(request: HttpRequest, message: str) -> HttpResponse:
    """A page that only says why nothing can be done yet, with status 422."""
    return render(request, "receipts/refused.html", {"problem": Refused(message)}, status=422)
