"""Look at every value on its way into the database, whoever sends it: our models, Django's, other parts', raw SQL.

Installed on every connection (`privacy.apps`). Refuses with `NationalIdRefused`, which names the field and holds no
value, and gives the database's own refusals the same form. What PostgreSQL tells of a row in its errors is cut off.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from privacy.database_errors import forget_rows
from privacy.errors import NationalIdRefused
from privacy.findings import FieldClass, Level
from privacy.national_ids import scan
from privacy.prefilter import is_surely_clean
from privacy.stored_texts import SESSION_COLUMN, texts_in, texts_in_session
from privacy.table_guards import place_in
from privacy.text_columns import HeldColumn, held
from privacy.written_values import only_reads, written_by

_ONE_ROW = 1_000_000
"""More than any statement has parameters: its columns do not come again."""
_LITERAL = re.compile(r"'((?:[^']|'')*)'")


class Stores(NamedTuple):
    """Place and column of each parameter with text (None: unknown column). They repeat every `width` parameters; with
    `width` 0 nothing is known of them.
    """

    columns: tuple[tuple[int, HeldColumn | None], ...]
    width: int


def install(connection: BaseDatabaseWrapper, **kwargs: object) -> None:  # noqa: ARG001
    """Put the guard on a connection once; the receiver of `connection_created`."""
    if guard_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard_statement)


def guard_statement(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]  # noqa: FBT001
) -> Any:
    """Django's `execute_wrapper`: judge what `sql` stores, then run it."""
    stores = _stores(str(sql)) if "'" in sql else _stores_again(str(sql))
    if stores is not None and params:
        _refuse_in_values(stores, list(params) if many else [params])
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        if (place := place_in(str(error))) is not None:
            raise NationalIdRefused(held(*place).label, ["individual_number_bare"]) from None
        forget_rows(error)
        raise


def _stores(statement: str) -> Stores | None:
    """Where the parameters of a statement go, None for one that only reads. Refuses the statement for its own text."""
    if only_reads(statement):
        return None
    _refuse_in_text(statement)
    written = written_by(statement)
    if written is None or written.columns is None:
        return Stores((), width=0)
    columns = [(at, held(written.table, name) if name else None) for at, name in enumerate(written.columns)]
    kept = tuple((at, column) for at, column in columns if column is None or column.field_class is not None)
    return Stores(kept, width=len(columns) if written.repeats else _ONE_ROW)


_stores_again = lru_cache(128)(_stores)
"""For statements without a value of their own, which come again and again."""


def _refuse_in_text(statement: str) -> None:
    """A value that is written into the statement itself is read as strictly as a single fact: only raw SQL does so."""
    rules = _blocking([statement], FieldClass.FREE_TEXT)
    rules += _blocking(_LITERAL.findall(statement), FieldClass.STRUCTURED)
    if rules:
        raise NationalIdRefused(_("データベースへの命令の文"), rules)


def _refuse_in_values(stores: Stores, rows: Sequence[Any]) -> None:
    if not stores.width or not isinstance(rows[0], list | tuple):
        _refuse(None, (value for row in rows for value in (row.values() if isinstance(row, dict) else row)))
        return
    for at, column in stores.columns:
        _refuse(column, rows[0][at :: stores.width] if len(rows) == 1 else [cell for row in rows for cell in row[at :: stores.width]])


def _refuse(column: HeldColumn | None, values: Iterable[Any]) -> None:
    in_session = column is not None and column.place == SESSION_COLUMN
    reader = texts_in_session if in_session else texts_in
    field_class = FieldClass.STRUCTURED if column is None or in_session else column.field_class
    for value in _different(values):
        if isinstance(value, str) and not in_session and is_surely_clean(value):
            continue
        if rules := _blocking(reader(value), field_class or FieldClass.FREE_TEXT):
            raise NationalIdRefused(column.label if column else _("データベースへの命令の値"), rules)


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
