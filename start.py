#!/usr/bin/env python3
"""Set up and run Hitokuchi with nothing but the standard library: `python3 start.py install|demo|serve|test|check|bench`.

The Makefile calls this file; on Windows, where there is no make, call it directly (`py start.py demo`).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
DEMO = ROOT / "demo"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSER = ("chromium",)
OLDEST = (3, 11)
PORT = os.environ.get("PORT", "8000")
PYTEST = (PYTHON, "-m", "pytest", "-n", os.environ.get("TEST_WORKERS", "auto"), "--dist", "worksteal")


def say(text: str) -> None:
    print(text, flush=True)


def run(*words: str | Path, env: dict[str, str] | None = None) -> None:
    """Run one program and stop with its exit code when it fails."""
    try:
        done = subprocess.run([str(word) for word in words], cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    except KeyboardInterrupt:
        sys.exit(0)
    if done.returncode:
        sys.exit(done.returncode)


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages when root; otherwise say the one line that does it and stop."""
    line = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"{why} のため、{' '.join(packages)} を入れます。")
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", env=env)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=env)
        return
    sys.exit(f"{why} に必要なものが足りません。次の1行を実行してから、もう一度試してください。\n  sudo sh -c '{line}'")


def check_python() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 以上が必要です(いまは {sys.version.split()[0]})。新しい Python を入れてください。")
    if find_spec("ensurepip") is None:
        apt_install(["python3-venv"], "Python の仮想環境(.venv)")


def has_library(name: str) -> bool:
    """Whether the system can load the shared library (asked in the venv, as WeasyPrint does)."""
    code = f"import ctypes.util, ctypes; ctypes.CDLL({name!r})"
    return subprocess.run([str(PYTHON), "-c", code], capture_output=True, check=False).returncode == 0


def check_pango() -> None:
    if os.name == "nt" or sys.platform == "darwin":
        return  # named in docs/how-to/install.md; PDF pages say what is missing
    if not all(has_library(name) for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")):
        apt_install(PANGO, "PDF を作る")


def check_browser() -> None:
    if shutil.which("chromium") is None:
        apt_install(BROWSER, "ブラウザーを使うテスト")


def install(lock: str = "requirements.txt") -> None:
    """Make `.venv` from the hash-locked file; does nothing when the lock has not changed."""
    check_python()
    if not PYTHON.exists():
        say("仮想環境 .venv を作ります。")
        venv.create(VENV, with_pip=True)
    digest = hashlib.sha256((ROOT / lock).read_bytes() + sysconfig.get_python_version().encode()).hexdigest()
    stamp = VENV / f"installed-{lock}"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != digest:
        say(f"{lock} にある部品を入れます(はじめは1〜2分かかります)。")
        run(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", lock)
        stamp.write_text(digest, encoding="ascii")
    check_pango()


def install_dev() -> None:
    install("requirements-dev.txt")


def manage(*words: str, env: dict[str, str] | None = None) -> None:
    run(PYTHON, "manage.py", *words, env=env)


def demo_env() -> dict[str, str]:
    """The demo keeps to its own folder and its own database, and never sends mail."""
    return {"HITOKUCHI_DATA_DIR": str(DEMO / "data"), "DATABASE_URL": "", "EMAIL_URL": "", "HITOKUCHI_PUBLIC_URL": ""}


def demo() -> None:
    install()
    manage("demo", "--folder", str(DEMO), env=demo_env())


def has_own_data() -> bool:
    """Whether the group has begun: its database is there, or it said where its data lie."""
    said = any(os.environ.get(name) for name in ("HITOKUCHI_DATA_DIR", "DATABASE_URL"))
    return said or (ROOT / "data" / "hitokuchi.sqlite3").exists()


def serve() -> None:
    """Open the pages: the group's own data when there is some, else the demo (made now if need be)."""
    install()
    if has_own_data():
        serve_own()
        return
    if not (DEMO / "data" / "hitokuchi.sqlite3").exists():
        demo()
    manage("serve", "--port", PORT, env=demo_env())


def serve_own() -> None:
    """Open the pages on the group's own data; the first time they ask for the group's name."""
    install()
    manage("serve", "--port", PORT)


def test() -> None:
    install_dev()
    check_browser()
    run(*PYTEST, *sys.argv[2:], env={"DATABASE_URL": ""})  # never on a server that holds somebody's data


def test_postgres() -> None:
    """Every test once more, on a PostgreSQL that is started for it and thrown away."""
    install_dev()
    check_browser()
    run(PYTHON, "-m", "tests.postgres.serving", *PYTEST, "-m", "not postgres", *sys.argv[2:])


def check() -> None:
    install_dev()
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy", ".")
    run(BIN / "lint-imports")
    manage("check", "--fail-level", "WARNING")
    manage("makemigrations", "--check", "--dry-run")
    manage("check", "--deploy", "--fail-level", "WARNING", env={"HITOKUCHI_PUBLIC_URL": "https://example.jp"})
    run(PYTHON, "-m", "tests.fuzz")
    run(PYTHON, "-m", "tests.office.killed_backups", "2", "7")


def canary() -> None:
    """Send one marked number through every page, form and command, and look for it in every byte that is left."""
    install_dev()
    check_browser()
    run(PYTHON, "-m", "tests.canary")


def audit() -> None:
    """Ask the advisory database about every package of the lock; needs the network, so `check` leaves it out."""
    install_dev()
    run(BIN / "pip-audit", "--strict", "--require-hashes", "--disable-pip", "-r", "requirements.txt")


def bench() -> None:
    install_dev()
    run(PYTHON, "-m", "benchmarks")


TASKS = {
    "install": install, "demo": demo, "serve": serve, "serve-own": serve_own, "test": test,
    "test-postgres": test_postgres, "check": check, "canary": canary, "audit": audit, "bench": bench,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(f"使いかた: python3 start.py {'|'.join(TASKS)}")
    TASKS[sys.argv[1]]()
