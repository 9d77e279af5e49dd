"""通信: the list, writing a draft, and one newsletter in whatever state it is."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import LETTERS_READ, LETTERS_WRITE
from members.models import Association
from newsletters.audience_preview import preview_audience
from newsletters.composing import LetterRefused, cancel, change_draft, copy_to_draft, create_draft, prepare
from newsletters.forms import LetterForm, TestMailForm
from newsletters.merge_fields import EXAMPLE
from newsletters.models import Newsletter, NewsletterState
from newsletters.preview import Preview, preview_of
from newsletters.tally import tally_of
from newsletters.throttle import expected_seconds
from newsletters.trying_out import send_test
from newsletters.views.progress import progress_context
from privacy.errors import Refused

PAGE_SIZE = 25


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def newsletters(request: SignedInRequest) -> HttpResponse:
    """All newsletters, the newest first."""
    rows = Paginator(Newsletter.objects.order_by("-pk").defer("markdown", "html", "text", "skeleton"), PAGE_SIZE)
    context = {"page": rows.get_page(request.GET.get("page")), "may_write": bool(request.roles & LETTERS_WRITE)}
    return render(request, "newsletters/newsletters.html", context)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("GET", "POST"))
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a draft."""
    return _write(request, None)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("GET", "POST"))
def edit(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """Change a draft; a frozen newsletter is only shown."""
    draft = get_object_or_404(Newsletter, pk=newsletter_id)
    if draft.state != NewsletterState.DRAFT:
        return _to(draft)
    return _write(request, draft)


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def newsletter(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """One newsletter: its words, and the next step of its way."""
    return _show(request, get_object_or_404(Newsletter, pk=newsletter_id))


@page(read=LETTERS_READ, write=LETTERS_WRITE, methods=("GET", "POST"))
def confirm(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """Who gets a draft and why not; POST freezes it."""
    draft = get_object_or_404(Newsletter, pk=newsletter_id)
    problem, status = None, 200
    if request.method == "POST":
        try:
            prepare(newsletter=draft, at=timezone.now(), by=request.user.get_username())
        except LetterRefused:
            status = 422  # the complaints stand on the page anyway
        except Refused as refusal:
            problem, status = refusal, 422
        else:
            messages.success(request, _("内容と送る人を確定しました。まだ何も送っていません。"))
            return _to(draft)
    if draft.state != NewsletterState.DRAFT and problem is None:
        return _to(draft)
    context = {
        "newsletter": draft,
        "problem": problem,
        "preview": _preview(draft.title, draft.markdown),
        "audience": preview_audience(draft, on=timezone.localdate()) if Association.objects.current() else None,
        "mail_is_configured": settings.MAIL_IS_CONFIGURED,
        "may_write": bool(request.roles & LETTERS_WRITE),
    }
    return render(request, "newsletters/confirm.html", context, status=status)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def try_out(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """Send one test mail to the address on the sheet."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return _show(request, found, test_form=form, status=422)
    try:
        said = send_test(
            newsletter=found, to=form.cleaned_data["to"], at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _show(request, found, test_form=form, problem=problem, status=422)
    messages.success(request, said)
    return _to(found)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def call_off(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """取りやめる."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    try:
        cancel(newsletter=found, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _show(request, found, problem=problem, status=422)
    messages.success(request, _("「%(title)s」を取りやめました。もう何も送りません。") % {"title": found.title})
    return HttpResponseRedirect(reverse("newsletters:newsletters"))


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def copy(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """写して新しい下書きを作る."""
    found = get_object_or_404(Newsletter, pk=newsletter_id)
    draft = copy_to_draft(newsletter=found, at=timezone.now(), by=request.user.get_username())
    messages.success(request, _("同じ言葉で、新しい下書きを作りました。"))
    return HttpResponseRedirect(reverse("newsletters:edit", args=[draft.pk]))


def _write(request: SignedInRequest, draft: Newsletter | None) -> HttpResponse:
    if request.method != "POST":
        known = {"title": draft.title, "markdown": draft.markdown, "audience": draft.audience} if draft else None
        return _sheet(request, LetterForm(initial=known), draft)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, draft, status=422)
    letter, at, by = form.letter(), timezone.now(), request.user.get_username()
    if request.POST.get("do") != "save":
        return _sheet(request, form, draft, preview=_preview(letter["title"], letter["markdown"]))
    try:
        if draft is None:
            draft = create_draft(**letter, other_number=form.other_number, at=at, by=by)
        else:
            change_draft(newsletter=draft, **letter, other_number=form.other_number, at=at, by=by)
    except Refused as problem:
        return _sheet(request, form, draft, problem=problem, status=422)
    messages.success(request, _("下書きを保存しました。"))
    return _to(draft)


def _sheet(
    request: SignedInRequest,
    form: LetterForm,
    draft: Newsletter | None,
    *,
    preview: Preview | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.htmx:
        part = {"preview": preview, "problem": problem or _slips(form)}
        return render(request, "newsletters/parts/preview.html", part, status=status)
    context = {"form": form, "newsletter": draft, "preview": preview, "problem": problem}
    return render(request, "newsletters/write.html", context, status=status)


def _show(
    request: SignedInRequest,
    found: Newsletter,
    *,
    test_form: TestMailForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    tally = tally_of(found) if found.state != NewsletterState.DRAFT else None
    context = {
        "newsletter": found,
        "states": NewsletterState,
        "tally": tally,
        "seconds": expected_seconds(tally.queued) if tally else 0,
        "preview": _preview(found.title, found.markdown),
        "test_form": test_form or TestMailForm(),
        "problem": problem,
        "mail_is_configured": settings.MAIL_IS_CONFIGURED,
        "may_write": bool(request.roles & LETTERS_WRITE),
    }
    if found.state == NewsletterState.SENDING:
        context |= progress_context(found, timezone.now(), request)
    return render(request, "newsletters/newsletter.html", context, status=status)


def _slips(form: LetterForm) -> Refused | None:
    """What is wrong with the sheet, each field named, for the part of the page that is not the sheet."""
    said = [f"「{form[name].label}」: {' '.join(map(str, slips))}" for name, slips in form.errors.items()]
    return Refused(" ".join(said), code="sheet_refused") if said else None


def _preview(title: str, markdown: str) -> Preview:
    return preview_of(title=title, markdown=markdown, values=EXAMPLE)


def _to(found: Newsletter) -> HttpResponse:
    return HttpResponseRedirect(reverse("newsletters:newsletter", args=[found.pk]))
