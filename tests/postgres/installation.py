"""One installation of the program: a database, a data directory, and commands that run in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
COVERED = ("DATABASE_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS")


@dataclass(frozen=True)
class Installation:
    """`database_url` is empty for SQLite."""

    database_url: str
    data_dir: Path

    @property
    def database(self) -> str:
        """The name of the database in the address."""
        return urlsplit(self.database_url).path.strip("/")

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HITOKUCHI_", *COVERED))}
        return kept | {"DATABASE_URL": self.database_url, "HITOKUCHI_DATA_DIR": str(self.data_dir)}

    def start(self, *words: str, stdin: int | None = None) -> subprocess.Popen[str]:
        """Start Python with these words; both outputs are piped."""
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.env, text=True, stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def start_command(self, *words: str) -> subprocess.Popen[str]:
        return self.start("manage.py", *words)

    def start_commands(self, commands: Sequence[Sequence[str]]) -> subprocess.Popen[str]:
        """Start one process that runs the commands with --json, one after the other; `told` reads what they told."""
        return self.start("-m", "tests.postgres.several_commands", json.dumps(commands))

    def tell(self, commands: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
        """Run commands in one process and give their JSON."""
        return told(self.start_commands(commands))


def said(process: subprocess.Popen[str], *, code: int = 0) -> tuple[str, str]:
    """Wait for the process, which must end with `code`, and give what it wrote."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == code, f"exit {process.returncode}\n{out}\n{err}"
    return out, err


def told(process: subprocess.Popen[str], *, code: int = 0) -> Any:
    """The JSON on the process's last line."""
    return json.loads(said(process, code=code)[0].splitlines()[-1])
