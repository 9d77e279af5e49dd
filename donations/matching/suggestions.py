"""What comes out of matching: for each line a pile, at most three suggestions, and reasons a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Pile(StrEnum):
    """CERTAIN may be confirmed without a look; LIKELY wants one key; ASK wants a decision."""

    CERTAIN = "certain"
    LIKELY = "likely"
    ASK = "ask"


class Evidence(NamedTuple):
    """One reason, one short full Japanese sentence; ``code`` is stable and English, for tests and styles.

    ``weight`` is the natural logarithm of the factor by which this fact changes the odds (0 where it is not a factor).
    """

    code: str
    sentence: str
    speaks_for: bool
    weight: float = 0.0


class Suggestion:
    """A supporter who may have paid, with the probability (0 to 1) that it was this one and nobody else.

    The reasons are put into words when somebody first asks for them: most certain rows are never looked at one by one.
    """

    __slots__ = ("_evidence", "confidence", "supporter_id")

    def __init__(
        self, supporter_id: int, confidence: float, evidence: tuple[Evidence, ...] | Callable[[], tuple[Evidence, ...]],
    ) -> None:
        self.supporter_id = supporter_id
        self.confidence = confidence
        self._evidence = evidence

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The reasons, for and against."""
        if not isinstance(self._evidence, tuple):
            self._evidence = self._evidence()
        return self._evidence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Suggestion) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.supporter_id, self.confidence))

    def __repr__(self) -> str:
        return f"Suggestion{self._facts()}"

    def _facts(self) -> tuple[int, float, tuple[Evidence, ...]]:
        return self.supporter_id, self.confidence, self.evidence


@dataclass(frozen=True, slots=True)
class ReversedReceipt:
    """An earlier receipt that a reversal may take back."""

    receipt_id: int
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one line.

    ``asks`` are the reasons why a person must decide (empty when CERTAIN).  ``expected_error`` is the probability that
    confirming the best suggestion would be wrong (1.0 without a suggestion); the sum over the CERTAIN lines of a batch is
    the number of errors to expect.  ``joint_ids`` are set when a confirmed payer name stands for several supporters at
    once: then all of them share the money, and the suggestions list them one by one.
    """

    line_id: int
    pile: Pile
    suggestions: tuple[Suggestion, ...]
    asks: tuple[Evidence, ...]
    expected_error: float
    joint_ids: tuple[int, ...] = ()
    reverses: tuple[ReversedReceipt, ...] = ()

    @property
    def supporter_ids(self) -> tuple[int, ...]:
        """Return whom the best answer credits: the joint payers, else the first suggestion, else nobody."""
        if self.joint_ids:
            return self.joint_ids
        return tuple(suggestion.supporter_id for suggestion in self.suggestions[:1])
