"""Change many rows at once, each to values of its own: the refusals of `save`, one prepared statement."""

from collections.abc import Hashable, Mapping, Sequence

from django.db import connections, models, router

from privacy.inserting import prepared


def update_rows(*, model: type[models.Model], keys: Sequence[int], columns: Mapping[str, Sequence[Hashable]]) -> None:
    """Give the row of each primary key the values at its place in `columns`; inside the caller's transaction.

    Names, lengths and refusals as in `privacy.inserting.insert_rows`; a key without a row changes nothing. Costs a tenth
    of `bulk_update`.
    """
    key = model._meta.pk
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    if key is None or not columns or not columns.keys() <= fields.keys() or {*map(len, columns.values())} != {len(keys)}:
        raise ValueError(f"columns of {model._meta.label} without its primary key, with one value for each key")
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(fields[name].column or '')} = %s" for name in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(key.column or '')} = %s"  # noqa: S608
    cells = [prepared(fields[name], values, connection) for name, values in columns.items()]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*cells, keys, strict=True)))
