"""Put a text into the database past every guard, to see whether what looks for it finds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def plant(table: str, column: str, text: str, *, where: str = "1 = 1") -> None:
    """Set `column` of the rows `where` to `text`, through the driver itself and without the table's triggers."""
    connection.ensure_connection()
    mark = "?" if connection.vendor == "sqlite" else "%s"
    with _without_triggers(table) as driver:
        driver.execute(f'UPDATE "{table}" SET "{column}" = {mark} WHERE {where}', [text])


@contextmanager
def _without_triggers(table: str) -> Iterator[Any]:
    driver = connection.connection
    if connection.vendor != "sqlite":
        driver.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield driver
        driver.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        return
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers = driver.execute(asked, [table]).fetchall()
    for name, _sql in triggers:
        driver.execute(f'DROP TRIGGER "{name}"')
    try:
        yield driver
    finally:
        for _name, sql in triggers:
            driver.execute(sql)
