"""取り込みの取り消し: what hangs on an import, or what would be undone; then undo it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.import_traces import traces
from donations.models import BankStatement
from donations.undoing_import import ImportInUse, undo_import
from privacy.errors import Refused


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def undo(request: SignedInRequest, statement_id: int) -> HttpResponse:
    """GET says what would happen; POST does it and leads back to the account."""
    statement = get_object_or_404(BankStatement.with_undone.select_related("account"), pk=statement_id)
    if statement.undone_at is not None:
        return redirect("donations:statement", statement.pk)
    if request.method != "POST":
        return _page(request, statement)
    try:
        done = undo_import(statement_id=statement.pk, at=timezone.now(), by=request.user.get_username())
    except ImportInUse as problem:
        return _page(request, statement, problem=problem, status=422)
    except Refused as problem:
        messages.info(request, problem.message)
    else:
        text = _("取り込みを取り消しました。%(count)d行は、もう数えません。同じファイルを、もう一度取り込めます。")
        messages.success(request, text % {"count": done.rows})
    return redirect("donations:account", statement.account_id)


def _page(
    request: SignedInRequest, statement: BankStatement, *, problem: ImportInUse | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "statement": statement,
        "traces": problem.traces if problem else traces(statement),
        "was_refused": problem is not None,
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/undo_import.html", context, status=status)
