"""Put a text into the database past every guard, to see whether what looks for it finds it. SQLite only."""

from collections.abc import Sequence

from django.db import connection


def plant(table: str, column: str, text: str, *, where: str = "1") -> None:
    """Set `column` of the rows `where` to `text`, through the driver itself and without the table's triggers."""
    connection.ensure_connection()
    driver = connection.connection
    triggers: Sequence[tuple[str, str]] = sqlite_triggers(table)
    for name, _sql in triggers:
        driver.execute(f'DROP TRIGGER "{name}"')
    try:
        driver.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', [text])
    finally:
        for _name, sql in triggers:
            driver.execute(sql)


def sqlite_triggers(table: str) -> list[tuple[str, str]]:
    rows = connection.connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
    )
    return list(rows.fetchall())
