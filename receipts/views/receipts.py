"""Receipts: the list, issuing, one receipt, void and reissue."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import RECEIPTS_READ, RECEIPTS_WRITE
from members.models import Association
from privacy.errors import Refused
from receipts.due import due_receipts
from receipts.forms import IssueForm, ReasonForm, SearchForm
from receipts.issuing import issue_due, reissue, void
from receipts.models import Receipt, ReceiptPrintRun
from receipts.printing import plan_print_run
from receipts.receipt_pdf import receipts_pdf
from receipts.views.answers import pdf_answer, refused

PAGE_SIZE = 50


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("GET", "POST"))
def receipt_list(request: SignedInRequest) -> HttpResponse:
    """POST only searches: a name never stands in an address."""
    search = SearchForm(request.POST if request.method == "POST" else None)
    rows = Receipt.objects.order_by("-fiscal_year", "-serial")
    text = search.cleaned_data["text"].strip() if search.is_bound and search.is_valid() else ""
    if text:
        rows = rows.filter(Q(addressee__contains=text) | Q(number__icontains=text))
    return _list_page(request, search=search, rows=rows, text=text)


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("POST",))
def issue(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = IssueForm(request.POST, today=today)
    if not form.is_valid():
        return _list_page(request, issue_form=form, status=422)
    try:
        made = issue_due(
            until=form.cleaned_data["until"], today=today, at=timezone.now(), by=request.user.get_username()
        )
    except Refused as problem:
        return _list_page(request, issue_form=form, problem=problem, status=422)
    if made:
        messages.success(
            request,
            _("領収書を %(count)d 枚発行しました(%(first)s から %(last)s)。次は印刷してください。")
            % {"count": len(made), "first": made[0].number, "last": made[-1].number},
        )
    else:
        messages.info(request, _("発行する領収書はありませんでした。"))
    return redirect("receipts:receipts")


@page(read=RECEIPTS_READ)
def receipt(request: SignedInRequest, number: str) -> HttpResponse:
    return _one(request, _receipt(number))


@page(read=RECEIPTS_READ)
def copy(request: SignedInRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """The words of a receipt on screen, marked 控え (or 無効)."""
    row = _receipt(number)
    data = receipts_pdf([row], association=Association.get(), is_copy=True)
    return pdf_answer(data, f"{row.number}-hikae.pdf")


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("POST",))
def void_receipt(request: SignedInRequest, number: str) -> HttpResponse:
    row, form = _receipt(number), ReasonForm(request.POST, prefix="void")
    if not form.is_valid():
        return _one(request, row, void_form=form, status=422)
    try:
        void(receipt=row, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _one(request, row, problem=problem, status=422)
    messages.success(request, _("領収書 %s を無効にしました。同じ入金に、新しい領収書を発行できます。") % row.number)
    return redirect("receipts:receipt", number=row.number)


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("POST",))
def reissue_receipt(request: SignedInRequest, number: str) -> HttpResponse:
    """Record the reissue and plan its paper at once."""
    row, form = _receipt(number), ReasonForm(request.POST, prefix="reissue")
    if not form.is_valid():
        return _one(request, row, reissue_form=form, status=422)
    at, by = timezone.now(), request.user.get_username()
    try:
        reissue(receipt=row, reason=form.cleaned_data["reason"], today=timezone.localdate(at), at=at, by=by)
        run = plan_print_run(receipts=[row], is_reissue=True, at=at, by=by)
    except Refused as problem:
        return _one(request, row, problem=problem, status=422)
    return redirect("receipts:print_run", pk=run.pk)


def _receipt(number: str) -> Receipt:
    return get_object_or_404(
        Receipt.objects.select_related("replaces", "supporter").prefetch_related("lines"), number=number
    )


def _one(
    request: SignedInRequest,
    row: Receipt,
    *,
    void_form: ReasonForm | None = None,
    reissue_form: ReasonForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "receipt": row,
        "reissues": row.reissues.order_by("nth"),
        "replaced_by": Receipt.objects.filter(replaces=row).first(),
        "void_form": void_form or ReasonForm(prefix="void"),
        "reissue_form": reissue_form or ReasonForm(prefix="reissue"),
        "may_write": bool(request.roles & RECEIPTS_WRITE),
        "problem": problem,
    }
    return render(request, "receipts/receipt.html", context, status=status)


def _list_page(
    request: SignedInRequest,
    *,
    search: SearchForm | None = None,
    rows: QuerySet[Receipt] | None = None,
    text: str = "",
    issue_form: IssueForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    association = Association.objects.current()
    if association is None:
        return refused(request, _("会の設定がまだありません。先に会の名前と口座を登録してください。"))
    due = due_receipts(until=today, association=association)
    if rows is None:
        rows = Receipt.objects.order_by("-fiscal_year", "-serial")
    listed = Paginator(rows, PAGE_SIZE)
    context = {
        "page": listed.get_page(request.GET.get("page")),
        "search": search or SearchForm(),
        "text": text,
        "issue_form": issue_form or IssueForm(today=today),
        "due_count": len(due),
        "due_yen": sum(one.total_yen for one in due),
        "unprinted_count": Receipt.objects.unprinted().count(),
        "to_print_count": Receipt.objects.to_print().count(),
        "open_runs": ReceiptPrintRun.objects.waiting().order_by("pk"),
        "policy": association.get_receipt_policy_display(),
        "period": association.get_receipt_period_display(),
        "may_write": bool(request.roles & RECEIPTS_WRITE),
        "problem": problem,
    }
    return render(request, "receipts/list.html", context, status=status)
