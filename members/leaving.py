"""A supporter leaves, pauses, or comes back. Names and payments stay on record."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import refuse_erased
from members.models import Supporter, SupporterState
from privacy.errors import Refused
from privacy.recording import record


def leave(*, supporter: Supporter, on: date, at: datetime, by: str) -> None:
    """退会 on day `on`. Leaving twice changes nothing. Raises `Refused` with code "future_day"."""
    if on > timezone.localdate(at):
        raise Refused(_("退会した日が未来の日付です。今日までの日付を書いてください。"), code="future_day", column=_("退会した日"))
    if supporter.state == SupporterState.LEFT:
        return
    _become(supporter, SupporterState.LEFT, left_on=on, action="members.supporter_left", at=at, by=by)


def lapse(*, supporter: Supporter, at: datetime, by: str) -> None:
    """休止: still known, not counted as active. Raises `Refused` with code "has_left" for one who left."""
    if supporter.state == SupporterState.LEFT:
        raise Refused(_("この支援者は退会しています。休止にする前に「賛同中に戻す」を押してください。"), code="has_left")
    if supporter.state == SupporterState.ACTIVE:
        _become(supporter, SupporterState.LAPSED, left_on=None, action="members.supporter_lapsed", at=at, by=by)


def return_(*, supporter: Supporter, at: datetime, by: str) -> None:
    """Be active again. Consent is not given by this. Raises `Refused` with code "erased" for one who was erased."""
    if supporter.state != SupporterState.ACTIVE:
        _become(supporter, SupporterState.ACTIVE, left_on=None, action="members.supporter_returned", at=at, by=by)


def _become(
    supporter: Supporter, state: SupporterState, *, left_on: date | None, action: str, at: datetime, by: str
) -> None:
    refuse_erased(supporter)
    supporter.state, supporter.left_on = state, left_on
    with transaction.atomic():
        supporter.save(update_fields=["state", "left_on"])
        record(action=action, at=at, by=by, subject=supporter, changed=["state", "left_on"])
