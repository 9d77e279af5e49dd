"""What proves that a restore brought everything back: rows of every table, sums of yen, the audit trail to the letter.

The name of a fact says how it is asked, so that a backup of an earlier version is compared by its own facts.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models

from privacy.models import AuditEvent
from privacy.sweep import Ask

LEFT_OUT = frozenset({"django_session", "django_content_type", "django_migrations", "auth_permission"})
"""Sessions end with a restore; the others are made anew by `migrate`, with ids of the installation."""

Facts = dict[str, int | str]
_ROWS = re.compile(r"rows of (\w+)", re.ASCII)
_YEN = re.compile(r"yen of (\w+)\.(\w+)", re.ASCII)
_TEXT = re.compile(r"text of (\w+)\(([\w,]+)\)", re.ASCII)


def fact_names() -> list[str]:
    """The names of the facts that a backup of this version tells."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    audit = AuditEvent._meta
    return [
        *sorted(f"rows of {model._meta.db_table}" for model in kept),
        *sorted(f"yen of {model._meta.db_table}.{column}" for model in kept for column in _yen_columns(model)),
        f"text of {audit.db_table}({','.join(str(field.column) for field in audit.local_fields)})",
    ]


def facts(ask: Ask, names: Iterable[str]) -> Facts:
    """{"rows of TABLE": n, "yen of TABLE.COLUMN": sum, "text of TABLE(COLUMNS)": SHA-256 of all rows by id}.

    The digest is of the rows as this kind of database gives them: compare it within one kind only. Raises
    `ValueError` for a name in another form.
    """
    return {name: _fact(ask, name) for name in names}


def _yen_columns(model: type[models.Model]) -> list[str]:
    return [
        str(field.column)
        for field in model._meta.local_fields
        if field.name.endswith("_yen") and isinstance(field, models.IntegerField)
    ]


def _fact(ask: Ask, name: str) -> int | str:
    quote = connection.ops.quote_name
    if found := _ROWS.fullmatch(name):
        return int(ask(f"SELECT COUNT(*) FROM {quote(found[1])}")[0][0])  # noqa: S608 - a name of letters, quoted
    if found := _YEN.fullmatch(name):
        return int(ask(f"SELECT SUM({quote(found[2])}) FROM {quote(found[1])}")[0][0] or 0)  # noqa: S608
    if found := _TEXT.fullmatch(name):
        columns = ", ".join(map(quote, found[2].split(",")))
        return _digest(ask(f"SELECT {columns} FROM {quote(found[1])} ORDER BY id"))  # noqa: S608
    raise ValueError(name)


def _digest(rows: Iterable[tuple[Any, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()
