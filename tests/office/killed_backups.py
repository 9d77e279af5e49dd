"""Kill backups and restores with SIGKILL at random moments, look at what is left, and practise a restore.

`python -m tests.office.killed_backups ROUNDS SEED` prints one line of JSON. It works in a folder of its own; each
backup and restore is a process of its own, killed after its open copy appeared. Exit 1 where something was not whole.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pyrage

ROOT = Path(__file__).resolve().parents[2]
FILL = """
import django; django.setup()
from tests.factories.members import AssociationFactory, SupporterFactory
from members.models import Association, PayerName, Supporter
if not Association.objects.exists(): AssociationFactory()
SupporterFactory.reset_sequence(Supporter.objects.count() + 1)
for one in SupporterFactory.create_batch({count}):
    PayerName.objects.create(key=one.number, as_written=one.number, origin="learned", supporter=one)
"""
LONGEST_WAIT = 20.0


class Place:
    """A data directory with a key of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.data.mkdir()
        identity = pyrage.x25519.Identity.generate()
        self.key, self.public = folder / "key.txt", str(identity.to_public())
        self.key.write_text(str(identity))
        self.env = os.environ | {
            "HITOKUCHI_DATA_DIR": str(self.data), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip

    def manage(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def fill(self, count: int) -> None:
        subprocess.run([sys.executable, "-c", FILL.format(count=count)], cwd=ROOT, env=self.env, check=True)

    def state(self) -> tuple[str, int, int]:
        """(is the database whole, supporters, names for them): the two numbers belong together."""
        with closing(sqlite3.connect(self.data / "hitokuchi.sqlite3")) as database:
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
            (people,) = database.execute("SELECT COUNT(*) FROM members_supporter").fetchone()
            (named,) = database.execute("SELECT COUNT(DISTINCT supporter_id) FROM members_payername WHERE origin = 'learned'").fetchone()
        return str(whole), people, named

    def open_copies(self) -> list[Path]:
        return list(self.data.glob("hikae-*"))


def killed(process: subprocess.Popen[bytes], place: Place, moment: float) -> bool:
    """Kill `moment` seconds after the open copy appeared; whether it was still at work."""
    before = set(place.open_copies())
    start = time.monotonic()
    while process.poll() is None and not set(place.open_copies()) - before:
        if time.monotonic() - start > LONGEST_WAIT:
            break
        time.sleep(0.002)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def main(rounds: int, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    told: dict[str, object] = {"rounds": rounds}
    with tempfile.TemporaryDirectory(prefix="hitokuchi-kill-") as folder:
        place = Place(Path(folder))
        assert place.manage("migrate").wait() == 0
        place.fill(20)
        old = place.folder / "old.hitokuchi-backup"
        assert place.manage("backup", str(old), "--key", place.public).wait() == 0
        place.fill(10)
        assert place.state() == ("ok", 30, 30)
        kills, half, broken, copies = 0, 0, 0, 0
        for one in range(rounds):
            file = place.folder / f"{one}.hitokuchi-backup"
            kills += killed(place.manage("backup", str(file), "--key", place.public), place, chance.uniform(0, 0.4))
            broken += place.state() != ("ok", 30, 30)
            if file.exists():
                with file.open("rb") as source, (place.folder / "opened").open("wb") as target:
                    pyrage.decrypt_io(source, target, list(map(pyrage.x25519.Identity.from_str, [place.key.read_text()])))
        for _one in range(rounds):
            words = ("restore", str(old), "--replace", "--key-file", str(place.key))
            kills += killed(place.manage(*words), place, chance.uniform(0, 0.6))
            state = place.state()
            broken += state not in {("ok", 20, 20), ("ok", 30, 30)}
            half += state == ("ok", 20, 20)
            if state == ("ok", 20, 20):
                place.fill(10)
        copies = len(place.open_copies())
        last = place.manage("restore", str(old), "--replace", "--key-file", str(place.key)).wait()
        told |= {"killed_at_work": kills, "restored_before_the_kill": half, "broken": broken, "left_copies": copies}
        told["drill_exit"] = place.manage("backup_drill").wait()
        told |= {"last_exit": last, "last_state": list(place.state()), "left_at_the_end": len(place.open_copies())}
    return told


if __name__ == "__main__":
    result = main(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(result))
    sys.exit(bool(result["broken"] or result["drill_exit"] or result["last_exit"] or result["last_state"] != ["ok", 20, 20] or result["left_at_the_end"]))
