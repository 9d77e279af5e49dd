"""予想と結果: how often the program said it was sure, and how often it was wrong all the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ
from donations.calibration_picture import Pair, draw
from donations.error_budget import errors_in_words
from donations.predictions import BOUNDS, ENOUGH, Bin, Month, calibration_table, own_record

MONTHS_ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class ShownBin:
    """A bin of a month with its words."""

    words: str
    counts: Bin

    @property
    def predicted(self) -> str:
        return errors_in_words(self.counts.predicted_errors)


@page(read=BOOKS_READ)
def calibration(request: SignedInRequest) -> HttpResponse:
    """Twelve months: a picture, the same as a table, and each month's certainties in sentences."""
    months = Paginator(calibration_table(), MONTHS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown: list[Month] = list(months)
    record = own_record()
    context = {
        "page": months,
        "months": [(month, [ShownBin(in_words(one.least), one) for one in month.bins]) for month in shown],
        "picture": draw(_pairs(shown[::-1])),
        "record": record,
        "enough": ENOUGH,
        "still": max(0, ENOUGH - record.decided),
    }
    return render(request, "donations/calibration.html", context)


def in_words(least: float) -> str:
    """How sure the rows of a bin were, said as the desk says it.

    >>> in_words(0.999), in_words(0.99), in_words(0.0)
    ('確からしさ99.9%以上', '確からしさ99%以上99.9%未満', '確からしさ50%未満')
    """
    above = next((bound for bound in BOUNDS if bound > least), None)
    if above is None:
        return _("確からしさ%(least)s%%以上") % {"least": _percent(least)}
    if not least:
        return _("確からしさ%(above)s%%未満") % {"above": _percent(above)}
    return _("確からしさ%(least)s%%以上%(above)s%%未満") % {"least": _percent(least), "above": _percent(above)}


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0")


def _pairs(months: Sequence[Month]) -> list[Pair]:
    """For the picture; the year stands where it begins."""
    years = [0, *(month.month.year for month in months)]
    return [
        Pair(f"{one.month.month}月", f"{one.month.year}年" if one.month.year != before else "", one.predicted_errors, one.seen_errors)
        for one, before in zip(months, years, strict=False)
    ]
