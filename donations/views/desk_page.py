"""Draw the desk, as it is or with a refusal on it; used by the page itself and by every decision made on it."""

from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.pages import SignedInRequest
from accounts.roles import BOOKS_WRITE
from donations.desk import ROWS_ON_A_PAGE, Desk, Waiting, desk, rows_to_show
from donations.done_today import batches_on, confirmed_on, just_done, reversals_on, set_aside_on
from donations.error_budget import errors_in_words
from donations.matching.suggestions import Pile
from donations.models import ReconcileBatch, Transaction
from donations.set_asides import held_now
from donations.setting_aside import CHOOSABLE
from donations.suggestions import RowSuggestions, Suggester
from donations.views.error_limit import limit_of, slider
from donations.withdrawals import Withdrawal
from privacy.errors import Refused

DONE = "done"
ASIDE = "aside"
PILES = (*Pile, ASIDE, DONE)
LOOK_AGAIN_KEY = "reconcile_look_again"
SHOWN_SALT = "donations.reconcile.shown"
SHOWN_FOR_SECONDS = 8 * 60 * 60


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What the page shall show besides what waits: the open pile and row, a refusal, and what was typed.

    `receipted_row`: the row whose receipt is the reason of a refusal "receipted".
    """

    pile: str = ""
    row: int | None = None
    number: str | None = None
    who: int | None = None
    problem: Refused | None = None
    receipted_row: int | None = None
    typed: dict[str, str] = field(default_factory=dict)


def number_in(text: str | None) -> int | None:
    """A row number out of an address or a form; None where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def desk_address(*, pile: str = "", row: int | None = None, **more: int | None) -> str:
    """The address of the desk with this pile and row open; numbers only, never a name."""
    query = {"pile": pile, "row": row, **more}
    given = {key: value for key, value in query.items() if value}
    anchor = f"#row-{row}" if row else ""
    return f"{reverse('donations:reconcile')}{'?' if given else ''}{urlencode(given)}{anchor}"


def look_again_of(request: SignedInRequest) -> frozenset[int]:
    """The rows that changed under this person's eyes and have not been decided since."""
    return frozenset(request.session.get(LOOK_AGAIN_KEY, ()))


def draw_desk(request: SignedInRequest, shown: OnDesk, *, status: int = 200) -> HttpResponse:
    """The whole page."""
    limit = limit_of(request)
    held = shown.row if shown.pile == Pile.LIKELY else None
    found = desk(look_again_of(request), one_by_one=held, limit_errors=limit)
    pile = _pile(found, shown)
    context: dict[str, Any] = {
        "desk": found,
        "tabs": _tabs(found, pile),
        "pile": pile,
        "problem": shown.problem,
        "receipted_row": shown.receipted_row if shown.problem and shown.problem.code == "receipted" else None,
        "may_write": bool(request.roles & BOOKS_WRITE),
        "query": f"pile={pile}&",
        "done_row": _done_row(request),
        "undone": _undone_row(request),
        "done_batch": _done_batch(request),
        "errors_in_words": errors_in_words(found.expected_errors),
        "slider": slider(found.highest_errors, limit),
    }
    if pile == DONE:
        context |= _done(shown.number)
    elif pile == ASIDE:
        context |= _aside(shown.number)
    else:
        context |= _rows(found, Pile(pile), shown)
    return render(request, "donations/reconcile.html", context, status=status)


def _pile(found: Desk, shown: OnDesk) -> str:
    """The pile asked for; else that of the row asked for; else the first that holds anything."""
    if shown.row and (holding := found.pile_of(shown.row)):
        return holding.value
    if shown.pile in PILES:
        return str(shown.pile)
    return next((pile.value for pile in Pile if found.piles[pile]), Pile.CERTAIN.value)


def _tabs(found: Desk, current: str) -> list[dict[str, Any]]:
    counts = [(pile.value, len(found.piles[pile])) for pile in Pile]
    counts.append((ASIDE, held_now().count()))
    counts.append((DONE, confirmed_on(timezone.localdate()).count()))
    return [{"pile": pile, "count": count, "is_current": pile == current} for pile, count in counts]


def _rows(found: Desk, pile: Pile, shown: OnDesk) -> dict[str, Any]:
    waiting = found.piles[pile]
    paginator = Paginator(waiting, ROWS_ON_A_PAGE)
    place = next((n for n, row in enumerate(waiting) if row.transaction_id == shown.row), None)
    page = paginator.get_page(place // ROWS_ON_A_PAGE + 1 if place is not None else shown.number)
    rows = rows_to_show(list(page.object_list), found.suggester)
    context: dict[str, Any] = {"page": page, "rows": rows}
    if pile is Pile.CERTAIN:
        return context | {"all_shown": _sealed(waiting) if paginator.num_pages > 1 else ""}
    ids = [row.transaction.pk for row in rows]
    open_id = shown.row if shown.row in ids else next(iter(ids), None)
    context["open_id"] = open_id
    context["next_id"] = _next(waiting, open_id)
    context["reasons"] = CHOOSABLE
    context["typed"] = shown.typed
    opened = next((row for row in rows if row.transaction.pk == open_id), None)
    return context | _choice(opened, pile, shown.who)


def _next(waiting: list[Waiting], open_id: int | None) -> int | None:
    """The row after the open one; after the last one the first, where that is another."""
    ids = [row.transaction_id for row in waiting]
    if open_id not in ids or len(ids) < 2:
        return None
    return ids[(ids.index(open_id) + 1) % len(ids)]


def _choice(opened: RowSuggestions | Withdrawal | None, pile: Pile, who: int | None) -> dict[str, Any]:
    """Which candidate is ticked: the one the person just registered, else the best of a likely row, else nobody.

    A registered person who is no candidate is added as `chosen`.
    """
    if not isinstance(opened, RowSuggestions):
        return {}
    known = [one.person.id for one in opened.candidates]
    if who is not None and (who in known or (chosen := Suggester().candidate(opened.transaction, who))):
        return {"chosen_id": who, "chosen": None if who in known else chosen}
    return {"chosen_id": known[0] if known and pile is Pile.LIKELY else None}


def _sealed(waiting: list[Waiting]) -> str:
    """The whole pile as it is shown now, so that one press confirms what the person could page through."""
    return signing.dumps([[row.transaction_id, row.digest] for row in waiting], salt=SHOWN_SALT, compress=True)


def _aside(number: str | None) -> dict[str, Any]:
    held = held_now()
    return {
        "page": Paginator(held, ROWS_ON_A_PAGE).get_page(number),
        "aside_yen": held.aggregate(yen=Sum("amount_yen"))["yen"] or 0,
    }


def _done(number: str | None) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "page": Paginator(confirmed_on(today), ROWS_ON_A_PAGE).get_page(number),
        "batches": batches_on(today),
        "held": set_aside_on(today),
        "reversals": reversals_on(today),
    }


def _done_row(request: SignedInRequest) -> object:
    wanted = number_in(request.GET.get("done"))
    return just_done(wanted) if wanted else None


def _undone_row(request: SignedInRequest) -> Transaction | None:
    wanted = number_in(request.GET.get("undone"))
    return Transaction.objects.filter(pk=wanted).first() if wanted else None


def _done_batch(request: SignedInRequest) -> ReconcileBatch | None:
    wanted = number_in(request.GET.get("batch"))
    return batches_on(timezone.localdate()).filter(pk=wanted).first() if wanted else None
