"""One account: its chain of files, and its months: open, closed, opened again."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.account_ledgers import account_ledger
from donations.calendar_months import month_words
from donations.closing import close_month, reopen_month
from donations.closing_forms import ReopenForm
from donations.models import BankStatement, MonthClosing
from donations.month_checks import month_states, months_of
from members.models import BankAccount
from privacy.errors import Refused

MONTHS_SHOWN = 12
closing_step = page(read=(), write=BOOKS_WRITE, methods=("POST",))


@page(read=BOOKS_READ)
def account(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The chain of one account, all its files, those undone, and its months, twelve on a page."""
    ledger = account_ledger(account_id)
    if ledger is None:
        raise Http404
    today = timezone.localdate()
    months = Paginator(months_of(ledger.tie.account, today=today), MONTHS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "ledger": ledger,
        "page": months,
        "states": month_states(ledger.tie.account, list(months.object_list), today=today),
        "undone": BankStatement.with_undone.filter(account=account_id, undone_at__isnull=False).order_by("-undone_at"),
    }
    return render(request, "donations/account.html", context)


@page(read=BOOKS_READ)
def month(request: SignedInRequest, account_id: int, year: int, month: int) -> HttpResponse:
    """One month: its figures, what is missing to close it, who closed and opened it."""
    return _month_page(request, get_object_or_404(BankAccount, pk=account_id), _first_day(year, month))


@closing_step
def close(request: SignedInRequest, account_id: int, year: int, month: int) -> HttpResponse:
    """締める: `said_whole` is the tick with which a person answers for days that no file shows whole."""
    first = _first_day(year, month)

    def closing() -> None:
        said_whole = request.POST.get("said_whole") == "on"
        close_month(
            account_id=account_id, month=first, said_whole=said_whole, at=timezone.now(), by=request.user.get_username()
        )

    done = _("%(month)sを締めました。この月の明細は、もう変えられません。")
    return _carry_out(request, account_id, first, closing, done=done, nothing_to_do="already_closed")


@closing_step
def reopen(request: SignedInRequest, account_id: int, year: int, month: int) -> HttpResponse:
    """開く, with a reason."""
    first = _first_day(year, month)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _month_page(request, get_object_or_404(BankAccount, pk=account_id), first, form=form, status=422)

    def opening() -> None:
        reason = form.cleaned_data["reason"]
        reopen_month(account_id=account_id, month=first, reason=reason, at=timezone.now(), by=request.user.get_username())

    done = _("%(month)sを開きました。直し終わったら、もう一度締めてください。")
    return _carry_out(request, account_id, first, opening, form=form, done=done, nothing_to_do="not_closed")


def _carry_out(
    request: SignedInRequest,
    account_id: int,
    month: date,
    action: Callable[[], None],
    *,
    form: ReopenForm | None = None,
    done: str,
    nothing_to_do: str,
) -> HttpResponse:
    """Do it and go back to the account; a second press finds it done already and goes there too."""
    owner = get_object_or_404(BankAccount, pk=account_id)
    try:
        action()
    except Refused as problem:
        if problem.code != nothing_to_do:
            return _month_page(request, owner, month, form=form, problem=problem, status=422)
        messages.info(request, problem.message)
    else:
        messages.success(request, done % {"month": month_words(month)})
    return redirect("donations:account", owner.pk)


def _first_day(year: int, month: int) -> date:
    if not (MINYEAR <= year < MAXYEAR and 1 <= month <= 12):
        raise Http404
    return date(year, month, 1)


def _month_page(
    request: SignedInRequest,
    owner: BankAccount,
    month: date,
    *,
    form: ReopenForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    (state,) = month_states(owner, [month], today=timezone.localdate())
    context = {
        "account": owner,
        "state": state,
        "form": form or ReopenForm(),
        "problem": problem,
        "may_write": bool(request.roles & BOOKS_WRITE),
        "opened": MonthClosing.objects.filter(account=owner, month=month, reopened_at__isnull=False).order_by("-pk"),
    }
    return render(request, "donations/month.html", context, status=status)
