"""Print runs: make the file, look at it, say whether the paper came out right."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import RECEIPTS_READ, RECEIPTS_WRITE, SETTINGS_READ
from members.models import Association
from paper.envelopes import test_sheet_pdf
from paper.errors import PrintError
from privacy.errors import Refused
from receipts.models import PrintState, Receipt, ReceiptPrintRun
from receipts.printing import confirm_print_run, drop_print_run, file_of, plan_print_run, render_print_run
from receipts.receipt_pdf import envelope_of
from receipts.views.answers import pdf_answer, refused

AT_ONCE = 10  # so few pages take about a second; more are made by the worker, with progress


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("POST",))
def plan(request: SignedInRequest) -> HttpResponse:
    """Plan a run of all receipts that wait for paper."""
    rows = list(Receipt.objects.to_print().order_by("fiscal_year", "serial"))
    try:
        run = plan_print_run(receipts=rows, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return refused(request, problem.message)
    return redirect("receipts:print_run", pk=run.pk)


@page(read=RECEIPTS_READ)
def print_run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the run stands; htmx asks again every second while pages are being made."""
    run = get_object_or_404(ReceiptPrintRun, pk=pk)
    context = {
        "run": run,
        "may_write": bool(request.roles & RECEIPTS_WRITE),
        "at_once": run.total <= AT_ONCE,
        "states": PrintState,
    }
    template = "receipts/parts/run.html" if request.htmx else "receipts/print_run.html"
    return render(request, template, context)


@page(read=RECEIPTS_READ)
def file(request: SignedInRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    run = get_object_or_404(ReceiptPrintRun, pk=pk, state=PrintState.READY)
    path = file_of(run)
    if not path.exists():
        raise Http404
    return pdf_answer(path.read_bytes(), run.file_name)


@page(read=RECEIPTS_READ, write=RECEIPTS_WRITE, methods=("POST",))
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of three buttons: make it now, the paper is right, or it is not."""
    run = get_object_or_404(ReceiptPrintRun, pk=pk)
    at, by = timezone.now(), request.user.get_username()
    try:
        if "make" in request.POST and run.state == PrintState.PLANNED:
            render_print_run(run=run, at=at)
            return redirect("receipts:print_run", pk=pk)
        if "right" in request.POST:
            count = confirm_print_run(run=run, at=at, by=by)
            said = _("再発行の紙を確かめました。") if run.is_reissue else _("%d 枚を「印刷済み」にしました。") % count
            messages.success(request, said)
        else:
            drop_print_run(run=run, at=at, by=by)
            messages.info(request, _("印刷をやめました。領収書は「印刷していない」のままです。"))
    except Refused as problem:
        messages.warning(request, problem.message)
    return redirect("receipts:receipts")


@page(read=RECEIPTS_READ | SETTINGS_READ)
def test_sheet(request: SignedInRequest) -> HttpResponse:
    """A ruled sheet to put into a real window envelope."""
    try:
        data = test_sheet_pdf(envelope_of(Association.get()))
    except PrintError as problem:
        return refused(request, problem.message)
    return pdf_answer(data, "envelope-test-sheet.pdf")
