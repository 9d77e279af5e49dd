"""Rows a second and peak memory of importing a bank's file: ``python -m benchmarks.import_rows``.

Each figure comes from a process of its own on a fresh SQLite file (the program's own settings: WAL, synchronous=FULL,
secure_delete), after one small file into another account, as in a server that has been asked before. The import is
the whole of it: reading, the guard on every cell, dedupe, audit. Beside it stand two floors of the same run: reading
alone, and a bare ``executemany`` of the same rows into the same table with its indexes and triggers. "again" is the same
file once more, "overlap" the file again after all rows but the last hundred. Seconds of processor, since the machine may
be busy.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

PHASES = ("parse", "bare insert", "import", "again", "overlap")
ACCOUNT = "00100-2-729745"
WARM_UP_ACCOUNT = "00110-4-123456"
FLAT = 1.3
BARE = 3
AGAIN_S = 0.5
BALANCE_BEFORE = 100_000
FAMILY = ("ｻﾄｳ", "ﾀｶﾊｼ", "ﾜﾀﾅﾍﾞ", "ﾔﾏｻﾞｷ", "ﾖｼﾀﾞ", "ｺﾊﾞﾔｼ", "ｻｲﾄｳ", "ﾅｶﾑﾗ", "髙橋", "渡邊")
GIVEN = ("ﾊﾅｺ", "ｲﾁﾛｳ", "ﾒｸﾞﾐ", "ｹﾝ", "ﾕﾐｺ", "ﾏｺﾄ", "ｷﾖｳｺ", "ｽｽﾑ", "一郎", "由美子")


def statement_bytes(rows: int, account: str = "00100-20729745") -> bytes:
    """A true ゆうちょダイレクト CSV of `rows` invented rows over one year, one in forty a fee."""
    from donations.bankfiles.yucho_direct_csv_writer import ledger, write

    chance = random.Random(20261123)
    days = sorted(date(2025, 4, 1) + timedelta(days=chance.randrange(365)) for _ in range(rows))
    movements = [
        (day, -165, "料　金", "")
        if chance.random() < 0.025
        else (day, chance.choice((1000, 1000, 2000, 3000, 5000, 10_000)), "振込", f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}")
        for day in days
    ]
    lines = ledger(BALANCE_BEFORE, movements)
    produced_at = datetime(2026, 4, 4, 9, 0)  # noqa: DTZ001  (the bank prints local time without a zone)
    last = lines[-1].balance_yen or 0
    return write(lines, account_as_written=account, produced_at=produced_at, period=None, balance_at_output_yen=last)


def measure(work: Callable[[], Any]) -> dict[str, Any]:
    """Wall and CPU seconds of `work`, and the peak of this process's memory in MB before and after."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "mb_before": before,
        "mb_peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def child(phase: str, rows: int) -> dict[str, Any]:
    """Do one phase in this process; Django is set up and the database migrated."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from donations.bankfiles import read
    from donations.importing import import_statement
    from donations.models import Transaction
    from members.models import AccountKind
    from members.setting_up import add_account, set_up_association

    moment = datetime(2026, 4, 4, 0, 0, tzinfo=UTC)
    if phase == "prepare":
        today = date(2026, 4, 4)
        call_command("migrate", verbosity=0)
        set_up_association(name="みずうみの会", account_number=ACCOUNT, today=today, at=moment, by="system")
        kind = AccountKind.POSTAL_TRANSFER
        add_account(kind=kind, number=WARM_UP_ACCOUNT, name="ならし", today=today, at=moment, by="system")
        return {}

    def bring(content: bytes) -> None:
        import_statement(data=content, at=moment, by="system")

    data = statement_bytes(rows)
    bring(statement_bytes(20, WARM_UP_ACCOUNT.replace("-4-", "-40")))
    if phase == "parse":
        return measure(lambda: read(data))
    if phase == "bare insert":
        lines = read(data).lines
        return measure(lambda: bare_insert(lines, str(connection.settings_dict["NAME"])))
    if phase == "import":
        figures = measure(lambda: bring(data))
        found = Transaction.objects.filter(account__number=ACCOUNT).count()
        if found != rows:
            raise SystemExit(f"{found} rows stored, {rows} expected")
        return figures
    bring(data if phase == "again" else shortened(data))
    return measure(lambda: bring(data))


def shortened(data: bytes) -> bytes:
    """The same file before its last hundred rows were booked."""
    from donations.bankfiles import read
    from donations.bankfiles.yucho_direct_csv_writer import write

    statement = read(data)
    lines = statement.lines[:-100]
    produced_at = datetime.combine(lines[-1].booked_on, datetime.min.time())
    last = lines[-1].balance_yen or 0
    return write(lines, account_as_written="00100-20729745", produced_at=produced_at, period=None, balance_at_output_yen=last)


def bare_insert(lines: Any, path: str) -> None:
    """The floor: the same rows into the same table by `executemany`, one transaction."""
    import sqlite3

    cells = [
        (1, position, line.booked_on.isoformat(), line.received_yen, line.paid_out_yen, line.detail_1, line.detail_2,
         "", line.balance_yen, line.external_id, False, False, "system")
        for position, line in enumerate(lines, 1)
    ]  # fmt: skip
    names = (
        "account_id, position, booked_on, received_yen, paid_out_yen, detail_1, detail_2, message, balance_yen, "
        "external_id, number_was_blanked, text_was_erased, recorded_by"
    )
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;")
        with database:
            database.executemany(f"INSERT INTO donations_transaction ({names}) VALUES ({', '.join('?' * 13)})", cells)  # noqa: S608


def prepared(directory: Path) -> Path:
    """A data directory with a migrated database, our group and its account."""
    home = directory / "fresh"
    home.mkdir()
    run_child("prepare", 0, home)
    return home


def run_child(phase: str, rows: int, home: Path) -> dict[str, Any]:
    """Run one phase in a process of its own, on the data directory `home`."""
    environment = {**os.environ, "HITOKUCHI_DATA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "benchmarks.import_rows", "--child", phase, "--rows", str(rows)]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=3, help="the best of so many runs is told")
    parser.add_argument("--child", choices=("prepare", *PHASES), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        print(json.dumps(child(chosen.child, chosen.rows[0])))
        return
    with tempfile.TemporaryDirectory() as temporary:
        fresh = prepared(Path(temporary))
        costs = {rows: report(rows, fresh, Path(temporary), chosen.repeat) for rows in chosen.rows}
    fewest, most = min(costs), max(costs)
    if fewest < most:
        print(f"cost of a row at {most:,} / at {fewest:,}: {costs[most] / costs[fewest]:.2f} (goal: at most {FLAT})")


def report(rows: int, fresh: Path, directory: Path, repeat: int) -> float:
    """Print one line for each phase, with the ratio of the import to its floors; give seconds a row."""
    print(f"{rows:,} rows, best of {repeat}, each in its own process")
    best: dict[str, dict[str, Any]] = {}
    for phase in PHASES:
        runs = []
        for _ in range(repeat):
            home = directory / "run"
            shutil.copytree(fresh, home)
            runs.append(run_child(phase, rows, home))
            shutil.rmtree(home)
        best[phase] = min(runs, key=lambda run: run["cpu_s"])
        found = best[phase]
        print(
            f"  {phase:<12} {found['wall_s']:7.3f} s wall {found['cpu_s']:7.3f} s CPU {rows / found['cpu_s']:10,.0f} rows/s"
            f"  peak {found['mb_peak']} MB (+{found['mb_peak'] - found['mb_before']})",
            flush=True,
        )
    took, bare, floor = (best[phase]["cpu_s"] for phase in ("import", "bare insert", "parse"))
    print(f"  import / bare insert: {took / bare:.1f} (aim: {BARE}); import / (parse + bare insert): {took / (floor + bare):.1f}")
    print(f"  the same file again: {best['again']['cpu_s']:.2f} s (goal at 10,000 rows: {AGAIN_S})")
    return took / rows


if __name__ == "__main__":
    main()
