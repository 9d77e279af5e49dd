"""Run every target in a process of its own for its share of the seconds; exit 1 when one of them found something."""

import argparse
import importlib.util
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

LONGEST_FILE = 65_536
SECONDS_FOR_ONE_FILE = 5
MOST_MB = 500
COUNT = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
MEMORY = re.compile(r"stat::peak_rss_mb:\s+(\d+)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=4, help="for each reader")
    parser.add_argument("--at-once", type=int, default=1, help="readers that run side by side")
    parser.add_argument("--findings", type=Path, help="keep the files that broke a reader here")
    parser.add_argument("--corpus", type=Path, help="keep the files that reach new lines here, and begin with them")
    parser.add_argument("--target", help=argparse.SUPPRESS)
    chosen, rest = parser.parse_known_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris がないため、ファイルの読み取りの乱数試験(fuzz)は飛ばします。Linux では自動で入ります。")
        return 0
    if chosen.target:
        fuzz(chosen.target, rest)
    with TemporaryDirectory() as temporary:
        home = Path(temporary)
        corpus, findings = chosen.corpus or home / "corpus", chosen.findings or home / "findings"
        return run_all(chosen.seconds, chosen.at_once, corpus, findings)


def fuzz(name: str, words: list[str]) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["donations.bankfiles", "japanese.era", "japanese.plain"]):
        from tests.fuzz import targets
    target = targets.TARGETS[name]
    atheris.Setup([sys.argv[0], *words], lambda data: targets.check(target, data))
    atheris.Fuzz()


def run_all(seconds: int, at_once: int, corpus: Path, findings: Path) -> int:
    from tests.fuzz.targets import TARGETS

    findings.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(at_once) as pool:
        runs = pool.map(lambda name: run_one(name, seconds, corpus / name, findings), TARGETS)
        return max([tell(name, done) for name, done in zip(TARGETS, runs, strict=True)])


def run_one(name: str, seconds: int, corpus: Path, findings: Path) -> subprocess.CompletedProcess[str]:
    """Fuzz one target in a process of its own, from the samples and what earlier runs found."""
    from tests.fuzz.targets import seeds

    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (corpus / sha256(data).hexdigest()).write_bytes(data)
    words = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST_FILE}", f"-timeout={SECONDS_FOR_ONE_FILE}",
        f"-rss_limit_mb={MOST_MB}", f"-artifact_prefix={findings}/{name}-", "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    command = [sys.executable, "-m", "tests.fuzz", "--target", name, *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")


def tell(name: str, done: subprocess.CompletedProcess[str]) -> int:
    """One line: the files tried and the peak of memory; with a finding the end of what libFuzzer said. 1 for a finding."""
    tried, memory = (found[1] if (found := pattern.search(done.stderr)) else "?" for pattern in (COUNT, MEMORY))
    verdict = "no finding" if done.returncode == 0 else f"A FINDING (exit {done.returncode})"
    print(f"  {name:<17} {tried:>9} files tried, peak {memory} MB, {verdict}", flush=True)
    if done.returncode:
        print(done.stdout[-1500:], done.stderr[-3000:], sep="\n")
    return min(1, abs(done.returncode))


if __name__ == "__main__":
    sys.exit(main())
