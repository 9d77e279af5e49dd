"""Print runs: plan, make the file, and settle it when somebody has looked at the paper."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Association
from paper.errors import PrintError
from privacy.errors import Refused
from privacy.recording import record
from receipts.models import PrintState, Receipt, ReceiptPrintRun, ReceiptReissue
from receipts.receipt_pdf import Progress, receipts_pdf


def prints_folder() -> Path:
    """Where files wait for the printer: in the data directory, for our user only."""
    folder = Path(settings.DATA_DIR) / "prints"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def file_of(run: ReceiptPrintRun) -> Path:
    return prints_folder() / run.file_name


def plan_print_run(
    *, receipts: Sequence[Receipt], is_reissue: bool = False, at: datetime, by: str
) -> ReceiptPrintRun:
    """Plan one file of `receipts`. Raises `Refused` "nothing_to_print"."""
    if not receipts:
        raise Refused(_("印刷する領収書がありません。先に「領収書を発行する」を押してください。"), code="nothing_to_print")
    with transaction.atomic():
        run = ReceiptPrintRun.objects.create(
            created_at=at, created_by=by, total=len(receipts), is_reissue=is_reissue
        )
        run.receipts.set(receipts)
        record(action="receipts.print_planned", at=at, by=by, subject=run, count=len(receipts))
    return run


def render(
    receipts: Sequence[Receipt], *, are_reissues: bool = False, on_progress: Progress | None = None
) -> bytes:
    """The PDF of `receipts`; a reissue is marked with its latest date.

    Raises `Refused` with the code of the `paper.errors.PrintError` and the number of the receipt that failed.
    """
    association = Association.get()
    latest = ReceiptReissue.objects.filter(receipt__in=[one.pk for one in receipts]).order_by("nth")
    reissues = {one.receipt_id: one for one in latest} if are_reissues else {}
    try:
        return receipts_pdf(receipts, association=association, reissues=reissues, on_progress=on_progress)
    except PrintError as error:
        which = receipts[error.document].number if error.document is not None else ""
        raise Refused(f"{which} {error.message}".strip(), code=error.code) from error


def render_print_run(*, run: ReceiptPrintRun, at: datetime) -> ReceiptPrintRun:
    """Make the file of a planned run, saving the count of finished pages as it goes; a failure is kept in words."""
    rows = run.receipts.order_by("fiscal_year", "serial").select_related("replaces").prefetch_related("lines")

    def note_progress(done: int, total: int) -> None:  # noqa: ARG001
        ReceiptPrintRun.objects.filter(pk=run.pk).update(done=done)

    try:
        data = render(list(rows), are_reissues=run.is_reissue, on_progress=note_progress)
    except Refused as refused:
        run.state, run.problem = PrintState.FAILED, refused.message[:400]
        run.save(update_fields=["state", "problem"])
        return run
    run.file_name = f"receipts-{run.pk}.pdf"
    handle = os.open(file_of(run), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    run.state, run.done = PrintState.READY, run.total
    with transaction.atomic():
        run.save(update_fields=["state", "done", "file_name"])
        record(action="receipts.print_ready", at=at, by=run.created_by, subject=run, count=run.total)
    return run


def render_planned(*, at: datetime) -> int:
    """Make the files of all planned runs (the worker calls this); how many were made or failed."""
    planned = list(ReceiptPrintRun.objects.filter(state=PrintState.PLANNED).order_by("pk"))
    for run in planned:
        render_print_run(run=run, at=at)
    return len(planned)


def confirm_print_run(*, run: ReceiptPrintRun, at: datetime, by: str) -> int:
    """「印刷できましたか」はい: mark its receipts printed and remove the file; how many receipts."""
    with transaction.atomic():
        row = ReceiptPrintRun.objects.select_for_update().get(pk=run.pk)
        if row.state != PrintState.READY:
            raise Refused(_("この印刷はもう確かめてあります。"), code="print_run_settled")
        marked = mark_printed(receipts=list(row.receipts.all()), at=at, by=by)
        _settle(row, PrintState.CONFIRMED, at=at, by=by)
    file_of(row).unlink(missing_ok=True)
    return marked


def drop_print_run(*, run: ReceiptPrintRun, at: datetime, by: str) -> None:
    """「いいえ」: nothing is marked printed; the file is removed and the receipts wait for another run."""
    with transaction.atomic():
        row = ReceiptPrintRun.objects.select_for_update().get(pk=run.pk)
        if row.state in {PrintState.CONFIRMED, PrintState.DROPPED}:
            raise Refused(_("この印刷はもう確かめてあります。"), code="print_run_settled")
        _settle(row, PrintState.DROPPED, at=at, by=by)
    if row.file_name:
        file_of(row).unlink(missing_ok=True)


def mark_printed(*, receipts: Sequence[Receipt], at: datetime, by: str) -> int:
    """Say that the paper of these receipts came out right; how many were not marked before."""
    with transaction.atomic():
        unmarked = Receipt.objects.filter(pk__in=[one.pk for one in receipts], printed_at=None)
        marked = unmarked.update(printed_at=at)
        if marked:
            record(action="receipts.printed", at=at, by=by, subject=receipts[0], count=marked)
    return marked


def _settle(run: ReceiptPrintRun, state: PrintState, *, at: datetime, by: str) -> None:
    run.state, run.settled_at, run.settled_by = state, at, by
    run.save(update_fields=["state", "settled_at", "settled_by"])
    record(action=f"receipts.print_{state}", at=at, by=by, subject=run, count=run.total)
