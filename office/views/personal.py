"""What is held about persons: the public notice, and for one supporter disclosure and erasure."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page, public
from accounts.roles import BOOKS_READ, BOOKS_WRITE, SETTINGS_READ
from donations.erasing import rows_to_forget
from members.models import Association, Supporter
from office.disclosing import JSON, PDF, disclose
from office.ended_support import ended_supporters
from office.erasing import erase_supporter
from office.privacy_notice import held_columns, notice
from privacy.errors import Refused

PAGE_SIZE = 50
TYPES = {PDF: "application/pdf", JSON: "application/json"}


@public
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """個人情報の取扱い, for supporters and everybody."""
    return render(request, "office/privacy_notice.html", {"association": Association.objects.current(), "kinds": notice()})


@page(read=SETTINGS_READ)
def held(request: SignedInRequest) -> HttpResponse:
    """Every declared column with its purpose and term."""
    return render(request, "office/held.html", {"tables": held_columns()})


@page(read=BOOKS_READ)
def ended(request: SignedInRequest) -> HttpResponse:
    """Whose support ended two fiscal years ago or more; each leads to the page where the record is erased."""
    association, today = Association.objects.current(), timezone.localdate()
    found = ended_supporters(association=association, today=today) if association else Supporter.objects.none()
    rows = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "office/ended.html", {"page": rows, "may_write": bool(request.roles & BOOKS_WRITE)})


@page(read=(), write=BOOKS_WRITE, methods=("POST",))
def disclosure(request: SignedInRequest, number: str) -> HttpResponse:
    """The file with everything about one supporter."""
    supporter = get_object_or_404(Supporter, number=number)
    form = JSON if request.POST.get("form") == JSON else PDF
    try:
        data = disclose(supporter=supporter, form=form, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _page(request, supporter, problem=problem)
    name = f"kaiji-{supporter.number}-{timezone.localdate():%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=TYPES[form], headers=headers)


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("GET", "POST"))
def erase(request: SignedInRequest, number: str) -> HttpResponse:
    """GET says what would be erased and what stays; POST with the number typed again does it."""
    supporter = get_object_or_404(Supporter, number=number)
    if request.method != "POST":
        return _page(request, supporter)
    if request.POST.get("again", "").strip() != supporter.number:
        sentence = _("確かめのための支援者番号がちがいます。%s と書いてから、もう一度押してください。") % supporter.number
        return _page(request, supporter, problem=Refused(sentence, code="not_confirmed"))
    try:
        rows = erase_supporter(supporter=supporter, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _page(request, supporter, problem=problem)
    messages.success(
        request, _("%(number)s の名前と連絡先を消しました。明細 %(rows)d 行の払込人名も消しました。金額は変わっていません。")
        % {"number": supporter.number, "rows": rows},
    )  # fmt: skip
    return redirect("members:supporter", supporter.number)


def _page(request: SignedInRequest, supporter: Supporter, *, problem: Refused | None = None) -> HttpResponse:
    context = {"supporter": supporter, "rows": rows_to_forget(supporter=supporter), "problem": problem}
    context["receipts"] = supporter.receipts.count()
    return render(request, "office/erase.html", context, status=422 if problem else 200)
