"""How many mails may go out now. The count is read from the ledger, so that a restart does not forget it."""

from datetime import datetime, timedelta

from django.conf import settings

from newsletters.models import Delivery

HOUR = timedelta(hours=1)
CAUTIOUS_SECONDS_PER_MAIL = 0.5


def allowance(at: datetime) -> tuple[int | None, datetime | None]:
    """(how many mails may be handed over now, when the next one may where it is none).

    (None, None) where the installation set no limit (`HITOKUCHI_MAIL_PER_HOUR`, mails in any 60 minutes).
    """
    limit = per_hour()
    if not limit:
        return None, None
    recent = Delivery.objects.filter(claimed_at__gt=at - HOUR).order_by("-claimed_at")
    moments = [moment for moment in recent.values_list("claimed_at", flat=True)[:limit] if moment]
    if len(moments) < limit:
        return limit - len(moments), None
    return 0, moments[-1] + HOUR


def expected_seconds(mails: int) -> float:
    """How long so many mails take: by the limit where there is one, else half a second each."""
    limit = per_hour()
    return mails * 3600 / limit if limit else mails * CAUTIOUS_SECONDS_PER_MAIL


def per_hour() -> int:
    """The limit of the group's mail server, in mails an hour; 0 where none was set."""
    return int(settings.MAIL_PER_HOUR)
