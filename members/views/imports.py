"""名簿の取り込み: choose a file, read what it would do, import; and the empty list to fill in."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, PEOPLE_WRITE
from members.carried_table import pack, unpack
from members.errors import RowsRefused
from members.importing_supporters import import_table, preview_supporters, preview_table
from members.supporter_columns import COLUMNS, TEMPLATE_HEADERS
from members.supporter_files import template_xlsx
from members.supporter_preview import SupporterPreview
from members.views.refusals import remember_problem
from privacy.errors import Refused
from privacy.forms import GuardedFormMixin

ROWS_SHOWN = 100
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListFileForm(GuardedFormMixin, forms.Form):
    """The file of the list."""

    file = forms.FileField(
        label=gettext_lazy("名簿のファイル"),
        help_text=gettext_lazy("CSV か Excel(.xlsx)。10メガバイト、5万行まで。ファイルそのものは保存しません。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@page(read=PEOPLE_READ, write=PEOPLE_WRITE, methods=("GET", "POST"))
def import_list(request: SignedInRequest) -> HttpResponse:
    """The page to choose a file; POST shows what importing it would do."""
    if request.method != "POST":
        return _choose(request, ListFileForm())
    form = ListFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        preview = preview_supporters(file.read(), file.name, today=timezone.localdate())
    except Refused as problem:
        remember_problem(request, problem)
        return _choose(request, form, problem=problem, status=422)
    if preview.refused:
        remember_problem(request, RowsRefused(preview.refused))
    return _preview(request, preview, file_name=file.name)


@page(read=(), write=PEOPLE_WRITE, methods=("POST",))
def import_rows(request: SignedInRequest) -> HttpResponse:
    """Import what was previewed."""
    today, at, by = timezone.localdate(), timezone.now(), request.user.get_username()
    try:
        table = unpack(request.POST.get("table", ""))
    except Refused as problem:
        return _choose(request, ListFileForm(), problem=problem, status=422)
    try:
        result = import_table(table=table, today=today, at=at, by=by)
    except RowsRefused as problem:
        return _preview(request, preview_table(table, today=today), problem=problem)
    except Refused as problem:
        remember_problem(request, problem)
        return _choose(request, ListFileForm(), problem=problem, status=422)
    messages.success(
        request,
        _("取り込みました。新しい人 %(new)d人、変わった人 %(changed)d人、同じ人 %(unchanged)d人です。") % result.as_json(),
    )
    return HttpResponseRedirect(reverse("members:supporters"))


@page(read=PEOPLE_READ)
def template(request: SignedInRequest) -> HttpResponse:  # noqa: ARG001
    """The empty list to fill in."""
    return HttpResponse(
        template_xlsx(),
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": 'attachment; filename="supporters-template.xlsx"'},
    )


def _choose(
    request: SignedInRequest, form: forms.Form, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "headers": TEMPLATE_HEADERS,
        "columns": COLUMNS,
        "may_write": bool(request.roles & PEOPLE_WRITE),
    }
    return render(request, "members/import.html", context, status=status)


def _preview(
    request: SignedInRequest, preview: SupporterPreview, *, file_name: str = "", problem: Refused | None = None
) -> HttpResponse:
    may_import = not preview.refused and preview.writes > 0
    context = {
        "preview": preview,
        "file_name": file_name,
        "problem": problem,
        "table": pack(preview.table) if may_import else "",
        "refused": preview.refused[:ROWS_SHOWN],
        "new": preview.new[:ROWS_SHOWN],
        "changed": preview.changed[:ROWS_SHOWN],
        "notes": preview.notes[:ROWS_SHOWN],
        "rows_shown": ROWS_SHOWN,
    }
    return render(request, "members/import_preview.html", context, status=422 if preview.refused else 200)
