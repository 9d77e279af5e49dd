"""Let several people press at the same moment: threads with connections of their own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

from privacy.errors import Refused

Found = TypeVar("Found")


@contextmanager
def database_for_threads(folder: Path) -> Iterator[None]:
    """Let new threads open the rows written so far, of a test marked `django_db(transaction=True)`.

    SQLite: a copy in a file, whose writes never reach the test database. PostgreSQL: the test database itself.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "race.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(path)
    try:
        yield
    finally:
        settings["NAME"] = before


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Run each action in a thread, all let go together: "done" or the code of the refusal, sorted."""
    barrier = Barrier(len(actions))

    def work(action: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            barrier.wait()
            action()
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(actions)) as threads:
        return sorted(threads.map(work, actions))


def in_a_thread(read: Callable[[], Found]) -> Found:
    """Ask the database of the threads."""

    def asked() -> Found:
        try:
            return read()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asked).result()
