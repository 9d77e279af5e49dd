"""Drive one marked number through every page, form and command, then look for it in every byte that is left.

`python -m tests.canary` prints one line of JSON and ends with 1 where the number was found, a page answered with it or
broke, or a control was not found. The number is made anew for each run. Everything happens in one folder: data, temporary files, logs,
mail, prints, the database with its log of writes, and a locked backup that is opened again. What was typed and the
files that were given in lie outside.
"""

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import django
import openpyxl
import pyrage
from playwright.sync_api import sync_playwright
from stdnum.jp import in_

ROOT = Path(__file__).resolve().parents[2]
PORT = 8199
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = secrets.token_urlsafe(12)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


class Run:
    """One run in `home`, with `given` files from outside."""

    def __init__(self, home: Path, given: Path) -> None:
        self.home, self.given = home, given
        self.temporary, self.log = home / "tmp", home / "log"
        self.temporary.mkdir()
        self.log.mkdir()
        body = "".join(random.SystemRandom().choices("123456789", k=11))
        self.number = body + in_.calc_check_digit(body)
        self.key = pyrage.x25519.Identity.generate()
        self.env = os.environ | {
            "HITOKUCHI_DATA_DIR": str(home / "demo" / "data"), "DATABASE_URL": "", "EMAIL_URL": "", "TMPDIR": str(self.temporary),
            "HITOKUCHI_PUBLIC_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        self.commands: list[str] = []

    def manage(self, *words: str, told: str = "") -> int:
        """Run a command; what it writes goes to the log."""
        self.commands.append(words[0])
        with (self.log / "commands.txt").open("ab") as log:
            return subprocess.run(
                [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env, input=told.encode(), stdout=log, stderr=log, check=False
            ).returncode

    @contextmanager
    def serving(self) -> Iterator[None]:
        with (self.log / "server.txt").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(PORT)], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
            try:
                for _try in range(150):
                    try:
                        urlopen(ADDRESS, timeout=5).close()
                        break
                    except OSError:
                        time.sleep(0.2)
                yield
            finally:
                server.terminate()
                server.wait(60)


def labelled(number: str) -> list[str]:
    """The number as people write it, in forms that are refused in every kind of field."""
    fours = "-".join(number[at : at + 4] for at in (0, 4, 8))
    circled = number.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"))
    return [f"マイナンバー：{number}", fours, f"個人番号は{number.translate(WIDE)}です", circled, f"my number {number}"]


def given_files(run: Run) -> list[Path]:
    """A bank file, rosters and a ledger with the number in every text column."""
    from donations.bankfiles.yucho_direct_csv_writer import ledger
    from office.demo.showing import AS_WRITTEN
    from tests.donations.bank_file import bank_file

    text = f"マイナンバー{run.number}"
    lines = ledger(50_000, [(date(2026, 10, day), 1_000 * day, "振込", text) for day in (1, 2, 3)])
    bank = run.given / "bank.csv"
    bank.write_bytes(bank_file(lines, account=AS_WRITTEN))
    roster = run.given / "roster.csv"
    roster.write_text(f"氏名,フリガナ,住所,備考\n森　進,モリ ススム,千代田区1-1,{text}\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["氏名", "フリガナ", "個人番号"])
    book.active.append(["森　進", "モリ ススム", int(run.number)])
    book.save(run.given / "roster.xlsx")
    past = run.given / "ledger.csv"
    past.write_text(f"日付,金額,払込人名,通信欄,支援者番号\n2025-10-01,1000,モリ ススム,{text},\n", encoding="utf-8")
    unknown = run.given / "unknown.csv"
    unknown.write_text(f"いつ,いくら,だれ\n2026/10/01,1000,{text}\n", encoding="cp932")
    letter = run.given / "letter.md"
    letter.write_text(f"みなさまへ\n\n{text}\n", encoding="utf-8")
    return [bank, roster, run.given / "roster.xlsx", past, unknown, letter]


def drive_commands(run: Run, files: list[Path]) -> None:
    """The number in every command that takes a text or a file."""
    bank, roster, book, past, unknown, letter = map(str, files)
    text = f"マイナンバー：{run.number}"
    for file in (bank, unknown, roster):
        run.manage("import_statement", file, "--json")
        run.manage("compare_statement", file, "--json")
    run.manage("import_statement", bank, "--account", run.number)
    for file in (roster, book, past):
        run.manage("import_supporters", file)
        run.manage("import_history", file)
    run.manage("setup_association", "--name", text, "--account", "00100-2-729745")
    run.manage("create_user", run.number, "--role", "auditor", "--password-stdin", told=PASSWORD)
    run.manage("backup_key", text)
    for command in ("erase_supporter", "undo_import"):
        run.manage(command, run.number, "--json")
    run.manage("disclose", run.number, "--output", str(run.home / "disclosed.json"))
    run.manage("close_month", text, "2026-10", "--json")
    run.manage("reconcile", "--as", run.number)
    run.manage("prepare_newsletter", letter, "--title", text)
    run.manage("issue_receipts", "--until", "2026-11-23", "--as", text)
    run.manage("void_receipt", run.number, "--reason", text)
    run.manage("reissue_receipt", run.number, "--reason", text)
    run.manage("scan_for_ids", letter, "--json")
    run.manage("restore", letter, "--replace")
    run.manage("idguard_sweep")


def drive_pages(run: Run, files: list[Path]) -> dict[str, object]:
    """Every page, every form."""
    from tests.browser.conftest import CHROMIUM, FLAGS
    from tests.canary.crawl import Crawl
    from tests.canary.search import Canary

    with run.serving(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="ja-JP").new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{ADDRESS}/accounts/login/")
        page.get_by_label("利用者の名前").fill("zenbu")
        page.get_by_label("パスワード").fill(PASSWORD)
        page.get_by_role("button", name="サインイン").click()
        page.wait_for_url(f"{ADDRESS}/")
        crawl = Crawl(page, ADDRESS, Canary(run.number), labelled(run.number), files)
        crawl.run()
        crawl.knock([f"/supporters/{run.number}/", f"/?q={run.number}", f"/donations/statements/{run.number}/", f"/newsletters/u/{run.number}/"])
        browser.close()
    return {
        "pages": len(crawl.pages), "forms": len(crawl.forms), "sent": crawl.sent.total(), "broken": sorted(set(crawl.broken)),
        "echoed": sorted(crawl.echoed),
    }  # fmt: skip


def main() -> int:
    from tests.canary.controls import plant
    from tests.canary.search import Canary, search

    with tempfile.TemporaryDirectory(prefix="hitokuchi-canary-") as home, tempfile.TemporaryDirectory() as given:
        run = Run(Path(home), Path(given))
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "HITOKUCHI_DATA_DIR": str(run.home / "demo" / "data")}
        django.setup()
        assert run.manage("demo", "--folder", str(run.home / "demo")) == 0
        roles = [word for role in ("treasurer", "organiser", "printer", "auditor", "admin") for word in ("--role", role)]
        assert run.manage("create_user", "zenbu", *roles, "--password-stdin", told=PASSWORD) == 0
        files = given_files(run)
        drive_commands(run, files)
        told = drive_pages(run, files)
        drive_commands(run, files)
        backup = run.manage("backup", str(run.home / "hikae"), "--key", str(run.key.to_public()))
        canary = Canary(run.number)
        found = search(run.home, canary, keys=[run.key])
        looked = sum(path.is_file() for path in run.home.rglob("*"))
        controls = Path(given) / "controls"
        controls.mkdir()
        planted = plant(controls, run.number, run.key.to_public())
        missed = sorted(set(planted) - set(search(controls, canary, keys=[run.key])))
        told |= {"commands": len(run.commands), "files": looked, "found": found, "controls": len(planted), "missed": missed, "backup": backup}
    print(json.dumps(told, ensure_ascii=False))
    return int(any(told[name] for name in ("found", "echoed", "missed", "broken", "backup")))


if __name__ == "__main__":
    sys.exit(main())
