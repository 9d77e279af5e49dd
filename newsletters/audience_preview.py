"""Who would get a draft if it were frozen now: counts, reasons and how long it takes. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from members.in_parts import in_parts
from members.models import Supporter
from newsletters.audience import Route, plan, readers
from newsletters.models import COVERED, DeliveryChannel, DeliveryState, Newsletter, SuppressReason
from newsletters.throttle import expected_seconds


@dataclass(frozen=True, slots=True)
class AudiencePreview:
    """`reasons`: (why nothing is sent, how many people), without those who left. `seconds`: all mails together.
    `unreached`: (why, ((supporter number, name), …)) of all to whom nothing goes, those who left included.
    """

    people: int
    mails: int
    letters: int
    covered: int
    left: int
    reasons: tuple[tuple[str, int], ...]
    seconds: float
    unreached: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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
        unreached=_unreached(routes),
    )


def _unreached(routes: Sequence[Route]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Name everybody who neither gets a letter nor shares one, by reason; the order of `routes` stays."""
    reason_of = {
        one.supporter_id: one.reason
        for one in routes
        if one.state == DeliveryState.SUPPRESSED and one.reason not in COVERED
    }
    people: dict[str, list[tuple[str, str]]] = {}
    for some in in_parts(list(reason_of)):
        rows = Supporter.objects.filter(pk__in=some).order_by("number", "pk")
        for pk, number, name in rows.values_list("pk", "number", "name"):
            people.setdefault(reason_of[pk], []).append((number, name))
    return tuple((str(reason.label), tuple(people[reason])) for reason in SuppressReason if reason in people)
