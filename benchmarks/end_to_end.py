"""The whole way through the commands: ``python -m benchmarks.end_to_end --seeds 3 --supporters 1000 --rows 1000``.

The invented world of ``benchmarks.matching`` is written as files: the list of supporters (支援者番号 are the group's own),
last year's ledger, this year's bank file. A fresh SQLite database then goes through ``setup_association``,
``import_supporters``, ``import_history``, ``import_statement`` and ``reconcile --auto``, each a process of its own, and
what was confirmed is held against the truth. Beside it stands the same matcher in memory, fed from the same world: once with
all that the generator's register knows (usual units and month, the contact's reading, messages), once only with what
these files can hold. The bank file has no 通信欄, so numbers and addresses written there are not seen.
"""

import argparse
import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.matching.methods import Answer, Ours
from benchmarks.matching.score import Score
from benchmarks.matching.transfers import CHANNEL_WORD, World
from benchmarks.matching.world import PRESETS, Member, Row
from donations.bankfiles.yucho_direct_csv_writer import ledger, write
from donations.matching.gate import Policy

YEARS_BACK = 1
"""The world's years lie in the future for a bank file of today."""
ACCOUNT, OPENING_YEN = "00100-2-729745", 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--supporters", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=1001)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="realistic")
    parser.add_argument("--tau", type=float, help="the least probability; without it the program's own")
    parser.add_argument("--no-history", action="store_true", help="the first year, without last year's ledger")
    chosen = parser.parse_args()
    tau = chosen.tau or (0.99 if chosen.supporters <= 2000 else 0.995)
    stored, full, like = Score(), Score(), Score()
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        world = World(seed, chosen.supporters, chosen.rows, chosen.preset)
        with TemporaryDirectory(prefix="hitokuchi-bench-") as folder:
            answers = through_the_commands(world, Path(folder), chosen)
        rows = world.rows
        stored.add(rows, [answers[row.id] for row in rows])
        policy, with_history = Policy.posterior(tau), not chosen.no_history
        full.add(rows, Ours(world, policy, with_history=with_history).answers(rows))
        bare = [replace(row, message="") for row in rows]
        like.add(rows, Ours(as_in_files(world), policy, with_history=with_history).answers(bare))
    print(f"{chosen.preset}, {chosen.supporters} supporters, {chosen.rows} rows a seed, tau {tau}, seeds from {chosen.first_seed}")
    print(stored.line("through the commands"))
    print(like.line("in memory, same facts"))
    print(full.line("in memory, all facts"))
    print(f"processor time of the commands: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.1f} s")


def through_the_commands(world: World, folder: Path, chosen: argparse.Namespace) -> dict[int, Answer]:
    """Give what was confirmed for each row that came in."""
    files = folder / "files"
    files.mkdir()
    write_supporters(world.members, files / "meibo.csv")
    write_history(world, files / "kyonen.csv")
    order = write_statement(world.rows, files / "meisai.csv")
    data = folder / "data"
    data.mkdir()

    def command(*words: str) -> dict:
        run = [sys.executable, "manage.py", *words]
        done = subprocess.run(run, env={**os.environ, "HITOKUCHI_DATA_DIR": str(data)}, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{words}: {done.stdout[:2000]} {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1]) if "--json" in words else {}

    command("migrate", "--verbosity", "0")
    opening = ["--opening-balance", str(OPENING_YEN), "--opening-on", back(min(row.on for row in world.rows)).isoformat()]
    command("setup_association", "--name", "みずうみの会", "--account", ACCOUNT, *opening, "--json")
    print(command("import_supporters", str(files / "meibo.csv"), "--json"))
    if not chosen.no_history:
        print(command("import_history", str(files / "kyonen.csv"), "--json"))
        print("the same again:", command("import_history", str(files / "kyonen.csv"), "--json"))
    print(command("import_statement", str(files / "meisai.csv"), "--json"))
    print(command("reconcile", "--auto", "--json", *(["--tau", str(chosen.tau)] if chosen.tau else [])))
    return confirmed(data, order)


def confirmed(data: Path, order: Sequence[Row]) -> dict[int, Answer]:
    """Read who got each row; the bank's order of rows is the file's."""
    (path,) = data.glob("*.sqlite3")
    base = sqlite3.connect(path)
    places = [pk for (pk,) in base.execute("select id from donations_transaction order by position")]
    given: dict[int, set[int]] = {}
    found = base.execute(
        "select transaction_id, legacy_number from donations_allocation join members_supporter s on s.id = supporter_id"
    )
    for row, number in found:
        given.setdefault(row, set()).add(int(number[:-1]))
    base.close()
    answers = {}
    for pk, row in zip(places, order, strict=True):
        ids = tuple(sorted(given.get(pk, ())))
        answers[row.id] = Answer([(one, 1.0) for one in ids], bool(ids), ids, 1.0)
    return answers


def write_supporters(members: Iterable[Member], path: Path) -> None:
    """The list as a group has it; 支援者番号 is its own number (serial and check digit)."""
    rows = [
        {
            "支援者番号": member.number,
            "種別": "個人" if member.name else "団体",
            "氏名": member.kanji,
            "フリガナ": member.reading,
            "担当者名": member.contact.kanji if member.contact else "",
            "郵便番号": f"{member.postcode[:3]}-{member.postcode[3:]}",
            "電話": f"{member.phone[:3]}-{member.phone[3:7]}-{member.phone[7:]}",
            "世帯": f"世帯{member.household}" if member.household else "",
        }
        for member in members
    ]
    write_csv(rows, path)


def write_history(world: World, path: Path) -> None:
    """Last year's ledger, with the numbers a treasurer wrote beside each row."""
    rows = [
        {
            "日付": back(row.on).isoformat(),
            "金額": f"{row.amount_yen:,}",
            "払込人名": row.payer,
            "通信欄": row.message,
            "支援者番号": "、".join(world.by_id[one].number for one in row.ids),
        }
        for row in world.history
    ]
    write_csv(rows, path)


def write_csv(rows: Sequence[dict[str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_statement(rows: Iterable[Row], path: Path) -> list[Row]:
    """The rows of this year as ゆうちょダイレクト gives them; give them in the file's order. Signs that CP932 lacks become 〓."""
    order = sorted(rows, key=lambda row: (row.on, row.id))
    movements = []
    for row in order:
        yen = -row.amount_yen if row.type == "none" else row.amount_yen
        payer = row.payer.encode("cp932", errors="xmlcharrefreplace").decode("cp932")
        payer = "".join("〓" if sign.encode("cp932", errors="ignore") == b"" else sign for sign in row.payer) if "&#" in payer else payer
        movements.append((back(row.on), yen, CHANNEL_WORD.get(row.channel, row.channel), payer))
    lines = ledger(OPENING_YEN, movements)
    produced = datetime.combine(lines[-1].booked_on, datetime.max.time())
    text = write(
        lines, account_as_written="記号番号：00100-2-729745", produced_at=produced, period=None,
        balance_at_output_yen=lines[-1].balance_yen or 0,
    )
    path.write_bytes(text)
    return order


def as_in_files(world: World) -> World:
    """The world, of which only that is known what the files hold."""
    known = {member.id: member for member in world.members}
    paid: dict[int, Row] = {}
    for row in world.history:
        if len(row.ids) == 1:
            paid[row.ids[0]] = row
    bare = object.__new__(World)
    bare.history = world.history
    bare.members = [_Bare(member, paid.get(member.id)) for member in known.values()]
    return bare


class _Bare:
    """A member without usual units, usual month and the contact's reading."""

    def __init__(self, member: Member, last: Row | None) -> None:
        self.member, self.last = member, last

    def as_person(self) -> object:
        person = self.member.as_person()
        return replace(
            person, usual_units=None, usual_month=None, contact_reading="",
            last_amount_yen=self.last.amount_yen if self.last else None, last_paid_on=self.last.on if self.last else person.last_paid_on,
        )


def back(day: date) -> date:
    return day.replace(year=day.year - YEARS_BACK)


if __name__ == "__main__":
    main()
