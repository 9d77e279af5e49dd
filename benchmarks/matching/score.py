"""Counting: what was done by itself, how often wrongly, and whether the right supporter stood among the first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.matching.methods import Answer
    from benchmarks.matching.world import Row


@dataclass(slots=True)
class Score:
    """Sums over rows; add runs with ``+=`` style ``add``.

    ``false``: done by itself, and wrong (another supporter, only one of two, or nobody's payment).  ``unsafe``: done by
    itself, right, but where the row did not say enough.  ``resolvable``: rows a careful person could have decided.
    ``forbidden``: done by itself though a namesake, a contradicting number or a reversal.  ``bins``: rows, expected and seen
    errors by confidence, over the rows that only the probability keeps from being done.
    """

    rows: int = 0
    resolvable: int = 0
    auto: int = 0
    false: int = 0
    unsafe: int = 0
    forbidden: int = 0
    expected_false: float = 0.0
    with_payer: int = 0
    first: int = 0
    among_three: int = 0
    left: int = 0
    left_among_three: int = 0
    runs_without_false: int = 0
    runs: int = 0
    by_tag: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    bins: dict[float, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0, 0.0, 0]))

    def add(self, rows: Iterable[Row], answers: Iterable[Answer]) -> None:
        """Count one run."""
        before = self.false
        for row, answer in zip(rows, answers, strict=True):
            self._count(row, answer)
        self.runs += 1
        self.runs_without_false += self.false == before

    def _count(self, row: Row, answer: Answer) -> None:
        right = set(answer.ids) == set(row.ids) and bool(row.ids)
        self.rows += 1
        self.resolvable += row.type in {"match", "optional"}
        top = [supporter for supporter, _confidence in answer.ranked[:3]]
        hit_first, hit_three = bool(set(top[:1]) & set(row.ids)), bool(set(top) & set(row.ids))
        if row.ids:
            self.with_payer += 1
            self.first += hit_first
            self.among_three += hit_three
            self.left += not answer.auto
            self.left_among_three += hit_three and not answer.auto
        if answer.ids and set(answer.asks) <= {"not_sure"}:
            bound = next(limit for limit in (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 1.01) if answer.confidence < limit)
            place = self.bins[bound]
            place[0] += 1
            place[1] += 1.0 - answer.confidence
            place[2] += not right
        if answer.auto:
            self.auto += 1
            self.false += not right
            self.unsafe += right and row.type == "ask"
            self.forbidden += (row.type == "ask" and bool({"namesake", "number_conflict"} & set(row.tags))) or "reversal" in row.tags
            self.expected_false += 1.0 - answer.confidence
        for tag in (*row.tags, f"type_{row.type}"):
            count = self.by_tag[tag]
            count[0] += 1
            count[1] += answer.auto
            count[2] += answer.auto and not right
            count[3] += hit_three

    def line(self, name: str) -> str:
        """Return one row of the table."""
        share = 100.0 / max(1, self.rows)
        precision = 100.0 * (1 - self.false / max(1, self.auto))
        return (
            f"{name:26} auto {self.auto * share:5.1f} %  of resolvable {100 * self.auto / max(1, self.resolvable):5.1f} %  false {self.false:4d}"
            f"  unsafe {self.unsafe:3d}  forbidden {self.forbidden:2d}  expected {self.expected_false:6.1f}  precision {precision:7.3f} %"
            f"  top-1 {100 * self.first / max(1, self.with_payer):5.1f}  top-3 {100 * self.among_three / max(1, self.with_payer):5.1f}"
            f"  left top-3 {100 * self.left_among_three / max(1, self.left):5.1f}  clean {self.runs_without_false}/{self.runs}"
        )
