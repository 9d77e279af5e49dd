"""今日すること: what waits for a decision, each with one button."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, EVERYONE, LETTERS_READ
from donations.totals import balance
from members.fiscal_year import fiscal_year_of
from members.models import Association, Supporter
from office.months import last_months
from office.today import backup_age, tasks
from privacy.models import Sweep


@page(read=EVERYONE)
def home(request: SignedInRequest) -> HttpResponse:
    """Amounts only for those who keep or check the books; never an amount of one person."""
    today = timezone.localdate()
    association = Association.objects.current()
    sweep = Sweep.objects.exclude(finished_at=None).order_by("-finished_at").first()
    context: dict[str, Any] = {
        "association": association,
        "today": today,
        "tasks": tasks(roles=request.roles, association=association, sweep=sweep, today=today),
        "backup_age": backup_age(today),
        "sweep": sweep,
    }
    if association is not None and request.roles & BOOKS_READ:
        context |= {"balance": balance(), "months": last_months(today)}
    if association is not None and request.roles & LETTERS_READ:
        context["paid"] = _paid_and_unpaid(association, today)
    return render(request, "office/home.html", context)


def _paid_and_unpaid(association: Association, today: date) -> dict[str, int]:
    """How many active supporters have paid for this fiscal year: numbers of people, no yen."""
    fiscal_year = fiscal_year_of(today, start_month=association.fiscal_year_start_month)
    people = Supporter.objects.active().with_units(fiscal_year)
    active, paid = people.count(), people.filter(units__gt=0).count()  # type: ignore[misc]
    return {"fiscal_year": fiscal_year, "active": active, "paid": paid, "unpaid": active - paid}
