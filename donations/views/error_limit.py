"""The limit of expected errors on the desk: a slider for this sitting, and the group's own rule."""

from dataclasses import dataclass
from math import ceil, isfinite

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_WRITE
from members.models import Association
from members.setting_up import change_association

LIMIT_KEY = "reconcile_limit"
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
MOST_STOPS = 20


@dataclass(frozen=True, slots=True)
class Slider:
    """A range from 0 to `most` (no row is left out) in stops of `step`, standing at `value`; written for HTML."""

    most: str
    step: str
    value: str


def slider(highest: float, limit: float | None) -> Slider:
    """A slider whose far end lets every row in; `highest` errors are to be expected then.

    >>> slider(0.31, None)
    Slider(most='0.32', step='0.02', value='0.32')
    >>> slider(0.31, 0.1).value
    '0.1'
    """
    step = next((one for one in STEPS if highest <= one * MOST_STOPS), STEPS[-1])
    most = max(1, ceil(highest / step)) * step
    return Slider(_plain(most), _plain(step), _plain(most if limit is None else min(limit, most)))


def limit_of(request: SignedInRequest) -> float | None:
    """The limit of this sitting; else that of 会の設定; None: no limit."""
    if LIMIT_KEY in request.session:
        kept: float | None = request.session[LIMIT_KEY]
        return kept
    association = Association.objects.current()
    return association.auto_error_limit if association else None


@page(read=(), write=BOOKS_WRITE, methods=("POST",))
def set_limit(request: SignedInRequest) -> HttpResponse:
    """Keep the limit for this sitting; with the button `always` for everybody, also for `reconcile --auto`.

    The slider (`slide`) counts where it was moved from `was`, else the number that was typed (`limit`).
    """
    given = request.POST
    moved = given.get("slide") not in (None, given.get("was"))
    typed = _number(given.get("slide" if moved else "limit"))
    if typed is None:
        messages.error(request, _("上限は、0.5 のように0以上の数で書いてください。上限は変えていません。"))
    else:
        most = _number(given.get("most"))
        limit = None if most is not None and typed >= most else typed
        request.session[LIMIT_KEY] = limit
        if "always" in given:
            change_association(
                changes={"auto_error_limit": limit}, at=timezone.now(), by=request.user.get_username()
            )
            messages.success(request, _always(limit))
    return HttpResponseRedirect(f"{reverse('donations:reconcile')}?pile=certain")


def _always(limit: float | None) -> str:
    if limit is None:
        return _("これからは、誤りの見込みに上限を付けません。")
    return _("これからは、誤りの見込みが%(limit)s件までのものだけを、まとめて確定します。") % {"limit": _plain(limit)}


def _number(text: str | None) -> float | None:
    """A number of 0 or more; None for anything else."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) and number >= 0 else None


def _plain(number: float) -> str:
    """At most three decimals, no zeros at the end.

    >>> _plain(0.30000000000000004), _plain(2.0)
    ('0.3', '2')
    """
    return f"{number:.3f}".rstrip("0").rstrip(".")
