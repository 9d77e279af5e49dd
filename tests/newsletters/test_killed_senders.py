"""The promise under SIGKILL: nobody gets it twice, and whoever may have missed it is called unknown."""

import json
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_sender_killed_at_random_moments_sends_nothing_twice() -> None:
    """250 people, 8 kills: no duplicates; every missing person is unknown; the books add up."""
    seed = random.SystemRandom().randrange(1_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "tests.newsletters.killed_senders", "250", "8", str(seed)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["duplicates"], found["missing_not_unknown"]) == (0, 0), (seed, found)
    assert found["accepted_in_the_books"] + found["unknown"] == 250, (seed, found)
    assert found["unknown"] <= found["kills"], (seed, found)
    assert found["kills"] >= 3, (seed, found)
