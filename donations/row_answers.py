"""What is said about one row: who may have paid it, why, and what confirming would write."""

from dataclasses import dataclass

from donations.matching.register import Person
from donations.matching.suggestions import Evidence, Pile, Suggestion
from donations.models import Slip, Transaction
from donations.predicting import Payers, Predicted
from donations.shares import Share, digest
from donations.slip_suggestions import EVERY_SLIP, SlipAnswer
from donations.slips import rest_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """One supporter who may have paid a row, and the shares that confirming would write.

    The reasons and the digest are made when they are asked for: a long run needs neither.
    """

    person: Person
    suggestion: Suggestion
    shares: tuple[Share, ...]
    transaction_id: int
    open_yen: int

    @property
    def confidence(self) -> float:
        """The probability (0 to 1) that it was this supporter."""
        return self.suggestion.confidence

    @property
    def reasons(self) -> tuple[Evidence, ...]:
        return self.suggestion.evidence

    @property
    def digest(self) -> str:
        """The fingerprint of these shares (`donations.shares.digest`)."""
        return digest(transaction_id=self.transaction_id, open_yen=self.open_yen, shares=self.shares)

    @property
    def percent(self) -> int:
        """The confidence in whole percent; never 100, since nobody knows that."""
        return min(99, round(self.confidence * 100))


@dataclass(frozen=True, slots=True)
class RowSuggestions:
    """The answer for one row: its pile, at most three candidates, and why a person is asked.

    `shares` are what confirming the best answer would write, for `payers` (several where they are known to pay
    together; none without a candidate); `expected_error` is the probability (0 to 1) that this would be wrong.
    `slip` is the one that covers the row whole: the row is matched by it. `slips` are the answers for the slips of a
    daily sum, one by one; then there are no candidates for the whole.
    """

    transaction: Transaction
    open_yen: int
    pile: Pile
    candidates: tuple[Candidate, ...]
    asks: tuple[Evidence, ...]
    payers: tuple[Person, ...]
    shares: tuple[Share, ...]
    expected_error: float
    slip: Slip | None = None
    slips: tuple[SlipAnswer, ...] = ()

    @property
    def digest(self) -> str:
        """The fingerprint of what a person was shown (`donations.shares.digest`)."""
        return digest(transaction_id=self.transaction.pk, open_yen=self.open_yen, shares=self.shares)

    @property
    def payer_text(self) -> str:
        """Who paid, as written on the slip or by the bank; "" where nobody wrote it."""
        return (self.slip.name_written if self.slip else "") or self.transaction.detail_2

    @property
    def waits_for_slips(self) -> bool:
        """Whether slips of this row are still to be typed: the bank names nobody, and no slip tells of some of its yen."""
        row = self.transaction
        nameless = not (row.detail_2 or row.text_was_erased or self.slip)
        return nameless and rest_of(row, [one.slip for one in self.slips]) > 0

    @property
    def is_shared_by_slips(self) -> bool:
        """Whether `shares` are all of a row by its slips, so that one press may confirm them."""
        return bool(self.slips) and sum(share.amount_yen for share in self.shares) == self.open_yen

    @property
    def is_certain(self) -> bool:
        return self.pile is Pile.CERTAIN

    @property
    def main_reasons(self) -> list[Evidence]:
        """The reasons for the best answer, for a list: without the calendar, the 口 that the shares say, and a rare name."""
        reasons = self.candidates[0].reasons if self.candidates else (EVERY_SLIP,) if self.slips else ()
        return [reason for reason in reasons if not reason.code.endswith(("_month", "_units", "_rare"))]

    @property
    def predicted(self) -> Predicted | None:
        """The best answer, for the record of what the program predicts; None where it has none."""
        if not self.payers:
            return None
        payers: Payers = frozenset(person.id for person in self.payers)
        return Predicted(payers, min(1.0, max(0.0, 1.0 - self.expected_error)), self.is_certain)

    @property
    def is_joint(self) -> bool:
        return len(self.payers) > 1 and not self.slips
