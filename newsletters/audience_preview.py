"""Who would get a draft if it were frozen now: counts, reasons and how long it takes. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from newsletters.audience import plan, readers
from newsletters.models import COVERED, DeliveryChannel, DeliveryState, Newsletter, SuppressReason
from newsletters.throttle import expected_seconds


@dataclass(frozen=True, slots=True)
class AudiencePreview:
    """`reasons`: (why nothing is sent, how many people), without those who left. `seconds`: all mails together."""

    people: int
    mails: int
    letters: int
    covered: int
    left: int
    reasons: tuple[tuple[str, int], ...]
    seconds: float


def preview_audience(newsletter: Newsletter, *, on: date) -> AudiencePreview:
    """Count as `prepare` would on day `on`."""
    routes = plan(readers(newsletter.audience, on=on))
    own = Counter(one.channel for one in routes if one.state != DeliveryState.SUPPRESSED)
    why = Counter(SuppressReason(one.reason) for one in routes if one.state == DeliveryState.SUPPRESSED)
    mails = own[DeliveryChannel.EMAIL]
    return AudiencePreview(
        people=len(routes),
        mails=mails,
        letters=own[DeliveryChannel.PRINT],
        covered=sum(why[reason] for reason in COVERED),
        left=why[SuppressReason.LEFT],
        reasons=tuple(
            (str(reason.label), why[reason])
            for reason in SuppressReason
            if why[reason] and reason not in {*COVERED, SuppressReason.LEFT}
        ),
        seconds=expected_seconds(mails),
    )
