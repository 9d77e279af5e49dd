"""Another program on our tables: PostgreSQL itself refuses the plainest numbers, and says nothing of them."""

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings

from privacy.findings import FieldClass, Level
from privacy.national_ids import scan
from privacy.table_guards import postgres_function, postgres_triggers
from tests.postgres.installation import said
from tests.privacy.plain_numbers import HELD, grouped, made_number, texts

INSERT = "INSERT INTO members_household (code) VALUES (%s)"


@pytest.fixture(scope="module")
def refuses(server):
    """A table of its own with the guards; the function tells whether they refuse a text."""
    server.drop("guards")
    with server.connect() as administrator:
        administrator.execute("CREATE DATABASE guards")
    with server.connect("guards") as connection:
        connection.execute("CREATE TABLE facts (id serial PRIMARY KEY, name text, note text)")
        connection.execute(postgres_function())
        for statement in postgres_triggers(HELD.values()).values():
            connection.execute(statement)

        def refuse(text: str, field_class: FieldClass) -> bool:
            try:
                connection.execute(f"INSERT INTO facts ({HELD[field_class].column}) VALUES (%s)", [text])
            except psycopg.errors.IntegrityConstraintViolation:
                return True
            return False

        yield refuse
    server.drop("guards")


@pytest.mark.parametrize("field_class", [FieldClass.STRUCTURED, FieldClass.FREE_TEXT])
@settings(max_examples=1500, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=texts)
def test_what_the_database_refuses_the_scanner_blocks(refuses, field_class, text) -> None:
    """As on SQLite: what names another number is left to the scanner."""
    if "\x00" not in text and refuses(text, field_class):
        assert Level.BLOCK in {finding.level for finding in scan(text, field_class)}


@pytest.mark.parametrize("write", [str, grouped, lambda number: f"マイナンバー{number}"])
def test_it_refuses_and_repeats_nothing(server, filled, write) -> None:
    """Neither the error nor, with the guide's settings, the server's log; also where two halves meet in SQL."""
    number = made_number()
    start = server.log.stat().st_size
    for statement, values in ((INSERT, [write(number)]), (INSERT.replace("%s", "%s || %s"), [write(number)[:9], write(number)[9:]])):
        with psycopg.connect(filled.database_url, autocommit=True) as connection, pytest.raises(psycopg.errors.IntegrityConstraintViolation) as refused:
            connection.execute(statement, values)
        assert (refused.value.diag.message_primary, refused.value.diag.message_detail) == ("national_id_refused: members_household.code", None)
        assert number not in str(refused.value).replace("-", "")
    assert number not in server.log.read_bytes()[start:].decode().replace("-", "")


def test_ordinary_words_pass(filled) -> None:
    """Another program may write."""
    with psycopg.connect(filled.database_url, autocommit=True) as connection:
        assert connection.execute(INSERT, ["00100-2-729745"]).rowcount == 1


def test_the_guards_are_all_there(filled) -> None:
    """After the migrations and a day of work."""
    _out, told = said(filled.start_command("check", "--database", "default", "--fail-level", "WARNING"))
    assert "privacy." not in told


def test_a_talkative_server_is_warned_of(server, filled) -> None:
    """`check` names the setting and the statement that mends it."""
    with server.connect() as administrator:
        administrator.execute(f"ALTER ROLE hitokuchi IN DATABASE {filled.database} SET log_statement = 'all'")
    _out, told = said(filled.start_command("check", "--fail-level", "WARNING"), code=1)
    assert ("privacy.W001" in told, "SET log_statement = 'none'" in told) == (True, True)
