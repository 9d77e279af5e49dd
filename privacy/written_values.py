"""Which column each parameter of an SQL statement goes into, read from the statement's text.

Understands what Django and people write: INSERT with a list of columns, and UPDATE … SET with plain values and CASE.
A parameter whose column stays unknown is told as such, never left out.
"""

import re
from dataclasses import dataclass

_READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|EXPLAIN|DELETE|SET|SHOW)\b", re.IGNORECASE)
_MORE_THAN_READS = re.compile(r";\s*\S|\bINTO\b", re.IGNORECASE)
_NAME = r'["`\[]?(?P<table>\w+)["`\]]?'
_INSERT = re.compile(rf"\s*(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO\s+{_NAME}\s*\((?P<columns>[^()]*)\)\s*VALUES\s*", re.IGNORECASE)
_UPDATE = re.compile(rf"\s*UPDATE(?:\s+OR\s+\w+)?\s+{_NAME}\s+SET\s+", re.IGNORECASE)
_TABLE = re.compile(rf"\b(?:INTO|UPDATE)\s+{_NAME}", re.IGNORECASE)
_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
_PLAIN_ROWS = re.compile(r"\(\s*%s(?:\s*,\s*%s)*\s*\)(?:\s*,\s*\(\s*%s(?:\s*,\s*%s)*\s*\))*")
_SET_PLACE = re.compile(r'["`]?(?P<column>\w+)["`]?\s*=\s*(?:(?P<case>CASE)\b|(?P<value>%s))|%s', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """`columns` tells the column of each parameter, None where it is unknown; with `repeats`, they come again for each
    row. Parameters behind the last are conditions, which store nothing. `columns` is None where nothing is known.
    """

    table: str
    columns: tuple[str | None, ...] | None
    repeats: bool = False


def only_reads(statement: str) -> bool:
    """Whether the statement stores nothing. One that begins as a query and goes on otherwise is not meant."""
    return _READS.match(statement) is not None and _MORE_THAN_READS.search(statement) is None


def written_by(statement: str) -> Written | None:
    """Where the parameters of an INSERT or UPDATE go, None for a statement of another form."""
    if (insert := _INSERT.match(statement)) is not None:
        names = tuple(name.strip(' "`[]\n\t') for name in insert["columns"].split(","))
        if (rows := _PLAIN_ROWS.match(statement, insert.end())) is not None and "%s" not in statement[rows.end() :]:
            return Written(insert["table"], names, repeats=True)
        return Written(insert["table"], None)
    if (update := _UPDATE.match(statement)) is not None:
        where = _WHERE.search(statement, update.end())
        return Written(update["table"], tuple(_set_columns(statement[update.end() : where.start() if where else None])))
    table = _TABLE.search(statement)
    return Written(table["table"], None) if table else None


def _set_columns(assignments: str) -> list[str | None]:
    columns: list[str | None] = []
    chosen: str | None = None
    for place in _SET_PLACE.finditer(assignments):
        if place["case"]:
            chosen = place["column"]
        elif place["value"]:
            columns.append(place["column"])
        else:
            columns.append(chosen)
    return columns
