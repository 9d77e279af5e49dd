"""Look through everything that is stored for national ID numbers; reads only, and never tells a value."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from privacy.containers import AGE, texts_in
from privacy.fields import GuardedTextMixin
from privacy.national_ids import FieldClass, Finding, Level, scan

Ask = Callable[[str], Sequence[tuple[Any, ...]]]
"""Runs one SELECT and gives its rows."""
ROWS_AT_ONCE = 2000
ROWS_NAMED = 10
LARGEST_FILE = 64 * 1024 * 1024
_TEXTS = {"CharField", "TextField", "JSONField", "BinaryField", "URLField", "EmailField", "SlugField", "FileField"}
_DATABASE = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """`where` is "table.column" or a file's path in the data directory; `rows` are the ids of at most ten rows."""

    where: str
    rule: str
    count: int
    rows: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep looked at and found. `found` are certain, `doubtful` may be another number (privacy.md §3.2).

    `locked` counts files that nobody can look into (encrypted backups: they were searched when they were made).
    """

    columns: int = 0
    values: int = 0
    files: int = 0
    locked: int = 0
    found: int = 0
    doubtful: int = 0
    places: tuple[Place, ...] = ()

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            self.columns + other.columns,
            self.values + other.values,
            self.files + other.files,
            self.locked + other.locked,
            self.found + other.found,
            self.doubtful + other.doubtful,
            self.places + other.places,
        )


@dataclass(slots=True)
class _Count:
    found: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0
    rows: dict[str, list[int | str]] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding], row: int | str | None = None) -> None:
        for finding in findings:
            if finding.level is not Level.BLOCK:
                self.doubtful += 1
                continue
            self.found[finding.rule] += 1
            rows = self.rows.setdefault(finding.rule, [])
            if row is not None and row not in rows and len(rows) < ROWS_NAMED:
                rows.append(row)

    def places(self, where: str) -> tuple[Place, ...]:
        return tuple(
            Place(where, rule, count, tuple(self.rows[rule])) for rule, count in sorted(self.found.items())
        )


def sweep(*, on_progress: Callable[[int, int], None] | None = None) -> Swept:
    """Look through every text column of every table and every file of the data directory."""
    return sweep_tables(ask_connection, on_progress=on_progress) + sweep_files(Path(settings.DATA_DIR))


def sweep_tables(ask: Ask, *, on_progress: Callable[[int, int], None] | None = None) -> Swept:
    """Look through every text column; `ask` may be of a copy of this database."""
    tables = text_columns()
    classes = _field_classes()
    swept = Swept()
    for done, (table, columns) in enumerate(tables.items(), start=1):
        swept += _sweep_table(ask, table, columns, classes)
        if on_progress:
            on_progress(done, len(tables))
    return swept


def text_columns() -> dict[str, list[str]]:
    """{table: its primary key column ('' for none), then every column that can hold a text or bytes}."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            texts = [
                one.name
                for one in connection.introspection.get_table_description(cursor, table)
                if _kind(one) in _TEXTS
            ]
            if texts:
                found[table] = [connection.introspection.get_primary_key_column(cursor, table) or "", *texts]
    return found


def ask_connection(sql: str) -> Sequence[tuple[Any, ...]]:
    """An `Ask` of Django's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows


def sweep_files(folder: Path) -> Swept:
    """Look into every file under `folder` but the database itself, whose tables are looked through."""
    swept = Swept()
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.endswith(_DATABASE)):
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
        except FileNotFoundError:  # gone meanwhile: a print run was cleared
            continue
        if data is None or data.startswith(AGE):
            swept += Swept(locked=1)
            continue
        count = _Count()
        for text in texts_in(data):
            count.add(scan(text))
        swept += Swept(
            files=1, found=count.found.total(), doubtful=count.doubtful, places=count.places(str(path.relative_to(folder)))
        )
    return swept


def _kind(column: Any) -> str:
    kind: Any = connection.introspection.get_field_type(column.type_code, column)
    return str(kind[0] if isinstance(kind, tuple) else kind)


def _sweep_table(ask: Ask, table: str, columns: Sequence[str], classes: Mapping[tuple[str, str], FieldClass]) -> Swept:
    texts = columns[1:]
    counts = [_Count() for _column in texts]
    field_classes = [classes.get((table, column), FieldClass.FREE_TEXT) for column in texts]
    values = 0
    for key, *cells in _rows(ask, table, columns):
        for cell, count, field_class in zip(cells, counts, field_classes, strict=True):
            if not cell:
                continue
            values += 1
            for text in _texts(table, cell):
                count.add(scan(text, field_class), key)
    return Swept(
        columns=len(texts),
        values=values,
        found=sum(count.found.total() for count in counts),
        doubtful=sum(count.doubtful for count in counts),
        places=tuple(
            place for column, count in zip(texts, counts, strict=True) for place in count.places(f"{table}.{column}")
        ),
    )


def _rows(ask: Ask, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """All rows; where the key is a number in parts, so that memory stays flat."""
    key, *texts = [connection.ops.quote_name(column) if column else "NULL" for column in columns]
    select = f"SELECT {', '.join([key, *texts])} FROM {connection.ops.quote_name(table)}"  # noqa: S608 - names from the database, quoted
    rows = ask(f"{select} ORDER BY 1 LIMIT {ROWS_AT_ONCE}")
    while len(rows) == ROWS_AT_ONCE and isinstance(rows[-1][0], int):
        yield from rows
        rows = ask(f"{select} WHERE {key} > {int(rows[-1][0])} ORDER BY 1 LIMIT {ROWS_AT_ONCE}")
    yield from ask(select) if len(rows) == ROWS_AT_ONCE else rows


def _texts(table: str, value: Any) -> Iterator[str]:
    if isinstance(value, bytes | memoryview):
        yield from texts_in(bytes(value))
    elif isinstance(value, str):
        yield value
        if table == "django_session":
            yield json.dumps(_session(value), ensure_ascii=False, default=str)
    else:
        yield json.dumps(value, ensure_ascii=False, default=str)


def _session(value: str) -> dict[str, Any]:
    from importlib import import_module

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    found: dict[str, Any] = store.decode(value)
    return found


def _field_classes() -> dict[tuple[str, str], FieldClass]:
    return {
        (model._meta.db_table, field.column): field.field_class
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, GuardedTextMixin) and field.column
    }
