"""名簿の書き出し: as a file for spreadsheets; it is recorded who did it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, PEOPLE_WRITE
from members.exporting_supporters import CSV, XLSX, export_supporters
from members.models import Supporter
from members.supporter_files import CP932, UTF_8
from members.supporter_list import ALL, GROUPS, choices_in, chosen_supporters, current_fiscal_year
from members.views.imports import XLSX_TYPE
from privacy.errors import Refused
from privacy.forms import GuardedFormMixin

CSV_CP932 = "csv-cp932"


class ExportForm(GuardedFormMixin, forms.Form):
    """In which form the list leaves."""

    form = forms.ChoiceField(
        label=gettext_lazy("ファイルの形"),
        choices=[
            (XLSX, gettext_lazy("Excel(.xlsx)")),
            (CSV, gettext_lazy("CSV(UTF-8)")),
            (CSV_CP932, gettext_lazy("CSV(Shift_JIS、古いソフト用。𠮷などは書けません)")),
        ],
        widget=forms.RadioSelect,
        initial=XLSX,
    )


@page(read=PEOPLE_READ, write=PEOPLE_WRITE, methods=("GET", "POST"))
def export_list(request: SignedInRequest) -> HttpResponse:
    """How many would leave in which form; POST hands out the file of those whom the choices in the address name."""
    choices = choices_in({"state": ALL, **request.GET.dict()})
    year = current_fiscal_year(timezone.localdate())
    chosen = chosen_supporters(Supporter.objects.all(), choices, fiscal_year=year)
    words = [GROUPS[name][1][choice][0] for name, choice in choices.items() if choice != ALL]
    context = {"form": ExportForm(), "count": chosen.count(), "words": words, "may_write": bool(request.roles & PEOPLE_WRITE)}
    if request.method != "POST":
        return render(request, "members/export.html", context)
    context["form"] = form = ExportForm(request.POST)
    if not form.is_valid():
        return render(request, "members/export.html", context, status=422)
    wanted = form.cleaned_data["form"]
    try:
        exported = export_supporters(
            supporters=chosen,
            form=XLSX if wanted == XLSX else CSV,
            encoding=CP932 if wanted == CSV_CP932 else UTF_8,
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        return render(request, "members/export.html", {**context, "problem": problem}, status=422)
    is_book = wanted == XLSX
    name = f"supporters-{timezone.localdate():%Y-%m-%d}.{'xlsx' if is_book else 'csv'}"
    return HttpResponse(
        exported.data,
        content_type=XLSX_TYPE if is_book else "text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
