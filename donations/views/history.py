"""前の年の入金の記録: choose the ledger, read what it would teach, learn it. No money is booked."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.carried_history import pack, unpack
from donations.history_columns import HEADERS, NEEDED, WORDS
from donations.history_file import read_history
from donations.history_preview import HistoryPreview, preview_history
from donations.importing_history import import_table
from members.errors import RowsRefused
from members.models import Supporter
from members.views.refusals import remember_problem
from privacy.errors import Refused
from privacy.forms import GuardedFormMixin

ROWS_SHOWN = 100


class LedgerForm(GuardedFormMixin, forms.Form):
    """The file of the ledger."""

    file = forms.FileField(
        label=gettext_lazy("入金の記録のファイル"),
        help_text=gettext_lazy("CSV か Excel(.xlsx)。10メガバイト、5万行まで。ファイルそのものは保存しません。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    blank_numbers = forms.BooleanField(
        label=gettext_lazy("国が個人に付けた番号らしい数字があれば、その数字だけを消して読む"), required=False
    )


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def history(request: SignedInRequest) -> HttpResponse:
    """The page to choose a file; POST shows what it would teach."""
    if request.method != "POST":
        return _choose(request, LedgerForm())
    form = LedgerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        table = read_history(file.read(), file.name, blank_numbers=form.cleaned_data["blank_numbers"])
    except Refused as problem:
        remember_problem(request, problem)
        return _choose(request, form, problem=problem, status=422)
    preview = preview_history(table)
    if preview.problems:
        remember_problem(request, RowsRefused(preview.problems))
    return _preview(request, preview)


@page(read=(), write=BOOKS_WRITE, methods=("POST",))
def import_rows(request: SignedInRequest) -> HttpResponse:
    """Learn what was previewed."""
    try:
        table = unpack(request.POST.get("table", ""))
        result = import_table(table=table, at=timezone.now(), by=request.user.get_username())
    except RowsRefused:
        return _preview(request, preview_history(table))
    except Refused as problem:
        return _choose(request, LedgerForm(), problem=problem, status=422)
    messages.success(
        request, _("%(new)d件の入金から、払込人名を覚えました。お金の記録は増えていません。") % {"new": result.new}
    )
    return HttpResponseRedirect(reverse("donations:payer_names"))


def _choose(
    request: SignedInRequest, form: forms.Form, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "columns": [
            {"header": header, "is_needed": fact in NEEDED, "also": "、".join(WORDS[fact][1:6])}
            for fact, header in HEADERS.items()
        ],
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/history.html", context, status=status)


def _preview(request: SignedInRequest, preview: HistoryPreview) -> HttpResponse:
    shown = preview.new[:ROWS_SHOWN]
    people = Supporter.objects.in_bulk({one for payment in shown for one in payment.supporter_ids})
    context = {
        "preview": preview,
        "problems": preview.problems[:ROWS_SHOWN],
        "payments": [(payment.row, [people[one] for one in payment.supporter_ids]) for payment in shown],
        "rows_shown": ROWS_SHOWN,
        "table": pack(preview.table) if preview.new and not preview.problems else "",
    }
    return render(request, "donations/history_preview.html", context, status=422 if preview.problems else 200)
