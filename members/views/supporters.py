"""支援者一覧: who they are, who has paid, how to reach them; no amounts."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.pages import SignedInRequest, page
from accounts.roles import PEOPLE_READ, PEOPLE_WRITE
from members.models import Supporter
from members.search import find_supporters
from members.supporter_list import chip_groups, choices_in, chosen_supporters, current_fiscal_year, query_of
from privacy.national_ids import redact

PAGE_SIZE = 50


@page(read=PEOPLE_READ)
def supporters(request: SignedInRequest) -> HttpResponse:
    """Everybody who fits the choices in the address; the choices hold no names."""
    choices = choices_in(request.GET)
    year = current_fiscal_year(timezone.localdate())
    chosen = chosen_supporters(Supporter.objects.all(), choices, fiscal_year=year)
    return _list(
        request,
        Paginator(_for_list(chosen, year), PAGE_SIZE).get_page(request.GET.get("page")),
        {"groups": chip_groups(Supporter.objects.all(), choices, fiscal_year=year), "query": query_of(choices)},
        year,
    )


@page(read=(), write=PEOPLE_READ, methods=("POST",))
def search(request: SignedInRequest) -> HttpResponse:
    """Look for a name, number, phone or mail in every state. A POST, so that no name stands in an address.

    The words come back in the field, but never a number of a person.
    """
    text = request.POST.get("q", "")
    year = current_fiscal_year(timezone.localdate())
    found = Paginator(_for_list(find_supporters(text), year), PAGE_SIZE).get_page(request.POST.get("page"))
    return _list(request, found, {"searched": redact(text)}, year)


def _for_list(chosen: "QuerySet[Supporter]", year: int) -> "QuerySet[Supporter]":
    rows = Supporter.objects.filter(pk__in=chosen.values("pk"))
    return rows.with_units(year).with_paid_until().in_reading_order()


def _list(
    request: SignedInRequest, rows: "Page[Supporter]", context: dict[str, object], year: int
) -> HttpResponse:
    facts = {"page": rows, "fiscal_year": year, "may_write": bool(request.roles & PEOPLE_WRITE)}
    return render(request, "members/supporters.html", {**facts, **context})
