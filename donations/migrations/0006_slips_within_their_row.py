"""The database itself keeps the slips of a row within what the row received.

The trigger looks at its own table only (`row_yen` is the row's sum): SQLite rebuilds a table to change it, and
would stumble over a trigger that speaks of the table being rebuilt. A migration that rebuilds `donations_slip` on
SQLite drops the trigger with the old table and has to run `make` again; a test of the trigger says so.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TOO_MUCH = "slips exceed their row"
SUM = (
    "SELECT COALESCE(SUM(amount_yen), 0) FROM donations_slip "
    "WHERE transaction_id = NEW.transaction_id AND withdrawn_at IS NULL AND id <> NEW.id"
)
HANGS = "NEW.transaction_id IS NOT NULL AND NEW.withdrawn_at IS NULL"
SQLITE = [
    f"CREATE TRIGGER slips_within_row_{moment} BEFORE {event} ON donations_slip WHEN {HANGS} "
    f"AND ({SUM.replace(' AND id <> NEW.id', own)}) + NEW.amount_yen > NEW.row_yen "
    f"BEGIN SELECT RAISE(ABORT, '{TOO_MUCH}'); END"
    for moment, event, own in (
        ("insert", "INSERT", ""),
        ("update", "UPDATE OF transaction_id, amount_yen, row_yen, withdrawn_at", " AND id <> NEW.id"),
    )
]
POSTGRESQL = [
    (
        f"CREATE FUNCTION slips_within_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {HANGS} AND ({SUM}) + NEW.amount_yen > NEW.row_yen THEN "
        f"RAISE EXCEPTION '{TOO_MUCH}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER slips_within_row BEFORE INSERT OR UPDATE ON donations_slip "
        "FOR EACH ROW EXECUTE FUNCTION slips_within_row()"
    ),
]
MAKE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS slips_within_row_{moment}" for moment in ("insert", "update")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS slips_within_row ON donations_slip",
        "DROP FUNCTION IF EXISTS slips_within_row()",
    ],
}


def make(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("donations", "0005_slips")]

    operations = [migrations.RunPython(make, drop)]
