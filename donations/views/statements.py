"""銀行の明細: the files of each account, and one file with its rows."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.account_ledgers import account_ledgers
from donations.bankfiles.errors import BankFileError
from donations.models import BankStatement, Transaction
from donations.statement_forms import UploadForm
from privacy.errors import Refused

ROWS_SHOWN = 50


@page(read=BOOKS_READ, write=BOOKS_WRITE)
def statements(request: SignedInRequest) -> HttpResponse:
    """Every account with its files, its balance beside the bank's, and the upload form."""
    return overview(request, UploadForm())


@page(read=BOOKS_READ)
def statement(request: SignedInRequest, statement_id: int) -> HttpResponse:
    """One imported file and the rows that came with it; also one whose import was undone."""
    found = get_object_or_404(BankStatement.with_undone.select_related("account"), pk=statement_id)
    rows = Transaction.with_undone.filter(statement=found).with_open_yen().order_by("position")
    return render(
        request,
        "donations/statement.html",
        {
            "statement": found,
            "page": Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page")),
            "may_undo": bool(request.roles & BOOKS_WRITE) and found.undone_at is None,
        },
    )


def overview(
    request: SignedInRequest, form: UploadForm, *, problem: Refused | BankFileError | None = None, status: int = 200
) -> HttpResponse:
    """The list page; `form` and `problem` come back from an upload that went no further."""
    context = {
        "form": form,
        "problem": problem,
        "ledgers": account_ledgers(),
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/statements.html", context, status=status)
