"""Run the benchmark: ``python -m benchmarks.matching --supporters 1000 --transfers 1000 --seeds 3 --preset realistic``.

Seeds below 1000 are for tuning, figures are reported on seeds from 1001 (``--first-seed``).  One process, one core.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.matching.methods import AllPairs, ExactKey, Ours, WordsInText
from benchmarks.matching.score import Score
from benchmarks.matching.transfers import World
from benchmarks.matching.world import PRESETS
from donations.benchmark_run import peak_memory_mb
from donations.matching.gate import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.matching.methods import Method


def main() -> None:
    chosen = _arguments()
    makers = _makers(chosen)
    scores = {name: Score() for name in makers}
    times = dict.fromkeys(makers, (0.0, 0.0))
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        world = World(seed, chosen.supporters, chosen.transfers, chosen.preset)
        for name, make in makers.items():
            start = time.process_time()
            method = make(world)
            built = time.process_time()
            answers = method.answers(world.rows)
            times[name] = times[name][0] + built - start, times[name][1] + time.process_time() - built
            scores[name].add(world.rows, answers)
    last_seed = chosen.first_seed + chosen.seeds - 1
    print(f"{chosen.preset}, {chosen.supporters} supporters, {chosen.transfers} transfers, seeds {chosen.first_seed}–{last_seed}")
    for name, score in scores.items():
        build, match = times[name]
        print(f"{score.line(name)}  build {build / chosen.seeds:6.2f} s  {score.rows / max(match, 1e-9):8.0f} rows/s")
    print(f"peak memory of this process, generator included: {peak_memory_mb()} MB")
    _print_details(chosen, scores[f"probability {chosen.tau[-1]}" if chosen.tau else "plain rule"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--supporters", type=int, default=1000)
    parser.add_argument("--transfers", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=1001)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="realistic")
    parser.add_argument("--tau", type=float, nargs="*", default=[0.95, 0.97, 0.99, 0.999])
    parser.add_argument("--baselines", action="store_true", help="also run the methods to compare with")
    parser.add_argument("--all-pairs", action="store_true", help="also rapidfuzz against every name (slow)")
    parser.add_argument("--no-history", action="store_true", help="also the first year, without last year's ledger")
    parser.add_argument("--tags", action="store_true", help="also print the counts by kind of difficulty")
    parser.add_argument("--calibration", action="store_true", help="also print predicted and seen errors by confidence")
    return parser.parse_args()


def _makers(chosen: argparse.Namespace) -> dict[str, Callable[[World], Method]]:
    makers: dict[str, Callable[[World], Method]] = {"plain rule": partial(Ours, policy=Policy.simple())}
    for tau in chosen.tau:
        makers[f"probability {tau}"] = partial(Ours, policy=Policy.posterior(tau))
        if chosen.no_history:
            makers[f"first year {tau}"] = partial(Ours, policy=Policy.posterior(tau), with_history=False)
    if chosen.baselines:
        makers["raw text + learned"] = partial(ExactKey, learn=True, raw=True)
        makers["exact key"] = partial(ExactKey, learn=False)
        makers["exact key + learned"] = partial(ExactKey, learn=True)
        makers["words in the text"] = WordsInText
    if chosen.all_pairs:
        makers["rapidfuzz, all pairs"] = AllPairs
    return makers


def _print_details(chosen: argparse.Namespace, score: Score) -> None:
    if chosen.tags:
        for tag, (rows, auto, false, three) in sorted(score.by_tag.items(), key=lambda item: (-item[1][0], item[0])):
            print(f"  {tag:18} rows {rows:6d}  auto {auto:6d}  false {false:4d}  among three {three:6d}")
    if chosen.calibration:
        for bound, (rows, expected, wrong) in sorted(score.bins.items()):
            print(f"  confidence < {bound:<7} rows {rows:6.0f}  expected wrong {expected:8.1f}  wrong {wrong:5.0f}")


if __name__ == "__main__":
    main()
