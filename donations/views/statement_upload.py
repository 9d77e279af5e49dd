"""The way of a new bank file: upload, look, import. Between the steps nothing of it is at rest."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_WRITE
from donations.bankfiles.errors import BankFileError, UnknownFormat
from donations.carried_file import pack, unpack
from donations.comparing import compare_file
from donations.guarded_table import GuardedTable, guarded_table
from donations.importing import ImportResult, import_guarded
from donations.sources import Source
from donations.statement_forms import ImportForm, UploadForm
from donations.statement_preview import StatementPreview, preview_guarded, preview_statement
from donations.views.statements import overview
from members.models import BankAccount
from privacy.errors import NationalIdRefused, Refused
from privacy.recording import record_refusal

ROWS_COMPARED = 100


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def preview(request: SignedInRequest) -> HttpResponse:
    """Read the uploaded file in memory and show what an import would do; nothing is written."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return overview(request, form, status=422)
    upload, account = form.cleaned_data["file"], form.cleaned_data["account"]
    data = upload.read()
    try:
        found = preview_statement(data=data, file_name=upload.name, account=account, today=timezone.localdate())
    except UnknownFormat as problem:
        return _unknown(request, form, problem, guarded_table(data, file_name=upload.name))
    except (Refused, BankFileError) as problem:
        return overview(request, form, problem=problem, status=422)
    return preview_page(request, found)


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def import_rows(request: SignedInRequest) -> HttpResponse:
    """Import what the preview showed, as decided there."""
    form = ImportForm(request.POST)
    if not form.is_valid():
        return overview(request, UploadForm(), problem=_incomplete(), status=422)
    try:
        file, account_id = unpack(form.cleaned_data["carried"])
    except Refused as problem:
        return overview(request, UploadForm(), problem=problem, status=422)
    account = get_object_or_404(BankAccount, pk=account_id)
    at, by = timezone.now(), request.user.get_username()
    try:
        result = import_guarded(
            file=file, account=account, shown=form.cleaned_data["shown"], **form.decisions(), at=at, by=by
        )
    except Refused as problem:
        if isinstance(problem, NationalIdRefused):
            record_refusal(place=_("銀行の明細"), rules=problem.rules, at=at, by=by)
        try:
            found = preview_guarded(file, account=account)
        except Refused as worse:
            return overview(request, UploadForm(), problem=worse, status=422)
        return preview_page(request, found, form=form, problem=problem, status=422)
    messages.success(request, _success(result))
    if result.slips_attached:
        messages.info(request, _("待っていた払込票%(count)d枚が、行に付きました。") % {"count": result.slips_attached})
    return redirect("donations:statement", result.statement.pk)


def preview_page(
    request: SignedInRequest,
    found: StatementPreview,
    *,
    form: ImportForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """What an import of the file would do, with the buttons for it; a file imported before leads to its own page."""
    if found.repeat_of is not None:
        messages.info(request, _("このファイルは、もう取り込んであります。新しく足す行はありません。"))
        return HttpResponseRedirect(reverse("donations:statement", args=[found.repeat_of.pk]))
    if found.source is Source.OTHER:
        return _comparison_page(request, found)
    context = {
        "preview": found,
        "carried": pack(found.file, account_id=found.account.pk),
        "ticked": form.decisions() if form else {},
        "problem": problem,
    }
    return render(request, "donations/statement_preview.html", context, status=status)


def _comparison_page(request: SignedInRequest, found: StatementPreview) -> HttpResponse:
    """The ledger has another kind of file: what differs is shown, nothing can be imported."""
    made = compare_file(
        file=found.file, account=found.account, at=timezone.now(), by=request.user.get_username()
    )
    return render(request, "donations/comparison.html", {"comparison": made, "rows_shown": ROWS_COMPARED, "slice": f":{ROWS_COMPARED}"})


def _unknown(
    request: SignedInRequest, form: UploadForm, problem: UnknownFormat, table: GuardedTable | None
) -> HttpResponse:
    """A file nobody knows: the way on is to name its columns, where it has any."""
    if table is None:
        return overview(request, form, problem=problem, status=422)
    context = {"problem": problem, "carried": table.seal(), "form": UploadForm()}
    return render(request, "donations/unknown_csv.html", context, status=422)


def _incomplete() -> Refused:
    return Refused(
        _("送られた内容が足りません。何も取り込んでいません。ファイルをもう一度選んでください。"), code="preview_damaged"
    )


def _success(result: ImportResult) -> str:
    if result.is_repeat:
        return _("このファイルは、もう取り込んであります。新しく足した行はありません。")
    if not result.new:
        return _("このファイルの行は、すべて取り込みずみでした。新しく足した行はありません。")
    return _("新しい%(count)d行を取り込みました。次は「入金の照合」で、だれの入金かを決めます。") % {"count": result.new}
