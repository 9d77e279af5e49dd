"""How many people of a newsletter stand where. Reads only."""

from dataclasses import dataclass

from django.db.models import Count, Q

from newsletters.models import COVERED, Delivery, DeliveryState, Newsletter, SuppressReason


@dataclass(frozen=True, slots=True)
class Tally:
    """People by what became of their letter. `covered`: they share somebody's letter; `left`: they left the group;
    `suppressed`: all others to whom nothing is sent; `not_reached` and
    `undecided` as `DeliveryQuerySet.not_reached` and `.needs_decision`.
    """

    people: int
    queued: int
    handing_over: int
    accepted: int
    deferred: int
    refused: int
    unknown: int
    undecided: int
    written: int
    to_print: int
    printed: int
    covered: int
    left: int
    suppressed: int
    not_reached: int

    @property
    def mail(self) -> int:
        """Mails on the list, whatever became of them."""
        return (
            self.queued + self.handing_over + self.accepted + self.deferred + self.refused + self.unknown + self.written
        )

    @property
    def mail_done(self) -> int:
        """Mails about which nothing more will happen by itself."""
        return self.accepted + self.refused + self.unknown + self.written

    @property
    def has_begun(self) -> bool:
        """Whether anything was done with the list: mail handed over or written, letters printed."""
        return bool(self.mail - self.queued or self.printed)

    @property
    def letters(self) -> int:
        """Paper letters: one for a household."""
        return self.to_print + self.printed


def tally_of(newsletter: Newsletter) -> Tally:
    """Count the frozen list; two queries."""
    rows = Delivery.objects.filter(newsletter=newsletter)
    suppressed = Q(state=DeliveryState.SUPPRESSED)
    counts = rows.aggregate(
        people=Count("pk"),
        **{
            state.value: Count("pk", filter=Q(state=state))
            for state in DeliveryState
            if state is not DeliveryState.SUPPRESSED
        },
        undecided=Count("pk", filter=Q(state__in=[DeliveryState.UNKNOWN, DeliveryState.REFUSED], left_at=None)),
        covered=Count("pk", filter=suppressed & Q(reason__in=COVERED)),
        left=Count("pk", filter=suppressed & Q(reason=SuppressReason.LEFT)),
        suppressed=Count("pk", filter=suppressed & ~Q(reason__in=[*COVERED, SuppressReason.LEFT])),
    )
    return Tally(**counts, not_reached=rows.not_reached().count())
