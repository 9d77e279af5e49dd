"""One moment's state of the whole database in a file, while others go on writing."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from office.backup_facts import Facts, fact_names, facts
from office.backup_file import ROWS_MEMBER, SQLITE_MEMBER
from privacy.sweep import Swept, ask_connection, sweep_tables

NOT_KEPT = {"contenttypes", "sessions"}
MADE_BY_MIGRATE = {"auth.permission"}
"""Their ids follow the content types of an installation, so they may not come from another one; nothing of ours uses them."""


class WholeMoments(DjangoJSONEncoder):
    """Django's own encoder cuts moments to milliseconds; a backup keeps what the database keeps."""

    def default(self, o: object) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def copy_data(folder: Path) -> tuple[Path, Facts, Swept]:
    """Write one moment's state into `folder`, waiting for nobody: the file, its facts, and what a sweep of it found."""
    if connection.vendor == "sqlite":
        return (path := folder / SQLITE_MEMBER), *_copy_sqlite(path)
    return (path := folder / ROWS_MEMBER), *_copy_rows(path)


def kept_models() -> list[type[models.Model]]:
    """Models whose rows a backup of PostgreSQL holds, parents first."""
    return [
        model
        for model in serializers.sort_dependencies(
            [(config, None) for config in apps.get_app_configs() if config.label not in NOT_KEPT],
            allow_cycles=True,
        )
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in MADE_BY_MIGRATE
    ]


def facts_of_file(path: Path, names: Iterable[str]) -> Facts:
    """These facts of a copied SQLite database. Raises `sqlite3.DatabaseError` where a table or column is not there."""
    with closing(sqlite3.connect(path)) as copy:
        return facts(lambda sql: copy.execute(sql).fetchall(), names)


def _copy_sqlite(target: Path) -> tuple[Facts, Swept]:
    """VACUUM INTO gives one moment's state without deleted rows; sessions are nobody's to keep."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute(f'DELETE FROM "{Session._meta.db_table}"')  # noqa: S608 - Django's own table name

        def ask(sql: str) -> Sequence[tuple[Any, ...]]:
            return copy.execute(sql).fetchall()

        return facts(ask, fact_names()), sweep_tables(ask)


def _copy_rows(target: Path) -> tuple[Facts, Swept]:
    """All rows of one snapshot as JSON lines; nobody's writing waits for it."""
    with _snapshot(), target.open("w", encoding="utf-8") as file:
        for model in kept_models():
            rows = model._base_manager.order_by("pk").iterator(500)
            serializers.serialize("jsonl", rows, stream=file, cls=WholeMoments)
        return facts(ask_connection, fact_names()), sweep_tables(ask_connection)


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction of PostgreSQL that sees one moment's state and may not write."""
    from psycopg import IsolationLevel

    connection.ensure_connection()
    driver = connection.connection
    driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        with transaction.atomic():
            yield
    finally:
        driver.isolation_level = driver.read_only = None
