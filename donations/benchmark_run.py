"""One run of the matcher over the files of a benchmark: what it answers, how long it takes, how much memory it needs."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from donations.benchmark_files import of_supporters, read_history, read_register, read_transfers
from donations.matching.gate import Policy, default_tau
from donations.matching.in_memory import InMemoryRegister
from donations.matching.learned import learned_names
from donations.matching.match import match_batch, without_garbage_collection
from donations.matching.rates import population_of
from donations.matching.suggestions import Pile

if TYPE_CHECKING:
    from collections.abc import Callable

    from donations.matching.suggestions import Match

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run measured: CPU seconds, rows a second of matching, MiB of the whole process (None where not known).

    ``expected_errors`` is the sum over the automatic rows of the probability that they are wrong.
    """

    supporters: int
    history_rows: int
    history_rows_of_unknown_supporters: int
    transfers: int
    automatic: int
    expected_errors: float
    tau: float
    read_seconds: float
    fit_seconds: float
    match_seconds: float
    rows_per_second: int
    peak_memory_mb: int | None

    def as_json(self) -> dict[str, Any]:
        """Return the figures for ``--json``."""
        return asdict(self)


def run(folder: Path, *, tau: float | None, on_progress: Callable[[int], None] | None = None) -> tuple[bytes, Measured]:
    """Return the answers as JSON text and what was measured; raises Refused where a file cannot be read.

    ``tau``: the least probability (0 to 1) for an automatic row; None takes the usual one for a register of this size.
    """
    clock = _Clock()
    with without_garbage_collection():
        history = read_history(folder)
        people = read_register(folder, history)
        history, unknown = of_supporters(history, people)
        rows = len(history)
        read_seconds = clock.lap()
        names, population = learned_names(history), population_of(people, history)
        del history
        register = InMemoryRegister(people, names, population=population)
        supporters = len(people)
        del people, names
        register.prepare()
    fit_seconds = clock.lap()
    least = default_tau(supporters) if tau is None else tau
    policy = Policy.posterior(least)
    answers: list[str] = []
    automatic, expected, match_seconds = 0, 0.0, 0.0
    transfers = read_transfers(folder)
    while batch := list(islice(transfers, _BATCH)):
        clock.lap()
        found = match_batch([line for _written, line in batch], register, policy=policy)
        match_seconds += clock.lap()
        for (written, _line), match in zip(batch, found, strict=True):
            answers.append(f"{json.dumps(written, ensure_ascii=False)}: {json.dumps(_answer(match))}")
            if match.pile is Pile.CERTAIN:
                automatic += 1
                expected += match.expected_error
        if on_progress:
            on_progress(len(answers))
    text = "{\n" + ",\n".join(answers) + "\n}\n"
    measured = Measured(
        supporters, rows, unknown, len(answers), automatic, round(expected, 3), least,
        round(read_seconds, 3), round(fit_seconds, 3), round(match_seconds, 3),
        round(len(answers) / max(match_seconds, 1e-9)), peak_memory_mb(),
    )  # fmt: skip
    return text.encode(), measured


def _answer(match: Match) -> dict[str, Any]:
    """Return one row's answer; ``ids`` are all who are credited, and empty where the row is not automatic."""
    auto = match.pile is Pile.CERTAIN
    return {
        "ranked": [[one.supporter_id, round(one.confidence, 8)] for one in match.suggestions],
        "auto": auto,
        "ids": list(match.supporter_ids) if auto else [],
        "conf": round(1.0 - match.expected_error, 8),
    }


def peak_memory_mb() -> int | None:
    """Return the most memory this process has held so far (MiB, Linux's VmHWM); None where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) // 1024 if found else None


class _Clock:
    """CPU time of this process, lap by lap."""

    def __init__(self) -> None:
        self._since = time.process_time()

    def lap(self) -> float:
        """Return the seconds since the last lap."""
        now = time.process_time()
        seconds, self._since = now - self._since, now
        return seconds
