"""覚えた払込人名: every name that matching knows, whose it is, and what a person decides about it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.views.desk_page import number_in
from donations.views.payer import MOST_FOUND, SearchForm
from members.editing_payer_names import allow_payer_name, forget_payer_name, reassign_payer_name
from members.models import PayerName, Supporter
from members.payer_name_list import (
    CHOICES,
    LEARNED,
    PayerEntry,
    chips,
    chosen_names,
    entries,
    entry_of,
    find_names,
)
from members.search import find_supporters
from privacy.errors import Refused
from privacy.national_ids import redact

NAMES_ON_A_PAGE = 50

decision = page(read=(), write=BOOKS_WRITE, methods=("POST",))


@page(read=BOOKS_READ)
def payer_names(request: SignedInRequest) -> HttpResponse:
    """The list; `?show=` one of the choices, `page=` of it. No name stands in an address."""
    wanted = request.GET.get("show", "")
    show = wanted if wanted in CHOICES else LEARNED
    rows = _page(chosen_names(show), request.GET.get("page"))
    context = {"page": rows, "entries": entries(list(rows)), "chips": chips(show), "query": f"show={show}&"}
    return render(request, "donations/payer_names.html", context)


@page(read=(), write=BOOKS_READ, methods=("POST",))
def search(request: SignedInRequest) -> HttpResponse:
    """Look for a spelling or a supporter, by POST, so that no name stands in an address."""
    form = SearchForm(request.POST)
    context: dict[str, object] = {"form": form, "searched": redact(request.POST.get("text", ""))}
    if not form.is_valid():
        context |= {"page": None, "entries": [], "searched": ""}
        return render(request, "donations/payer_names.html", context, status=422)
    rows = _page(find_names(form.cleaned_data["text"]), request.POST.get("page"))
    return render(request, "donations/payer_names.html", {**context, "page": rows, "entries": entries(list(rows))})


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def payer_name(request: SignedInRequest, name_id: int) -> HttpResponse:
    """One name; POST looks for supporters whose it may be, and keeps the ticks that were set."""
    return _draw(request, _entry_or_404(name_id))


@decision
def reassign(request: SignedInRequest, name_id: int) -> HttpResponse:
    """The name is of the ticked supporters from now on; with the button `nobody`, of no supporter."""
    nobody = "nobody" in request.POST
    chosen = [] if nobody else _ticked(request)

    def decide() -> int:
        if not nobody and not chosen:
            raise Refused(_("だれの名前か、1人に印を付けてください。連名のときは、全員に付けてください。"), code="nobody_chosen")
        moved = reassign_payer_name(
            name_id=name_id, supporters=chosen, at=timezone.now(), by=request.user.get_username()
        )
        return moved.pk

    said = _("この払込人名を、支援者ではない方の名前にしました。") if nobody else _("この払込人名がだれのものかを変えました。")
    return _decide(request, name_id, decide, said)


@decision
def allow(request: SignedInRequest, name_id: int) -> HttpResponse:
    """Use the name automatically (`use=yes`), or never."""
    may_decide = request.POST.get("use") == "yes"

    def decide() -> int:
        allow_payer_name(name_id=name_id, may_decide=may_decide, at=timezone.now(), by=request.user.get_username())
        return name_id

    said = _("これからは、自動の照合でも使います。") if may_decide else _("これからは、自動の照合では使いません。")
    return _decide(request, name_id, decide, said)


@decision
def forget(request: SignedInRequest, name_id: int) -> HttpResponse:
    """忘れる: the name is deleted for good."""

    def decide() -> None:
        forget_payer_name(name_id=name_id, at=timezone.now(), by=request.user.get_username())

    return _decide(request, name_id, decide, _("払込人名を消しました。次に同じ名前の入金があったら、もう一度、人が決めます。"))


def _decide(request: SignedInRequest, name_id: int, decide: Callable[[], int | None], said: str) -> HttpResponse:
    """Do it and show the name (or, where it is gone, the list); a refusal shows the name with what was typed."""
    try:
        shown = decide()
    except PayerName.DoesNotExist:
        raise Http404 from None
    except Refused as problem:
        return _draw(request, _entry_or_404(name_id), problem=problem)
    messages.success(request, said)
    where = reverse("donations:payer_name", args=[shown]) if shown else reverse("donations:payer_names")
    return HttpResponseRedirect(where)


def _draw(request: SignedInRequest, entry: PayerEntry, *, problem: Refused | None = None) -> HttpResponse:
    """The page of one name, with whom the search finds: ticked ones first, then those whose it is now."""
    form = SearchForm(request.POST if "text" in request.POST else None)
    found: list[Supporter] | None = None
    if form.is_valid():
        found = list(find_supporters(form.cleaned_data["text"]).order_by("reading", "pk")[: MOST_FOUND + 1])
    ticked = _ticked(request)
    offered = {one.pk: (one, True) for one in ticked}
    for one in (*entry.payers, *found[:MOST_FOUND]) if found else ():
        offered.setdefault(one.pk, (one, False))
    context = {
        "entry": entry,
        "form": form,
        "offered": list(offered.values()),
        "nothing_found": found == [],
        "too_many": bool(found) and len(found or ()) > MOST_FOUND,
        "problem": problem,
        "may_write": bool(request.roles & BOOKS_WRITE),
    }
    return render(request, "donations/payer_name.html", context, status=422 if problem or form.errors else 200)


def _ticked(request: SignedInRequest) -> list[Supporter]:
    ids = [pk for text in request.POST.getlist("who")[:MOST_FOUND] if (pk := number_in(text)) is not None]
    return list(Supporter.objects.filter(pk__in=ids).order_by("pk"))


def _entry_or_404(name_id: int) -> PayerEntry:
    try:
        return entry_of(name_id)
    except PayerName.DoesNotExist:
        raise Http404 from None


def _page(rows: "QuerySet[PayerName]", number: str | None) -> "Page[PayerName]":
    return Paginator(rows.select_related("supporter"), NAMES_ON_A_PAGE).get_page(number)
