"""All benchmarks with their usual sizes, one after another: ``make bench``.

The nearest peer, byro 2026.4.0, was measured on a machine of this class at 26–50 rows/s for importing 10,000 bank rows
without any name matching (237 CPU seconds), and 1.8 s for the same file again: a figure carried over, not run here.
"""

import subprocess
import sys
import time

RUNS = (
    ("Import of a bank file (rows/s, memory, against parse and bare insert)", "benchmarks.import_rows", ["--repeat", "1"]),
    ("Import and match 10,000 rows against 5,000 supporters", "benchmarks.reconcile_rows", ["--rows", "10000", "--supporters", "5000"]),
    ("Ten megabytes that are no bank file", "benchmarks.adversarial_files", []),
    ("Matching quality on invented years", "benchmarks.matching", ["--seeds", "2", "--baselines"]),
    ("The scanner for national ID numbers", "benchmarks.national_ids", ["--each", "100"]),
    ("Guarding against national ID numbers, a row", "benchmarks.guard_cost", ["--rows", "3000", "--rounds", "5"]),
    ("Receipts on paper", "benchmarks.paper", ["100"]),
    ("Letters through SMTP with a durable ledger", "benchmarks.send_letters", ["--letters", "500", "--rounds", "1"]),
)


def main() -> int:
    print(__doc__)
    failed = 0
    for title, module, words in RUNS:
        print(f"\n== {title}\n   python -m {module} {' '.join(words)}\n", flush=True)
        began = time.monotonic()
        failed += subprocess.run([sys.executable, "-m", module, *words], check=False).returncode != 0
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
