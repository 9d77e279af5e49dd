"""Put the triggers of `privacy.table_guards` on every table with text, after each migration and after each restore.

The columns are read from the database itself, so that a new one, and a table of another part, is covered at once.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from privacy.table_guards import JUDGE, PREFIX, postgres_function, postgres_triggers, sqlite_objects
from privacy.text_columns import HeldColumn, held

_SQLITE_COLUMNS = """
    SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'
      AND (columns.type LIKE '%char%' OR columns.type LIKE '%text%' OR columns.type LIKE '%json%')
"""
_POSTGRES_COLUMNS = """
    SELECT columns.table_name, columns.column_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
      AND data_type IN ('character varying', 'character', 'text', 'json', 'jsonb')
"""
_SQLITE_GUARDS = f"SELECT name, sql FROM sqlite_master WHERE name LIKE '{PREFIX}%' OR name = '{JUDGE}'"  # noqa: S608
_POSTGRES_GUARDS = f"""
    SELECT tgname, relname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = current_schema()::regnamespace AND tgname LIKE '{PREFIX}%'
"""  # noqa: S608


def before_migrations(plan: Sequence[Any] = (), using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:  # noqa: ARG001
    """Take the guards off while columns change: both databases refuse to change a column that a trigger names."""
    if plan:
        drop_guards(connections[using])


def after_migrations(using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:  # noqa: ARG001
    guard_tables(connections[using])


def guard_tables(connection: BaseDatabaseWrapper) -> bool:
    """Make the guards as they must be; True if anything had to be changed. Does nothing where all are in place."""
    if not missing_guards(connection):
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        drop_guards(connection)
        if connection.vendor == "sqlite":
            statements = list(sqlite_objects(text_columns(connection)).values())
        else:
            statements = [postgres_function(), *postgres_triggers(text_columns(connection)).values()]
        for statement in statements:
            cursor.execute(statement)
    return True


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards that are not there, differ, or are there without a reason. Reads only."""
    wanted, found = _wanted(connection), _found(connection)
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def text_columns(connection: BaseDatabaseWrapper) -> list[HeldColumn]:
    """Every text column of every table in the database, by what the models say of it."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_COLUMNS if connection.vendor == "sqlite" else _POSTGRES_COLUMNS)
        columns = [held(table, column) for table, column in cursor.fetchall()]
    return [column for column in columns if column.field_class is not None]


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    if connection.vendor == "sqlite":
        return sqlite_objects(text_columns(connection))
    return dict.fromkeys(postgres_triggers(text_columns(connection)), "O")


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE_GUARDS)
            return dict(cursor.fetchall())
        cursor.execute(_POSTGRES_GUARDS)
        return {f"{table} {name}": enabled for name, table, enabled in cursor.fetchall()}


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every guard off."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in _found(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP {"VIEW" if name == JUDGE else "TRIGGER"} IF EXISTS "{name}"')
            else:
                table, trigger = name.split(" ")
                cursor.execute(f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"')
