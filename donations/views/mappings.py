"""列の名前: teach the form of another bank's CSV, see the kept ones, rename them, stop using one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.bankfiles.errors import BankFileError
from donations.bankfiles.mapping_roles import UnusableMapping
from donations.guarded_file import GuardedFile
from donations.guarded_table import GuardedTable, unseal_table
from donations.mapping_columns import rename_mapping, retire_mapping, save_mapping
from donations.mapping_form import HeaderForm, MappingForm, NameForm
from donations.mappings import as_columns, mappings_in_use
from donations.models import SavedMapping
from donations.statement_forms import UploadForm
from donations.statement_preview import preview_guarded
from donations.views.statement_upload import preview_page
from donations.views.statements import overview
from privacy.errors import Refused

ROWS_SHOWN = 5

Problem = Refused | BankFileError | UnusableMapping


@dataclass(frozen=True, slots=True)
class Look:
    """What the columns give as chosen so far: the statement, or why there is none."""

    file: GuardedFile | None = None
    problem: Problem | None = None

    @property
    def first_rows(self) -> object:
        return self.file.statement.lines[:ROWS_SHOWN] if self.file else ()


@page(read=BOOKS_READ, write=BOOKS_WRITE)
def mappings(request: SignedInRequest) -> HttpResponse:
    """The forms that are asked about files: their account and columns, with a new name or an end for each."""
    return _list_page(request)


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def teach(request: SignedInRequest) -> HttpResponse:
    """Ask what the columns of an unknown CSV mean; the guarded file comes and goes with the form.

    `do`: "look" shows the rows as chosen so far (htmx gets only these), "header" takes another line for the titles,
    "save" keeps the form under its name and goes on to the preview of the file. Otherwise a first suggestion.
    """
    try:
        table = unseal_table(request.POST.get("carried", ""))
    except Refused as problem:
        return overview(request, UploadForm(), problem=problem, status=422)
    do = request.POST.get("do", "")
    asked = {"header_line": request.POST.get("header_line" if do == "header" else "line", "")}
    line = HeaderForm.chosen(asked, table.table)
    form = MappingForm(request.POST if do else None, table=table.table, line=line)
    look = _look(table, form)
    if do != "save":
        return _teach_page(request, table, form, look)
    if not form.is_valid() or look.file is None:
        return _teach_page(request, table, form, look, status=422)
    account = form.cleaned_data["account"]
    try:
        preview_guarded(look.file, account=account)
        saved = save_mapping(
            account=account, name=form.cleaned_data["name"], **form.facts(), at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _teach_page(request, table, form, look, problem=problem, status=422)
    messages.success(request, _("「%s」の列の名前を覚えました。次からは、このままのファイルを読めます。") % saved.name)
    return preview_page(request, preview_guarded(table.read(as_columns(saved)), account=account))


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def rename(request: SignedInRequest, mapping_id: int) -> HttpResponse:
    """Give a form another name."""
    found = get_object_or_404(SavedMapping, pk=mapping_id, retired_at=None)
    form = NameForm(request.POST, prefix=str(found.pk))
    if not form.is_valid():
        return _list_page(request, form=form, renamed=found.pk, status=422)
    try:
        saved = rename_mapping(
            mapping_id=found.pk, name=form.cleaned_data["name"], at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _list_page(request, form=form, renamed=found.pk, problem=problem, status=422)
    messages.success(request, _("呼び名を「%s」にしました。") % saved.name)
    return redirect("donations:mappings")


@page(read=BOOKS_WRITE, write=BOOKS_WRITE, methods=("POST",))
def retire(request: SignedInRequest, mapping_id: int) -> HttpResponse:
    """Use a form for no file any more."""
    found = get_object_or_404(SavedMapping, pk=mapping_id, retired_at=None)
    retire_mapping(mapping_id=found.pk, at=timezone.now(), by=request.user.get_username())
    messages.success(
        request, _("「%s」の使用をやめました。取り込みずみの行はそのままです。また使うときは、もう一度列の名前を教えてください。") % found.name
    )
    return redirect("donations:mappings")


def _look(table: GuardedTable, form: MappingForm) -> Look:
    try:
        return Look(file=table.read(form.mapping()))
    except (UnusableMapping, BankFileError, Refused) as problem:
        return Look(problem=problem)


def _teach_page(
    request: SignedInRequest,
    table: GuardedTable,
    form: MappingForm,
    look: Look,
    *,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.htmx:
        return render(request, "donations/parts/mapping_look.html", {"look": look})
    context = {
        "form": form,
        "headers": HeaderForm({"header_line": str(form.line)}, table=table.table),
        "has_other_headers": len(table.table.headers) > 1,
        "carried": table.seal(),
        "blanked": table.blanked,
        "look": look,
        "problem": problem,
    }
    return render(request, "donations/teach_columns.html", context, status=status)


def _list_page(
    request: SignedInRequest,
    *,
    form: NameForm | None = None,
    renamed: int = 0,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found = list(mappings_in_use())
    rows = [
        (one, as_columns(one), form if form and one.pk == renamed else NameForm(initial={"name": one.name}, prefix=str(one.pk)))
        for one in found
    ]
    context = {"rows": rows, "problem": problem, "may_write": bool(request.roles & BOOKS_WRITE)}
    return render(request, "donations/mappings.html", context, status=status)
