"""One transaction writes at a time; what it costs the others is told."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from psycopg import IsolationLevel

from config import environment
from config.postgres import base
from config.postgres.base import DatabaseWrapper
from tests.postgres.installation import ROOT, Installation


@pytest.fixture
def connect(empty: Installation, django_db_blocker) -> Iterator:
    """Open connections as the program does, without making them the tests' own."""
    url = {"DATABASE_URL": empty.database_url, "HITOKUCHI_DATA_DIR": str(empty.data_dir)}
    database = environment.read(url, base_dir=ROOT).database | {"ENGINE": "config.postgres"}
    opened: list[DatabaseWrapper] = []

    def connecting() -> DatabaseWrapper:
        opened.append(ConnectionHandler({"default": database})["default"])
        opened[-1].inc_thread_sharing()
        return opened[-1]

    with django_db_blocker.unblock():
        yield connecting
        for connection in opened:
            connection.close()


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False)


def end(connection: DatabaseWrapper) -> None:
    connection.rollback()
    connection.set_autocommit(True)


def ask(connection: DatabaseWrapper, question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def test_the_second_transaction_begins_when_the_first_has_ended(connect) -> None:
    """It waits at its first word, and then sees what the first one wrote."""
    first, second, watch = connect(), connect(), connect()
    begin(first)
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE written AS SELECT 1")
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(begin, second)
        until = time.monotonic() + 10
        while not ask(watch, WAITING) and time.monotonic() < until:
            time.sleep(0.01)
        assert (ask(watch, WAITING), waiting.done()) == (1, False)
        first.commit()
        first.set_autocommit(True)
        waiting.result(10)
    assert ask(second, "SELECT count(*) FROM written") == 1
    end(second)


def test_who_waits_too_long_is_told_and_may_go_on(connect, monkeypatch) -> None:
    """An `OperationalError`, as SQLite gives it; the connection works."""
    monkeypatch.setattr(base, "BEGIN", base.BEGIN.replace(str(base.WAIT_MS), "50"))
    first, second = connect(), connect()
    begin(first)
    with pytest.raises(OperationalError, match="lock timeout"):
        begin(second)
    assert (ask(second, "SELECT 1"), second.get_autocommit()) == (1, True)
    end(first)
    begin(second)
    end(second)


def test_who_only_reads_does_not_wait(connect, monkeypatch) -> None:
    """A backup is made while somebody writes."""
    monkeypatch.setattr(base, "BEGIN", base.BEGIN.replace(str(base.WAIT_MS), "50"))
    first, second = connect(), connect()
    begin(first)
    second.ensure_connection()
    second.connection.isolation_level, second.connection.read_only = IsolationLevel.REPEATABLE_READ, True
    begin(second)
    assert ask(second, "SELECT count(*) FROM members_supporter") == 0
    end(second)
    end(first)
