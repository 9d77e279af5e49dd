"""Who gets a newsletter, how, and why not. Reads only; the same rule is asked again at the moment of sending."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from members.fiscal_year import fiscal_year_of
from members.models import Association, Channel, Consent, MembershipTerm, Supporter, SupporterState
from newsletters.models import Audience, DeliveryChannel, DeliveryState, SuppressReason


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides how a supporter is reached. `consents`: a live consent; `withdrew`: one was taken back."""

    supporter_id: int
    number: str
    state: str
    channel: str
    email: str
    has_address: bool
    household_id: int | None
    consents: bool
    withdrew: bool


@dataclass(frozen=True, slots=True)
class Route:
    """How one supporter is reached. `covered_by` is the supporter who gets the one letter for both."""

    supporter_id: int
    channel: DeliveryChannel
    state: DeliveryState
    reason: str = ""
    email: str = ""
    covered_by: int | None = None


def readers(audience: str, *, on: date) -> list[Reader]:
    """Everybody the newsletter is for on day `on`, by supporter number.

    Those who left are listed where the audience would hold them otherwise (all; those who paid), so that nobody has
    to wonder; `ACTIVE` and `UNPAID_THIS_YEAR` do not hold them.
    """
    return list(read(_supporters(audience, on=on), on=on))


def read(supporters: QuerySet[Supporter], *, on: date) -> Iterable[Reader]:
    """Read what decides about these supporters on day `on`, by supporter number."""
    consents = Consent.objects.filter(supporter=OuterRef("pk"))
    live = consents.filter(given_on__lte=on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
    rows = supporters.annotate(
        consents_now=Exists(live), withdrew=Exists(consents.exclude(withdrawn_on=None))
    ).order_by("number", "pk")
    for row in rows.values_list(
        "pk", "number", "state", "channel", "email", "address", "household_id", "consents_now", "withdrew"
    ):
        pk, number, state, channel, email, address, household_id, consents_now, withdrew = row
        yield Reader(pk, number, state, channel, email, bool(address.strip()), household_id, consents_now, withdrew)


def route(reader: Reader) -> Route:
    """Decide for one person, as if they lived alone: mail, paper, or neither and why.

    Mail goes to who wants mail and has an address for it; paper to everybody else whose postal address is known.
    """
    reason = why_not(reader)
    if reason:
        return Route(reader.supporter_id, DeliveryChannel.NONE, DeliveryState.SUPPRESSED, reason)
    if reader.channel == Channel.EMAIL and reader.email:
        return Route(reader.supporter_id, DeliveryChannel.EMAIL, DeliveryState.QUEUED, email=reader.email)
    if reader.has_address:
        return Route(reader.supporter_id, DeliveryChannel.PRINT, DeliveryState.TO_PRINT)
    return Route(reader.supporter_id, DeliveryChannel.NONE, DeliveryState.SUPPRESSED, SuppressReason.NO_ADDRESS)


def plan(people: Sequence[Reader]) -> list[Route]:
    """Decide for everybody: one mail to an address, one paper letter to a household, the lowest number first."""
    letter_of: dict[tuple[str, object], int] = {}
    routes = []
    for reader in people:
        alone = route(reader)
        key = _shared(alone, reader)
        head = letter_of.setdefault(key, reader.supporter_id) if key else reader.supporter_id
        routes.append(alone if head == reader.supporter_id else _covered(alone, head))
    return routes


def _covered(alone: Route, head: int) -> Route:
    by_mail = alone.channel == DeliveryChannel.EMAIL
    reason = SuppressReason.SAME_ADDRESS if by_mail else SuppressReason.SAME_HOUSEHOLD
    return replace(alone, state=DeliveryState.SUPPRESSED, reason=reason, covered_by=head)


def same_mailbox(email: str) -> str:
    """Two addresses with the same value are read by the same person, as far as one can know."""
    return email.strip().casefold()


def _shared(alone: Route, reader: Reader) -> tuple[str, object] | None:
    if alone.channel == DeliveryChannel.EMAIL:
        return ("mailbox", same_mailbox(reader.email))
    if alone.channel == DeliveryChannel.PRINT and reader.household_id is not None:
        return ("household", reader.household_id)
    return None


def why_not(reader: Reader) -> str:
    """The `SuppressReason` for which nothing at all may be sent to this person; "" where there is none."""
    if reader.state == SupporterState.LEFT:
        return SuppressReason.LEFT
    if reader.channel == Channel.NONE or (reader.withdrew and not reader.consents):
        return SuppressReason.OPTED_OUT
    return "" if reader.consents else SuppressReason.NO_CONSENT


def _supporters(audience: str, *, on: date) -> QuerySet[Supporter]:
    supporters = Supporter.objects.all()
    if audience == Audience.ALL:
        return supporters
    if audience == Audience.ACTIVE:
        return supporters.filter(state=SupporterState.ACTIVE)
    paid = MembershipTerm.objects.filter(
        supporter=OuterRef("pk"), fiscal_year=current_fiscal_year(on), cancelled_at=None
    )
    if audience == Audience.PAID_THIS_YEAR:
        return supporters.filter(Exists(paid))
    return supporters.filter(~Exists(paid)).exclude(state=SupporterState.LEFT)


def current_fiscal_year(on: date) -> int:
    """The fiscal year of our own group that day `on` lies in. Raises `Association.DoesNotExist` before the first run."""
    return fiscal_year_of(on, start_month=Association.get().fiscal_year_start_month)
