"""A number in the database that no guard saw: what a program of years ago, or another one, may have left there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from privacy.guarding_tables import drop_guards, guard_tables
from privacy.statement_guard import guard_statement


@contextmanager
def no_guards() -> Iterator[None]:
    """Statements and tables unguarded inside."""
    connection.ensure_connection()
    connection.execute_wrappers.remove(guard_statement)
    drop_guards(connection)
    try:
        yield
    finally:
        guard_tables(connection)
        connection.execute_wrappers.append(guard_statement)


def smuggle(row: models.Model, **texts: str) -> None:
    """Write texts into a row past every guard, and into the object."""
    with no_guards(), connection.cursor() as cursor:
        for name, text in texts.items():
            column = row._meta.get_field(name).column
            cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{column}" = %s WHERE id = %s', [text, row.pk])
    row.refresh_from_db()
