"""紙の版: what to print for whom, the two files, and the word that the printing went well."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import LETTERS_READ, LETTERS_WRITE
from newsletters.forms import LabelForm
from newsletters.models import Newsletter, NewsletterState
from newsletters.preview import said_on_paper
from newsletters.print_edition import DEFAULT_SHEET, chosen_sheet, edition_pdf, labels_pdf, paper_letters
from newsletters.printing import mark_printed, unmark_printed
from newsletters.tally import tally_of
from paper.errors import PrintError
from privacy.errors import Refused


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def paper(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """How many copies and labels, and where to get them."""
    return _sheet(request, _prepared(newsletter_id), LabelForm(initial={"sheet": DEFAULT_SHEET, "start": 1}))


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def edition_file(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """The paper edition as a PDF."""
    found = _prepared(newsletter_id)
    try:
        return _attachment(edition_pdf(found), f"tsushin-{found.pk}.pdf")
    except (PrintError, Refused) as problem:
        return _sheet(request, found, LabelForm(), problem=problem, status=422)


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def labels_file(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """The address labels as a PDF (`?sheet=&start=`, and `printed` for those already marked)."""
    found = _prepared(newsletter_id)
    form = LabelForm(request.GET)
    if not form.is_valid():
        return _sheet(request, found, form, status=422)
    letters = paper_letters(found, at=timezone.now(), printed="printed" in request.GET)
    try:
        content = labels_pdf(
            letters, sheet=chosen_sheet(form.cleaned_data["sheet"]), start_cell=form.cleaned_data["start"]
        )
    except PrintError as problem:
        return _sheet(request, found, form, problem=problem, status=422)
    return _attachment(content, f"atena-{found.pk}.pdf")


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def printed(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """印刷できました, or the undoing of it."""
    found = _prepared(newsletter_id)
    at, by = timezone.now(), request.user.get_username()
    try:
        if "undo" in request.POST:
            count = unmark_printed(newsletter=found, at=at, by=by)
            messages.success(request, _("%(count)d通を「まだ印刷していない」に戻しました。") % {"count": count})
        else:
            count = mark_printed(newsletter=found, at=at, by=by)
            messages.success(request, _("%(count)d通を「紙に印刷しました」と記録しました。") % {"count": count})
    except Refused as problem:
        return _sheet(request, found, LabelForm(), problem=problem, status=422)
    return HttpResponseRedirect(reverse("newsletters:paper", args=[found.pk]))


def _prepared(newsletter_id: int) -> Newsletter:
    return get_object_or_404(Newsletter.objects.exclude(state=NewsletterState.DRAFT), pk=newsletter_id)


def _attachment(content: bytes, file_name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _sheet(
    request: SignedInRequest,
    found: Newsletter,
    form: LabelForm,
    *,
    problem: PrintError | Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    letters = paper_letters(found, at=timezone.now())
    context = {
        "newsletter": found,
        "form": form,
        "letters": len(letters),
        "people": sum(len(letter.supporter_ids) for letter in letters),
        "tally": tally_of(found),
        "not_on_paper": said_on_paper(found.markdown),
        "problem": problem,
        "may_write": bool(request.roles & LETTERS_WRITE) and found.state != NewsletterState.CANCELLED,
    }
    return render(request, "newsletters/paper.html", context, status=status)
