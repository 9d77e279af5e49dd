"""Ten megabytes that are no bank file, one of each kind: ``python -m benchmarks.adversarial_files``.

Each file goes, in a process of its own, through the reading of an upload (every reader is asked, then the guard) as the
import does it. The goal: refused with a sentence in under two seconds of processor and 200 MB at the peak.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.donations.bankfiles import zengin_forms as forms

MB = 1024 * 1024
SIZE = 10 * MB
MOST_S, MOST_MB = 2, 200


def csv_head() -> bytes:
    """The beginning of a true ゆうちょダイレクト CSV, down to its header."""
    from donations.bankfiles.yucho_direct_csv_writer import write

    made = datetime(2026, 4, 4, 9, 0)  # noqa: DTZ001  (the bank prints local time without a zone)
    return write((), account_as_written="00100-20729745", produced_at=made, period=None, balance_at_output_yen=0)


def filled(head: bytes, unit: bytes) -> bytes:
    return head + unit * ((SIZE - len(head)) // len(unit))


def true_rows() -> bytes:
    """As many true rows as a file may have, the last one cut: nothing is wrong before it."""
    from benchmarks.import_rows import statement_bytes

    return statement_bytes(119_000)[:-20]


def zip_in_zips() -> bytes:
    """A ZIP in a ZIP, a hundred deep, padded with what packs badly."""
    inner = os.urandom(SIZE - 64 * 1024)
    for _ in range(100):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("meisai_01.csv", inner)
        inner = packed.getvalue()
    return inner[:SIZE]


def zip_of(size: int, count: int = 1, name: str = "meisai_{:02d}.csv") -> Callable[[], bytes]:
    """A ZIP whose entries unpack to `size` bytes each."""

    def build() -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(1, count + 1):
                archive.writestr(name.format(number), b"0" * size)
        return packed.getvalue()

    return build


KINDS: dict[str, Callable[[], bytes]] = {
    "one line of 10 MB": lambda: b"a" * SIZE,
    "ten million commas": lambda: b"," * SIZE,
    "ten million quotes": lambda: b'"' * SIZE,
    "ten million digits": lambda: b"1" * SIZE,
    "ten million line ends": lambda: b"\n" * SIZE,
    "ten million NULs": lambda: b"\0" * SIZE,
    "random bytes": lambda: os.urandom(SIZE),
    "CSV, then one line": lambda: filled(csv_head(), b"a"),
    "CSV, then commas": lambda: filled(csv_head(), b","),
    "CSV, then quotes": lambda: filled(csv_head(), b'"'),
    "CSV, then nested quotes": lambda: filled(csv_head() + b'"', b'""'),
    "CSV, then an open quote": lambda: filled(csv_head() + b'"', b"a\n"),
    "CSV, then digits": lambda: filled(csv_head(), b"1"),
    "CSV, then digits in lines": lambda: filled(csv_head(), b"1" * 9_999 + b"\n"),
    "CSV, then lines of commas": lambda: filled(csv_head(), b"," * 9_999 + b"\n"),
    "CSV, then empty lines": lambda: filled(csv_head(), b"\n"),
    "CSV, then empty lines (CR)": lambda: filled(csv_head(), b"\r"),
    "119,000 true rows, the last cut": true_rows,
    "CSV, numbers in each cell": lambda: filled(csv_head(), "20260401,1,1000,,1234 5678 9012 ①②③④ 保険証記号,５６７８,1,\n".encode("cp932")),
    "preamble without an end": lambda: filled("お客さま口座情報\n".encode("cp932"), "照会期間：2026年\n".encode("cp932")),
    "03, no line ends, trailer broken": lambda: filled(forms.header_03(), forms.data_03("080901", 1000)) + b"8",
    "03, then one record of 10 MB": lambda: filled(forms.header_03(), b"2"),
    "03 with line ends, no trailer": lambda: filled(forms.header_03() + b"\r\n", forms.data_03("080901", 1000) + b"\r\n"),
    "03, then line ends": lambda: filled(forms.header_03(), b"\n"),
    "03, then line ends, then one": lambda: filled(forms.header_03(), b"\n") + b"8",
    "03, 50,000 rows, no end": lambda: filled(forms.header_03(), forms.data_03("080901", 1000))[: 200 * 50_000],
    "01, no line ends, trailer broken": lambda: filled(forms.header_01(), forms.data_a("080901", 1000)) + b"8",
    "01, headers only": lambda: filled(b"", forms.header_01()),
    "ZIP bomb (1 : 1000)": zip_of(SIZE * 100),
    "ZIP of twenty, 50 MB each": zip_of(SIZE * 5, 20),
    "ZIP of 100,000 names": zip_of(0, 60_000, "{:06d}.csv"),
    "ZIP in ZIPs": zip_in_zips,
    "ZIP, its directory cut": lambda: zip_of(SIZE)()[:-30] + os.urandom(SIZE // 2),
    "ZIP signatures": lambda: filled(b"PK\x03\x04", b"PK\x01\x02") + b".csv",
}


def child(path: Path) -> dict[str, object]:
    """Read one file: what was said, and what the process cost at its peak."""
    import django

    django.setup()
    from donations.bankfiles.errors import BankFileError
    from donations.guarded_file import read_guarded
    from privacy.errors import Refused

    data = path.read_bytes()
    busy = time.process_time()
    try:
        said = f"READ: {len(read_guarded(data=data, file_name='file', today=date(2026, 11, 23)).statement.lines)} rows"
    except (BankFileError, Refused) as refusal:
        said = str(refusal.code)
    return {"cpu_s": time.process_time() - busy, "mb": peak_mb(), "said": said}


def build(kind: str, path: Path) -> dict[str, object]:
    """Write one file, in a process of its own: some need a gigabyte to build."""
    path.write_bytes(KINDS[kind]())
    return {}


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def in_a_process(*words: str) -> dict[str, object]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "benchmarks.adversarial_files", *words]
    return json.loads(subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE).stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--build", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.build or chosen.read:
        print(json.dumps(child(chosen.read) if chosen.read else build(chosen.build[0], Path(chosen.build[1]))))
        return 0
    print(f"{'file':<32} {'MB':>5} {'s of CPU':>9} {'peak MB':>8}  refused as (goal: under {MOST_S} s and {MOST_MB} MB)")
    missed = sum(tell(kind) for kind in chosen.kind or KINDS)
    print(f"{missed} of {len(chosen.kind or KINDS)} missed the goal")
    return 1 if missed else 0


def tell(kind: str) -> bool:
    """Print one line; whether the goal was missed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        in_a_process("--build", kind, str(path))
        found, size = in_a_process("--read", str(path)), path.stat().st_size
    missed = found["cpu_s"] >= MOST_S or found["mb"] >= MOST_MB or found["said"].startswith("READ")
    print(f"{kind:<32} {size / MB:5.1f} {found['cpu_s']:9.2f} {found['mb']:8}  {found['said']}{' MISSED' if missed else ''}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
