"""Django's PostgreSQL backend, with SQLite's BEGIN IMMEDIATE: a transaction begins by waiting for its turn."""

from typing import Any

from django.db.backends.postgresql import base

TURN = 0x6869746F  # the letters "hito"; advisory locks are kept for each database apart
WAIT_MS = 20_000  # SQLite's `timeout` in config.settings
BEGIN = f"SET LOCAL lock_timeout = {WAIT_MS}; SELECT pg_advisory_xact_lock({TURN})"


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the turn from the first word of a transaction to its end.

    What an action reads inside its transaction is therefore what stands when it writes. Single statements outside
    a transaction do not wait, nor does a connection whose driver was told to `read_only` (a backup).
    Raises Django's `OperationalError` after `WAIT_MS`, with the connection usable again.
    """

    def _set_autocommit(self, autocommit: Any) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit or self.connection.read_only:
            return
        with self.wrap_database_errors:
            try:
                self.connection.execute(BEGIN)
            except Exception:
                self.connection.rollback()
                super()._set_autocommit(True)  # type: ignore[misc]
                raise
