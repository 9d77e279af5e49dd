"""The settings that the guide gives the server's administrator keep people's names out of the server's log."""

import psycopg
import pytest

PAYER = "ｻｰﾊﾞｰﾆ ﾉｺﾙ ﾅﾏｴ"
ELSEWHERE = {
    "log_min_error_statement": "error", "log_error_verbosity": "default", "log_parameter_max_length_on_error": "-1",
    "log_statement": "all", "log_min_duration_statement": "0",
}  # fmt: skip


def make_errors(connection: psycopg.Connection) -> None:
    """A double and a value that does not fit, with the name in the statement and as a parameter."""
    connection.execute("CREATE TEMP TABLE payers (name text PRIMARY KEY, short varchar(3))")
    connection.execute(f"INSERT INTO payers VALUES ('{PAYER}', '')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(f"INSERT INTO payers VALUES ('{PAYER}', '')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute("INSERT INTO payers VALUES (%s, '')", [PAYER])
    with pytest.raises(psycopg.errors.StringDataRightTruncation):
        connection.execute("INSERT INTO payers VALUES ('x', %s)", [PAYER])


@pytest.fixture
def logged(server, filled):
    """What the server logs of `make_errors` by a connection of the program's role, with some settings changed first."""

    def logging(changed: dict[str, str]) -> str:
        start = server.log.stat().st_size
        with server.connect() as administrator:
            for name, value in changed.items():
                administrator.execute(f"ALTER ROLE hitokuchi IN DATABASE {filled.database} SET {name} = '{value}'")
        with psycopg.connect(filled.database_url, autocommit=True) as connection:
            make_errors(connection)
        return server.log.read_bytes()[start:].decode()

    return logging


def test_with_the_guide_s_settings_no_name_is_logged(logged) -> None:
    """The errors are there, what was written is not."""
    log = logged({})
    assert (log.count("ERROR:  duplicate key value"), PAYER in log) == (2, False)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_each_of_them_is_needed(logged, name) -> None:
    """With this one as other installations have it, the name stands in the log."""
    also = {"log_min_error_statement": "error"} if name == "log_parameter_max_length_on_error" else {}
    assert PAYER in logged({name: ELSEWHERE[name], **also})
