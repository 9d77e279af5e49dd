"""Erase who a supporter is; what the books need stays under the supporter's number (個人情報保護法 35条, read 2026-11-23)."""

from datetime import datetime

from django.utils import timezone

from members.editing_payer_names import forget_names_of
from members.models import Channel, Supporter, SupporterState

ERASED_NAME = "(消去した支援者)"
BLANKED = ("reading", "contact_name", "postal_code", "prefecture", "address", "email", "phone", "note", "legacy_number")


def erase_person(*, supporter: Supporter, at: datetime, by: str) -> None:
    """Overwrite name, reading, address, contacts and note, forget payer names, consents and household.

    Inside the caller's transaction, which records it. Kept: number, key, kind, days of registration and of leaving,
    and the terms (years and 口), by which the books still add up.
    """
    forget_names_of(supporter=supporter, at=at, by=by)
    supporter.consents.all().delete()
    household = supporter.household
    supporter.name = ERASED_NAME
    for name in BLANKED:
        setattr(supporter, name, "")
    supporter.household = None
    supporter.channel, supporter.wants_receipt = Channel.NONE, False
    supporter.state = SupporterState.LEFT
    supporter.left_on = supporter.left_on or timezone.localdate(at)
    supporter.erased_at = at
    supporter.save()
    if household is not None and not household.supporters.exists():
        household.delete()
