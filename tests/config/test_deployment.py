"""What an installation on the open web would run with."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_said_against_deploying(tmp_path) -> None:
    """`manage.py check --deploy` with a public https address finds nothing."""
    env = {**os.environ, "HITOKUCHI_DATA_DIR": str(tmp_path), "HITOKUCHI_PUBLIC_URL": "https://example.jp", "DATABASE_URL": ""}
    for ours in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        env.pop(ours, None)
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr
