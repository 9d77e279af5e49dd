"""Write down that a supporter agreed to be on our list and to hear from us, or no longer does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import refuse_erased
from members.in_parts import BATCH
from members.models import Channel, Consent, Supporter
from privacy.errors import Refused
from privacy.recording import record

NO_RECORD = "(同意の記録なし)"


@dataclass(frozen=True, slots=True)
class NewConsent:
    """`supporter` agreed on `on`, by way of `source` (申込書, 電話 …)."""

    supporter: Supporter
    on: date
    source: str


def give_consent(
    *, supporter: Supporter, on: date, source: str, channel: Channel | None = None, at: datetime, by: str
) -> Consent:
    """Record a consent of day `on`; with `channel` also how the supporter wants to be reached.

    Recording the same consent again changes nothing. Raises `Refused`: "future_day"; "consent_exists" (a live one
    of another day); "erased"; "consent_before_withdrawal" (`on` is not after the day it was last taken back).
    """
    refuse_erased(supporter)
    live = supporter.consents.filter(withdrawn_on=None).first()
    if live is not None and live.given_on == on:
        return live
    if live is not None:
        raise Refused(
            _("%(day)sの同意がもう記録されています。") % {"day": live.given_on}, code="consent_exists", column=_("同意した日")
        )
    taken_back = supporter.consents.order_by("-withdrawn_on").first()
    if taken_back is not None and on < (taken_back.withdrawn_on or on):
        raise Refused(
            _("%(day)sに「送らないでほしい」と聞いています。それより前の同意は記録できません。新しく同意をもらった日を書いてください。")
            % {"day": taken_back.withdrawn_on},
            code="consent_before_withdrawal",
            column=_("同意した日"),
        )
    with transaction.atomic():
        (consent,) = give_consents(new=[NewConsent(supporter, on, source)], at=at, by=by)
        changed = _reach_by(supporter, channel)
        record(action="members.consent_given", at=at, by=by, subject=supporter, changed=["consent", *changed])
    return consent


def give_consents(*, new: Sequence[NewConsent], at: datetime, by: str) -> list[Consent]:  # noqa: ARG001
    """Add consents of supporters who have none that is live, inside the caller's transaction and audit event.

    Raises `Refused` with code "future_day".
    """
    today = timezone.localdate(at)
    for one in new:
        if one.on > today:
            raise Refused(
                _("同意した日が未来の日付です。今日までの日付を書いてください。"), code="future_day", column=_("同意した日")
            )
    rows = [Consent(supporter=one.supporter, given_on=one.on, source=one.source or NO_RECORD) for one in new]
    return Consent.objects.bulk_create(rows, batch_size=BATCH)


def withdraw_consent(*, supporter: Supporter, on: date, source: str, at: datetime, by: str) -> Consent:
    """Record that the supporter wants nothing sent from day `on`: the consent ends and the channel becomes NONE.

    Where no consent was on record, a row that was never live keeps the day, so that no later import undoes it.
    Doing it again changes nothing. Raises `Refused` with code "withdrawn_before_given" or "future_day".
    """
    if on > timezone.localdate(at):
        raise Refused(_("未来の日付です。今日までの日付を書いてください。"), code="future_day", column=_("取り消した日"))
    live = supporter.consents.filter(withdrawn_on=None).first()
    if live is None and supporter.channel == Channel.NONE and (last := _last_withdrawn(supporter)):
        return last
    if live is not None and on < live.given_on:
        raise Refused(
            _("同意した日(%(day)s)より前の日付です。日付を確かめてください。") % {"day": live.given_on},
            code="withdrawn_before_given",
            column=_("取り消した日"),
        )
    consent = live or Consent(supporter=supporter, given_on=on, source=NO_RECORD)
    consent.withdrawn_on, consent.withdrawn_source = on, source
    with transaction.atomic():
        consent.save()
        changed = _reach_by(supporter, Channel.NONE)
        record(action="members.consent_withdrawn", at=at, by=by, subject=supporter, changed=["consent", *changed])
    return consent


def _last_withdrawn(supporter: Supporter) -> Consent | None:
    return supporter.consents.exclude(withdrawn_on=None).order_by("-withdrawn_on").first()


def _reach_by(supporter: Supporter, channel: Channel | None) -> list[str]:
    if channel is None or supporter.channel == channel:
        return []
    supporter.channel = channel
    supporter.save(update_fields=["channel"])
    return ["channel"]
