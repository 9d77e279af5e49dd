"""One run over the mails that are due: offer, claim, hand over, settle, one person at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Supporter
from newsletters.audience import Reader, read, route
from newsletters.claiming import (
    Claim,
    call_unknown,
    claim,
    look_again,
    refuse_address,
    settle,
    settle_offer,
)
from newsletters.leasing import LeaseLost, renew
from newsletters.mail_address import UnsendableAddress, on_the_wire
from newsletters.merge_values import values_of
from newsletters.models import Delivery, DeliveryState, Newsletter
from newsletters.skeleton import Skeleton
from newsletters.smtp_step import (
    MESSAGES_PER_CONNECTION,
    LostAfterMessage,
    LostBeforeMessage,
    Relay,
    RelayFacts,
    RelayTrouble,
    Reply,
)
from newsletters.throttle import allowance
from privacy.errors import NationalIdRefused
from privacy.outgoing import refuse_outgoing
from privacy.recording import record_refusal

RENEW_AFTER = timedelta(minutes=1)
TRY_SERVER_AGAIN = timedelta(minutes=5)
LATERS_IN_A_ROW = 5
UNKNOWNS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `handled`: mails about which something was written. `is_lasting`: a person must look."""

    handled: int = 0
    trouble: str = ""
    resume_at: datetime | None = None
    is_lasting: bool = False


class _Stop(Exception):  # noqa: N818
    """The run ends here, with `trouble` or, where it is '', because somebody wished it."""

    def __init__(self, trouble: str = "", *, resume_at: datetime | None = None, is_lasting: bool = False) -> None:
        super().__init__(trouble)
        self.trouble, self.resume_at, self.is_lasting = trouble, resume_at, is_lasting


class MailRun:
    """One run of one newsletter by the process that holds the lease `word`."""

    def __init__(
        self,
        newsletter: Newsletter,
        facts: RelayFacts,
        *,
        word: str,
        clock: Callable[[], datetime],
        should_stop: Callable[[], bool],
    ) -> None:
        self.newsletter, self.word, self.clock, self.should_stop = newsletter, word, clock, should_stop
        self.skeleton = Skeleton.from_bytes(bytes(newsletter.skeleton))
        self.sender = on_the_wire(newsletter.sender)
        self.relay = Relay(facts)
        self.handled = self.laters = self.unknowns = 0
        self.renewed_at = clock()

    def go(self, *, limit: int | None, on_progress: Callable[[int, int], None] | None) -> Outcome:
        """Hand over what is due until nothing is, `limit` is reached, or something stops the run."""
        due = Delivery.objects.filter(newsletter=self.newsletter).due(self.clock()).count()
        try:
            self._look([(_("題名"), self.newsletter.title), (_("本文"), self.newsletter.html), (_("本文"), self.newsletter.text)])
            while batch := self._batch(limit):
                self._hand_over_batch(batch, due, on_progress)
        except _Stop as stop:
            return Outcome(self.handled, stop.trouble, stop.resume_at, stop.is_lasting)
        except RelayTrouble as trouble:
            resume_at = None if trouble.is_lasting else self.clock() + TRY_SERVER_AGAIN
            return Outcome(self.handled, trouble.message, resume_at, trouble.is_lasting)
        except LeaseLost:
            return Outcome(self.handled, _("別の機械が続きを送っています。"))
        finally:
            self.relay.close()
        return Outcome(self.handled)

    def _batch(self, limit: int | None) -> list[Delivery]:
        now = self.clock()
        allowed, next_at = allowance(now)
        if allowed == 0:
            raise _Stop(_("1時間に送れる数に達しました。時間がたったら、続きから送ります。"), resume_at=next_at)
        sizes = [MESSAGES_PER_CONNECTION, allowed, None if limit is None else limit - self.handled]
        size = min(one for one in sizes if one is not None)
        due = Delivery.objects.filter(newsletter=self.newsletter).due(now)
        return list(due[:size]) if size > 0 else []

    def _hand_over_batch(
        self, batch: Sequence[Delivery], due: int, on_progress: Callable[[int, int], None] | None
    ) -> None:
        people = [delivery.supporter_id for delivery in batch]
        values = values_of(people, fiscal_year=self.newsletter.fiscal_year or 0)
        today = timezone.localdate(self.clock())
        readers = {one.supporter_id: one for one in read(Supporter.objects.filter(pk__in=people), on=today)}
        self._look([(_("差しこむ言葉"), word) for given in values.values() for word in given.values()])
        for delivery in batch:
            if self.should_stop():
                raise _Stop
            self._one(delivery, readers[delivery.supporter_id], values[delivery.supporter_id])
            if on_progress:
                on_progress(min(self.handled, due), due)

    def _look(self, texts: Iterable[tuple[str, str]]) -> None:
        """Stop for good where a number would leave: somebody has to take it out first."""
        try:
            refuse_outgoing(texts)
        except NationalIdRefused as refused:
            record_refusal(place=refused.place, rules=refused.rules, at=self.clock())
            raise _Stop(refused.message, is_lasting=True) from None

    def _keep_lease(self) -> None:
        now = self.clock()
        if now - self.renewed_at > RENEW_AFTER:
            renew(self.word, at=now)
            self.renewed_at = now

    def _one(self, delivery: Delivery, reader: Reader, values: Mapping[str, str]) -> None:
        self._keep_lease()
        way = route(reader)
        if not way.email or way.email != delivery.email:
            look_again(delivery, at=self.clock())
            return
        try:
            recipient = on_the_wire(way.email)
        except UnsendableAddress as error:
            refuse_address(delivery, why=error.message, at=self.clock())
            self.handled += 1
            return
        message = self.skeleton.fill(
            to=recipient,
            message_id=delivery.message_id,
            token=delivery.token,
            date=timezone.localtime(self.clock()),
            values=values,
        )
        reply = self.relay.offer(sender=self.sender, recipient=recipient)
        if not reply.is_yes:
            self._count(settle_offer(delivery, reply, at=self.clock()))
            return
        held = claim(delivery, word=self.word, at=self.clock())
        if held is not Claim.HELD:
            self.relay.forget()
            if held is Claim.STOPPED:
                raise _Stop
            return
        self._hand_over(delivery, message)

    def _hand_over(self, delivery: Delivery, message: bytes) -> None:
        attempts = delivery.attempts + 1
        try:
            reply = self.relay.hand_over(message)
        except LostBeforeMessage:
            reply = Reply(451, _("本文を渡す前に接続が切れました"))
        except LostAfterMessage:
            call_unknown(delivery, why=_("本文を渡したあと、返事の前に接続が切れました"))
            self._count(DeliveryState.UNKNOWN)
            return
        self._count(settle(delivery, reply, attempts=attempts, at=self.clock()))

    def _count(self, state: DeliveryState) -> None:
        self.handled += 1
        self.laters = self.laters + 1 if state == DeliveryState.DEFERRED else 0
        self.unknowns = self.unknowns + 1 if state == DeliveryState.UNKNOWN else 0
        if self.laters >= LATERS_IN_A_ROW:
            raise _Stop(
                _("メールサーバーが続けて「あとで」と答えました。少し待って、続きから送ります。"),
                resume_at=self.clock() + TRY_SERVER_AGAIN,
            )
        if self.unknowns >= UNKNOWNS_IN_A_ROW:
            raise _Stop(
                _("メールサーバーが、本文を受け取ったあと続けて黙りました。届いたか分からない人が増えないように止めました。"),
                is_lasting=True,
            )
