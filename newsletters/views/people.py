"""Each person of a newsletter with what became of their letter, and who was not reached and why."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import LETTERS_READ, LETTERS_WRITE
from members.search import find_supporters
from newsletters.groups import GROUP_BY_KEY, GROUPS, Decision, Group, not_reached_names
from newsletters.models import Delivery, Newsletter, NewsletterState
from newsletters.resuming import take_back_stop
from newsletters.settling import call_accepted, leave_alone, send_again, send_on_paper
from newsletters.tally import tally_of
from newsletters.unsubscribing import Stopped, stop_by_telephone
from privacy.errors import Refused
from privacy.national_ids import redact

PAGE_SIZE = 50
MOST_FOUND = 200  # a search has no second page
LONGEST_SEARCH = 60
KEPT = "newsletters.people"  # in the session, until the list is shown again: no name in an address
SALT = "newsletters.stopped"
ACTIONS: Mapping[str, Callable[..., int]] = {
    Decision.AGAIN: send_again,
    Decision.ARRIVED: call_accepted,
    Decision.PAPER: send_on_paper,
    Decision.LEAVE: leave_alone,
}


@page(read=LETTERS_READ, write=LETTERS_WRITE, methods=("GET", "POST"))
def people(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """Everybody on the frozen list, or one group of them (`?group=`). POST only searches: a name never stands in an
    address.
    """
    found = _prepared(newsletter_id)
    if request.method == "POST":
        return _list(request, found, None, words=_words(request))
    kept = request.session.pop(KEPT, {})
    group = GROUP_BY_KEY.get(request.GET.get("group", ""))
    return _list(request, found, group, words=kept.get("words", ""), undo=kept.get("undo"))


@page(read=LETTERS_READ, write=LETTERS_WRITE)
def not_reached(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """だれに届かなかったか: the groups that were not reached, why, and the next step."""
    found = _prepared(newsletter_id)
    members = not_reached_names(found)
    context = {
        "newsletter": found,
        "tally": tally_of(found),
        "groups": [
            (group, names[:PAGE_SIZE], len(names), len(names) - PAGE_SIZE)
            for group in GROUPS
            if (names := members.get(group.key))
        ],
        "may_write": bool(request.roles & LETTERS_WRITE),
    }
    return render(request, "newsletters/not_reached.html", context)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def decide(request: SignedInRequest, newsletter_id: int) -> HttpResponse:
    """One of the four decisions about the ticked people."""
    found = _prepared(newsletter_id)
    chosen = [int(one) for one in request.POST.getlist("delivery") if one.isdecimal() and len(one) < 19]
    action = ACTIONS.get(request.POST.get("do", ""))
    group = GROUP_BY_KEY.get(request.POST.get("group", ""))
    if action is None or not chosen:
        problem = Refused(_("だれも選ばれていません。名前の左に印を付けてから、ボタンを押してください。"), code="nobody_chosen")
        return _list(request, found, group, problem=problem, status=422)
    try:
        count = action(newsletter=found, deliveries=chosen, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _list(request, found, group, problem=problem, status=422)
    messages.success(request, _("%(count)d人について、決めたとおりにしました。") % {"count": count})
    return HttpResponseRedirect(reverse("newsletters:not_reached", args=[found.pk]))


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def stop(request: SignedInRequest, newsletter_id: int, delivery_id: int) -> HttpResponse:
    """電話などで「送らないで」と言われた: one click."""
    row = get_object_or_404(Delivery.objects.select_related("supporter"), pk=delivery_id, newsletter_id=newsletter_id)
    at, undo = timezone.now(), None
    try:
        stopped = stop_by_telephone(supporter=row.supporter, at=at, by=request.user.get_username())
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(
            request,
            _("%(name)sさんに、これから通信を送りません。会員のままで、領収書は送れます。")
            % {"name": row.supporter.name},
        )
        if stopped:
            token = signing.dumps({**asdict(stopped), "delivery": row.pk, "at": at.isoformat()}, salt=SALT)
            undo = {"token": token, "delivery": row.pk, "name": row.supporter.name}
    return _same_place(request, newsletter_id, undo)


@page(read=LETTERS_WRITE, write=LETTERS_WRITE, methods=("POST",))
def resume(request: SignedInRequest, newsletter_id: int, delivery_id: int) -> HttpResponse:
    """The click of `stop` was a mistake: everything as it was before."""
    row = get_object_or_404(Delivery.objects.select_related("supporter"), pk=delivery_id, newsletter_id=newsletter_id)
    try:
        said = signing.loads(request.POST.get("token", ""), salt=SALT)
    except signing.BadSignature:
        said = {}
    if said.pop("delivery", None) != row.pk:
        messages.error(request, _("元に戻せませんでした。支援者のページで、同意を確かめてください。"))
        return _same_place(request, newsletter_id, None)
    stopped_at = datetime.fromisoformat(said.pop("at"))
    try:
        take_back_stop(
            supporter=row.supporter,
            stopped=Stopped(**said),
            stopped_at=stopped_at,
            at=timezone.now(),
            by=request.user.get_username(),
        )
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("%(name)sさんの同意と送りかたを、押す前に戻しました。") % {"name": row.supporter.name})
    return _same_place(request, newsletter_id, None)


def _same_place(request: SignedInRequest, newsletter_id: int, undo: dict[str, Any] | None) -> HttpResponse:
    """Back to the group, the page and the search that the button stood in."""
    words = _words(request)
    if words or undo:
        request.session[KEPT] = {"words": words, "undo": undo}
    group, number = request.POST.get("group", ""), request.POST.get("page", "")
    where = [f"group={group}"] if group in GROUP_BY_KEY else []
    where += [f"page={number}"] if number.isdecimal() and number != "1" else []
    address = reverse("newsletters:people", args=[newsletter_id])
    return HttpResponseRedirect(f"{address}?{'&'.join(where)}" if where else address)


def _prepared(newsletter_id: int) -> Newsletter:
    return get_object_or_404(Newsletter.objects.exclude(state=NewsletterState.DRAFT), pk=newsletter_id)


def _words(request: SignedInRequest) -> str:
    """What is searched for; a number of a person is not, for the words come back and wait in the session."""
    return redact(request.POST.get("words", "").strip()[:LONGEST_SEARCH])


def _list(
    request: SignedInRequest,
    found: Newsletter,
    group: Group | None,
    *,
    words: str = "",
    undo: dict[str, Any] | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Delivery.objects.filter(newsletter=found)
    if group:
        rows = rows.filter(group.condition)
    if words:
        rows = rows.filter(supporter__in=find_supporters(words).values("pk"))
    rows = rows.select_related("supporter", "covered_by__supporter").order_by("supporter__number", "pk")
    context = {
        "newsletter": found,
        "group": group,
        "words": words,
        "undo": undo,
        "page": Paginator(rows, MOST_FOUND if words else PAGE_SIZE).get_page(request.GET.get("page")),
        "query": f"group={group.key}&" if group else "",
        "problem": problem,
        "decisions": [one.value for one in group.decisions] if group else [],
        "may_write": bool(request.roles & LETTERS_WRITE),
    }
    return render(request, "newsletters/people.html", context, status=status)
