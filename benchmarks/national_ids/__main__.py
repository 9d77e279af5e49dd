"""Measure the scanner on made-up texts: `python -m benchmarks.national_ids [--seeds 303 404] [--each 150]`.

The rules were tuned on seeds 7 and 11. Every number is made at run time from the seed; no text is kept.
"""

import argparse
from random import Random

from privacy.national_ids import FieldClass, Level, scan

from . import columns, disguises, harmless, rivals, speed
from .carriers import bare, labelled
from .numbers import individual_number

RIVALS = {"12 + stdnum": rivals.twelve_and_check, "4-4-4 + check": rivals.fours_and_check}


def found(text: str) -> Level | None:
    levels = {finding.level for finding in scan(text, FieldClass.FREE_TEXT)}
    return Level.BLOCK if Level.BLOCK in levels else Level.WARN if levels else None


def recall(seeds: list[int], each: int) -> None:
    print(f"{'disguise':28}{'bare':>8}{'block':>8}{'label':>8}" + "".join(f"{name:>16}" for name in RIVALS))
    sums: dict[str, list[float]] = {"33 that count": [], "others": []}
    for name, disguise in (disguises.COUNTED | disguises.EXTRA).items():
        rng = Random(f"{seeds}{name}")
        hits = [0, 0, 0] + [0] * len(RIVALS)
        for _ in range(each * len(seeds)):
            text = bare(rng, disguise(rng, individual_number(rng)))
            level = found(text)
            hits[0] += level is not None
            hits[1] += level is Level.BLOCK
            hits[2] += found(labelled(rng, disguise(rng, individual_number(rng)))) is not None
            for at, rival in enumerate(RIVALS.values()):
                hits[3 + at] += rival(text)
        shares = [hit / each / len(seeds) for hit in hits]
        print(
            f"{name:28}{shares[0]:8.3f}{shares[1]:8.3f}{shares[2]:8.4f}"
            + "".join(f"{share:16.3f}" for share in shares[3:])
        )
        group = sums["33 that count" if name in disguises.COUNTED else "others"]
        group.append(shares)
    for title, rows in sums.items():
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(
            f"{title:28}{means[0]:8.3f}{means[1]:8.3f}{means[2]:8.4f}"
            + "".join(f"{mean:16.3f}" for mean in means[3:])
        )


def false_alarms(seeds: list[int], each: int) -> None:
    print(f"\n{'harmless kind':28}{'block':>9}{'b+warn':>9}" + "".join(f"{name:>16}" for name in RIVALS))
    sums = [0.0] * (2 + len(RIVALS))
    for kind in harmless.KINDS:
        rng = Random(f"{seeds}{kind}")
        hits = [0] * len(sums)
        for _ in range(each * len(seeds)):
            text = harmless.line(rng, kind)
            level = found(text)
            hits[0] += level is Level.BLOCK
            hits[1] += level is not None
            for at, rival in enumerate(RIVALS.values()):
                hits[2 + at] += rival(text)
        shares = [hit / each / len(seeds) for hit in hits]
        sums = [total + share for total, share in zip(sums, shares, strict=True)]
        print(
            f"{kind:28}{shares[0]:9.2%}{shares[1]:9.2%}" + "".join(f"{share:16.2%}" for share in shares[2:])
        )
    means = [total / len(harmless.KINDS) for total in sums]
    print(
        f"{'mix of all kinds':28}{means[0]:9.3%}{means[1]:9.3%}"
        + "".join(f"{mean:16.2%}" for mean in means[2:])
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national_ids", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[303, 404])
    parser.add_argument("--each", type=int, default=500, help="texts for each disguise or kind, of each seed")
    parser.add_argument(
        "--only", choices=("recall", "alarms", "columns", "speed", "addresses"), action="append"
    )
    options = parser.parse_args()
    parts = options.only or ["recall", "alarms", "columns", "speed", "addresses"]
    if "recall" in parts:
        recall(options.seeds, options.each)
    if "alarms" in parts:
        false_alarms(options.seeds, options.each * 3)
    if "columns" in parts:
        columns.report(options.seeds)
    if "speed" in parts:
        speed.report()
    if "addresses" in parts:
        from . import addresses

        addresses.report(options.seeds)


if __name__ == "__main__":
    main()
