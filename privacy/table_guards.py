"""The triggers by which SQLite and PostgreSQL themselves refuse the plainest numbers, as SQL text.

Their message is fixed and names table and column, never the value; a CHECK of PostgreSQL would print the whole row.
A cheap look (`WHEN`) spares nearly every row the rule, which stands once: on SQLite behind a view, on PostgreSQL in a
function.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby

from privacy.findings import FieldClass
from privacy.plain_numbers import (
    CARD_SIGNS,
    EXCUSES,
    FREE_EXCUSES,
    FREE_TEXT,
    LABELLED,
    STRUCTURED,
    WORD_CHARS,
)
from privacy.text_columns import HeldColumn

PREFIX = "privacy_guard_"
JUDGE = "privacy_judge"
_CODE = "national_id_refused"
_IN_MESSAGE = re.compile(rf"{_CODE}: (\w+)\.(\w+)")
_FOUR = "[0-9]" * 4
_ROW, _CARD = _FOUR * 3, f"[{CARD_SIGNS}]".join([_FOUR] * 3)


def message(place: str) -> str:
    """What the database says; `place` is "table.column"."""
    return f"{_CODE}: {place}"


def place_in(error: str) -> tuple[str, str] | None:
    """Table and column, if the error is a refusal of these triggers."""
    found = _IN_MESSAGE.search(error)
    return (found[1], found[2]) if found else None


def _judgement(allowed: str, *, excused: str, excused_in_free: str) -> str:
    """True for what is refused; `f` tells free text. The three arguments are conditions of the dialect."""
    return f"{allowed} AND (NOT {excused} AND (f=0 AND {STRUCTURED} OR f=1 AND NOT {excused_in_free} AND {FREE_TEXT}) OR {LABELLED})"


def sqlite_objects(columns: Iterable[HeldColumn]) -> dict[str, str]:
    """Name → CREATE statement of the view, its rule and two triggers a table, in the order to make them."""
    held = sorted(columns, key=lambda one: one.place)
    if not held:
        return {}
    objects = {
        JUDGE: f"CREATE VIEW {JUDGE} AS SELECT '' AS p, 0 AS f, '' AS v WHERE 0",
        f"{PREFIX}rule": _sqlite_rule(held),
    }
    for table, group in groupby(held, key=lambda one: one.table):
        members = list(group)
        looks = " OR ".join(map(_sqlite_look, members))
        values = ",".join(f"""('{one.place}',{_flag(one)},NEW."{one.column}")""" for one in members)
        names = ",".join(f'"{one.column}"' for one in members)
        for event, on in (("insert", "INSERT"), ("update", f"UPDATE OF {names}")):
            name = f"{PREFIX}{event}_{table}"
            objects[name] = (
                f'CREATE TRIGGER "{name}" BEFORE {on} ON "{table}" WHEN {looks} '  # noqa: S608 - names out of the schema
                f"BEGIN INSERT INTO {JUDGE} VALUES {values}; END"
            )
    return objects


def _sqlite_look(column: HeldColumn) -> str:
    """A condition that nearly no value meets: somewhere stand twelve digits in a row, or 4-4-4."""
    value = f'NEW."{column.column}"'
    return f"length({value})>11 AND ('.'||{value}||'.' GLOB '*[^0-9]{_ROW}[^0-9]*' OR {value} GLOB '*{_CARD}*')"


def _sqlite_rule(columns: Sequence[HeldColumn]) -> str:
    """Each LIMIT keeps SQLite from writing the inner expressions out at every place where the outer ones name them."""
    first = ",".join(f"instr(NEW.v||'{digit}','{digit}')" for digit in range(10))
    row, card = f"substr(v,i,12) GLOB '{_ROW}'", f"substr(v,i,14) GLOB '{_CARD}' AND substr(v,i+4,1)=substr(v,i+9,1)"
    said = " ".join(f"WHEN '{one.place}' THEN RAISE(ABORT,'{message(one.place)}')" for one in columns)
    judged = _judgement(
        f"NOT a||b GLOB '*[^{WORD_CHARS}]*'", excused=f"a||b GLOB '*[{EXCUSES}]*'", excused_in_free=f"a||b GLOB '*[{FREE_EXCUSES}]*'"
    )
    return (
        f"CREATE TRIGGER {PREFIX}rule INSTEAD OF INSERT ON {JUDGE} BEGIN SELECT CASE NEW.p {said} END FROM "  # noqa: S608
        "(SELECT f,s,substr(v,1,i-1) AS a,replace(substr(v,i,12+2*length(s)),s,'') AS n,substr(v,i+12+2*length(s)) AS b FROM "
        f"(SELECT f,v,i,CASE WHEN {row} THEN '' WHEN {card} THEN substr(v,i+4,1) END AS s FROM "
        f"(SELECT NEW.f AS f,NEW.v AS v,min({first}) AS i LIMIT 1) LIMIT 1) WHERE s IS NOT NULL LIMIT 1) WHERE {judged}; END"
    )


def _flag(column: HeldColumn) -> int:
    return int(column.field_class is not FieldClass.STRUCTURED)


def postgres_function() -> str:
    """The statement that makes the trigger function. Its arguments are the columns, free text marked by a `+`."""
    judged = _judgement(f"a||b !~ '[^{WORD_CHARS}]'", excused=f"a||b ~ '[{EXCUSES}]'", excused_in_free=f"a||b ~ '[{FREE_EXCUSES}]'")
    return f"""
CREATE OR REPLACE FUNCTION {JUDGE}() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
  c text; v text; f integer; n text; s text; a text; b text; m text[]; written jsonb := to_jsonb(NEW);
BEGIN
  FOREACH c IN ARRAY TG_ARGV LOOP
    f := CASE WHEN c LIKE '+%' THEN 1 ELSE 0 END;
    v := written->>ltrim(c, '+');
    m := regexp_match(v, '^([^0-9]*)([0-9]{{4}})([{CARD_SIGNS}]?)([0-9]{{4}})([{CARD_SIGNS}]?)([0-9]{{4}})([^0-9]*)$');
    IF m IS NOT NULL AND m[3] = m[5] THEN
      n := m[2]||m[4]||m[6]; s := m[3]; a := m[1]; b := m[7];
      IF {judged} THEN
        RAISE EXCEPTION USING MESSAGE = '{_CODE}: '||TG_TABLE_NAME||'.'||ltrim(c, '+'), ERRCODE = 'integrity_constraint_violation';
      END IF;
    END IF;
  END LOOP;
  RETURN NEW;
END $guard$"""


def postgres_triggers(columns: Iterable[HeldColumn]) -> dict[str, str]:
    """Table and name → CREATE statement of one trigger a table. The name changes with rule and columns."""
    triggers = {}
    for table, group in groupby(sorted(columns, key=lambda one: one.place), key=lambda one: one.table):
        members = list(group)
        looks = " OR ".join(f"""NEW."{one.column}"::text ~ '[0-9]{{4}}([{CARD_SIGNS}]?)[0-9]{{4}}\\1[0-9]{{4}}'""" for one in members)
        names = ", ".join(f'"{one.column}"' for one in members)
        words = ", ".join(f"'{'+' * _flag(one)}{one.column}'" for one in members)
        version = sha256(f"{postgres_function()}{looks}{words}".encode()).hexdigest()[:12]
        name = f"{PREFIX}{version}"
        triggers[f"{table} {name}"] = (
            f'CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {names} ON "{table}" '
            f"FOR EACH ROW WHEN ({looks}) EXECUTE FUNCTION {JUDGE}({words})"
        )
    return triggers
