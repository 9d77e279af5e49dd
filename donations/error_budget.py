"""How many wrong confirmations to expect of an automatic run, and which rows to leave out so that there are no more."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from donations.predictions import OwnRecord, own_record


class Judged(Protocol):
    """A row that the program would confirm: its yen, and the probability (0 to 1) that this would be wrong."""

    @property
    def transaction_id(self) -> int: ...
    @property
    def yen(self) -> int: ...
    @property
    def expected_error(self) -> float: ...


Row = TypeVar("Row", bound=Judged)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How an expectation of the program is to be taken: times `factor`; `source` is "test_data" or "own_record"."""

    source: str
    factor: float

    @property
    def words(self) -> str:
        """Where the figure comes from, for a bracket behind it."""
        if self.source == "own_record":
            return _("この会のこれまでの記録による見積り")
        return _("試験データによる見積り")


@dataclass(frozen=True, slots=True)
class Budget(Generic[Row]):
    """`kept`, least certain first, may be confirmed; `left_out`, least certain first, are over the limit.

    `expected_errors`: how many of `kept` to expect to be wrong; `highest_errors`: the same with all rows.
    """

    kept: tuple[Row, ...]
    left_out: tuple[Row, ...]
    expected_errors: float
    highest_errors: float
    estimate: Estimate

    @property
    def count(self) -> int:
        return len(self.kept)

    @property
    def yen(self) -> int:
        return sum(row.yen for row in self.kept)

    @property
    def source(self) -> str:
        return self.estimate.source

    @property
    def sentence(self) -> str:
        """What a person is told before anything is confirmed."""
        said = _("%(count)s件を自動で照合します。誤りの見込みは%(errors)sです（%(source)s）。") % {
            "count": f"{self.count:,}",
            "errors": errors_in_words(self.expected_errors),
            "source": self.estimate.words,
        }
        if self.left_out:
            said += _("上限をこえる%(count)s件は、確定しません。") % {"count": f"{len(self.left_out):,}"}
        return said


def budget(rows: Sequence[Row], *, limit_errors: float | None, estimate: Estimate | None = None) -> Budget[Row]:
    """Keep the surest rows of which at most `limit_errors` wrong ones are to be expected; None: all.

    Rows that are equally sure go by their number. Without `estimate` the current one is read (one query).
    """
    estimate = estimate or current_estimate()
    ordered = sorted(rows, key=lambda row: (-row.expected_error, row.transaction_id))
    sums = list(accumulate(row.expected_error * estimate.factor for row in reversed(ordered)))
    kept = len(sums) if limit_errors is None else bisect_right(sums, limit_errors)
    cut = len(ordered) - kept
    return Budget(
        kept=tuple(ordered[cut:]),
        left_out=tuple(ordered[:cut]),
        expected_errors=sums[kept - 1] if kept else 0.0,
        highest_errors=sums[-1] if sums else 0.0,
        estimate=estimate,
    )


def current_estimate() -> Estimate:
    """By the group's own record once it is long enough; before, as the probabilities stand (measured on test data)."""
    return estimate_of(own_record())


def estimate_of(record: OwnRecord) -> Estimate:
    """What a record is worth: seen errors over predicted ones, both counted from one, so that a short record moves it little."""
    if not record.is_enough:
        return Estimate("test_data", 1.0)
    return Estimate("own_record", (record.seen_errors + 1.0) / (record.predicted_errors + 1.0))


def errors_in_words(expected: float) -> str:
    """So many errors to expect, as a person says it.

    >>> errors_in_words(12.34), errors_in_words(0.3), errors_in_words(0.042), errors_in_words(0.0042)
    ('12.3件', '0.3件', '0.04件', '0.01件未満')
    """
    if expected < 0.01:
        return _("0.01件未満")
    return _("%s件") % (f"{expected:,.1f}" if expected >= 1 else f"{expected:.2f}".rstrip("0").rstrip("."))
