"""Look at every value on its way into the database, whoever sends it: our models, Django's, other parts', raw SQL.

Installed on every connection (`privacy.apps`). Refuses with `NationalIdRefused`, which names the field and holds no
value, and gives the database's own refusals the same form. What PostgreSQL tells of a row in its errors is cut off.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from privacy.database_errors import forget_rows
from privacy.errors import NationalIdRefused
from privacy.findings import FieldClass, Level
from privacy.national_ids import scan
from privacy.stored_texts import SESSION_COLUMN, texts_in, texts_in_session
from privacy.table_guards import place_in
from privacy.text_columns import HeldColumn, held
from privacy.written_values import Written, only_reads, written_by

_LITERAL = re.compile(r"'((?:[^']|'')*)'")


def install(connection: BaseDatabaseWrapper, **kwargs: object) -> None:  # noqa: ARG001
    """Put the guard on a connection once; the receiver of `connection_created`."""
    if guard_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard_statement)


def guard_statement(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]  # noqa: FBT001
) -> Any:
    """Django's `execute_wrapper`: judge what `sql` stores, then run it."""
    statement = str(sql)
    if not only_reads(statement):
        _refuse_in_text(statement)
        if params:
            _refuse_in_values(statement, list(params) if many else [params])
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        if (place := place_in(str(error))) is not None:
            raise NationalIdRefused(held(*place).label, ["individual_number_bare"]) from None
        forget_rows(error)
        raise


def _refuse_in_text(statement: str) -> None:
    """A value that is written into the statement itself is read as strictly as a single fact: only raw SQL does so."""
    rules = _blocking([statement], FieldClass.FREE_TEXT)
    rules += _blocking(_LITERAL.findall(statement), FieldClass.STRUCTURED)
    if rules:
        raise NationalIdRefused(_("データベースへの命令の文"), rules)


def _refuse_in_values(statement: str, rows: Sequence[Any]) -> None:
    written = written_by(statement)
    for column, values in _by_column(written, rows):
        in_session = column is not None and column.place == SESSION_COLUMN
        reader = texts_in_session if in_session else texts_in
        field_class = FieldClass.STRUCTURED if column is None or in_session else column.field_class
        if field_class is None:
            continue
        for value in values:
            if rules := _blocking(reader(value), field_class):
                raise NationalIdRefused(column.label if column else _("データベースへの命令の値"), rules)


def _by_column(written: Written | None, rows: Sequence[Any]) -> Iterator[tuple[HeldColumn | None, Iterable[Any]]]:
    """The different values of each column; named parameters and those of unknown columns come under None."""
    if written is None or written.columns is None or not isinstance(rows[0], list | tuple):
        yield None, (value for row in rows for value in (row.values() if isinstance(row, dict) else row))
        return
    width = len(written.columns)
    for at, name in enumerate(written.columns):
        column = held(written.table, name) if name is not None else None
        if column is not None and column.field_class is None:
            continue
        cells = (cell for row in rows for cell in (row[at::width] if written.repeats else row[at : at + 1]))
        yield column, _different(cells)


def _different(cells: Iterable[Any]) -> Iterable[Any]:
    kept = list(cells)
    try:
        return dict.fromkeys(kept)
    except TypeError:  # lists and other wrappers of JSON
        return kept


def _blocking(texts: Iterable[str], field_class: FieldClass) -> list[str]:
    return [
        finding.rule for text in texts for finding in scan(text, field_class) if finding.level is Level.BLOCK
    ]
