"""分ける: share one row out among purposes, people and fiscal years."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.allocating import confirm
from donations.matching.register import Person
from donations.models import Transaction
from donations.payment_rules import current_rules
from donations.row_state import refuse_unless_open
from donations.shares import PaymentRules, Share, digest, joint_shares
from donations.slips import slips_of
from donations.split_form import BaseShares, ShareFormSet, written
from donations.suggestions import RowSuggestions, Suggester, predicted_for
from donations.views.decisions import row_or_404, stands
from donations.views.desk_page import desk_address, number_in
from donations.views.payer import way_of
from privacy.errors import Refused

FEWEST_LINES = 3
LINES_MORE = 2
LIKELY_FROM = 0.1


@page(read=BOOKS_READ, write=BOOKS_WRITE, methods=("GET", "POST"))
def split(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """The lines as the program would share the row out; POST `more` adds lines, else it confirms."""
    row = row_or_404(transaction_id)
    rules = current_rules()
    if request.method != "POST":
        return _sheet(request, row, _empty(row, rules, number_in(request.GET.get("who"))))
    if "more" in request.POST:
        return _sheet(request, row, _lines(row, rules, data=_with_more_lines(request.POST)))
    formset = _lines(row, rules, data=request.POST)
    try:
        if row.open_yen and not formset.is_valid():
            return _sheet(request, row, formset, status=422)
        _confirm(request, row, formset)
    except Refused as problem:
        return _sheet(request, row, formset, problem=problem, status=422)
    way = way_of(request)
    return HttpResponseRedirect(
        desk_address(pile=str(way["pile"]), row=number_in(str(way["next"])), done=row.pk)
    )


def _confirm(request: SignedInRequest, row: Transaction, formset: BaseShares) -> None:
    """Confirm the shares; shares that stand already just so are no error."""
    if all(form.is_valid() for form in formset):
        shares = formset.shares()
        if stands(row, digest(transaction_id=row.pk, open_yen=row.allocated_yen, shares=shares)):
            return
    refuse_unless_open(row)
    confirm(
        transaction_id=row.pk,
        shares=formset.shares(),
        expected_open_yen=row.open_yen,
        predicted=predicted_for(row),
        at=timezone.now(),
        by=request.user.get_username(),
    )


def _empty(row: Transaction, rules: PaymentRules, who: int | None) -> BaseShares:
    """Lines prefilled with the best answer (or the supporter `who`), and empty ones for a second person."""
    shares: Sequence[Share] = ()
    names: dict[int | None, str] = {None: ""}
    if row.open_yen:
        suggester = Suggester()
        (answer,) = suggester.suggest([row])
        chosen = suggester.candidate(row, who) if who else None
        shares, people = (chosen.shares, [chosen.person]) if chosen else _likely(suggester, answer)
        names |= {person.id: written(person.number, person.name) for person in people}
    initial: list[dict[str, Any]] = [
        {
            "who": names[share.supporter_id],
            "purpose": share.purpose,
            "amount_yen": share.amount_yen,
            "fiscal_year": share.fiscal_year,
        }
        for share in shares
    ]
    while len(initial) < FEWEST_LINES:
        initial.append({"purpose": "donation"})
    return _lines(row, rules, initial=initial)


def _likely(suggester: Suggester, answer: RowSuggestions) -> tuple[Sequence[Share], Sequence[Person]]:
    """The best answer; where the line names several people, those of them who are on the list, in equal parts."""
    named = [one.person for one in answer.candidates if one.confidence >= LIKELY_FROM]
    if len(named) < 2 or all(ask.code != "joint" for ask in answer.asks):
        return answer.shares, answer.payers
    row = answer.transaction
    payers = [suggester.payer(person) for person in named]
    return joint_shares(amount_yen=row.open_yen, payers=payers, paid_on=row.booked_on, rules=suggester.rules), named


def _lines(row: Transaction, rules: PaymentRules, **given: Any) -> BaseShares:
    return cast("BaseShares", ShareFormSet(**given, form_kwargs={"row": row, "rules": rules}))


def _with_more_lines(posted: QueryDict) -> QueryDict:
    data = posted.copy()
    lines = number_in(posted.get("form-TOTAL_FORMS")) or FEWEST_LINES
    data["form-TOTAL_FORMS"] = str(lines + LINES_MORE)
    return data


def _sheet(
    request: SignedInRequest, row: Transaction, formset: BaseShares, *, problem: Refused | None = None, status: int = 200
) -> HttpResponse:
    adding = "more" in request.POST
    context = {
        "row": row,
        "formset": formset,
        "problem": problem,
        "way": way_of(request),
        "adding": adding,
        "may_write": bool(request.roles & BOOKS_WRITE),
        "slips": slips_of([row]).get(row.pk, ()),
        "candidates": Suggester().suggest([row])[0].candidates if row.open_yen else (),
    }
    return render(request, "donations/split.html", context, status=status)
