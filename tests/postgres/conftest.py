"""A server for each test process, installed as docs/how-to/use-postgresql.md says, and databases copied from filled ones."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import psycopg
import pytest

from office.demo.payments import OPENING_YEN, bank_files, year_up_to
from office.demo.people import as_csv, invent
from office.demo.showing import ACCOUNT, AS_WRITTEN, SEED
from tests.postgres.installation import ROOT, Installation, said
from tests.postgres.serving import server as running_server

TODAY = date(2024, 11, 23)
OWNER = "hitokuchi"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.postgres)


class Server:
    """`address` is the administrator's; the program connects as the owner of its database."""

    def __init__(self, address: str) -> None:
        self.address = address
        with self.connect() as administrator:
            for statement in documented_sql():
                administrator.execute(statement)
            self.log = Path(administrator.execute("SHOW data_directory").fetchone()[0]) / "log"

    def connect(self, database: str = "postgres", *, user: str = "postgres") -> psycopg.Connection:
        """A connection of its own, past the program."""
        return psycopg.connect(self.url(database, user=user), autocommit=True)

    def url(self, database: str, *, user: str = OWNER) -> str:
        return self.address.replace("/postgres?", f"/{database}?").replace("//postgres:", f"//{user}:")

    def copy(self, database: str, name: str) -> None:
        """Make the database `name` as a copy of `database`, which nobody may be using."""
        with self.connect() as administrator:
            administrator.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database}" OWNER {OWNER}')

    def drop(self, name: str) -> None:
        with self.connect() as administrator:
            administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def documented_sql() -> list[str]:
    """The statements that the guide tells the server's administrator to run."""
    text = (ROOT / "docs/how-to/use-postgresql.md").read_text(encoding="utf-8")
    return [statement for statement in re.search(r"```sql\n(.*?)```", text, re.DOTALL)[1].split(";\n") if statement]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as address:
        yield Server(address)


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> dict[str, str]:
    """The demo's list of 120 supporters and its two overlapping bank files: "list", "first", "second"."""
    folder = tmp_path_factory.mktemp("files")
    random = Random(SEED)
    people = invent(random, today=TODAY)
    first, second = bank_files(people, random, account_as_written=AS_WRITTEN, today=TODAY)
    content = {"list": as_csv(people), "first": first.data, "second": second.data}
    for name, data in content.items():
        (folder / f"{name}.csv").write_bytes(data)
    return {name: str(folder / f"{name}.csv") for name in content}


@pytest.fixture(scope="session")
def set_up() -> list[str]:
    return ["setup_association", "--name", "みんなの広場ネット", "--account", ACCOUNT, "--email", "hiroba@example.jp",
            "--opening-balance", str(OPENING_YEN), "--opening-on", year_up_to(TODAY)[0].isoformat()]  # fmt: skip


@pytest.fixture(scope="session")
def empty_database(server, tmp_path_factory) -> str:
    """The name of the database that the guide makes, migrated by its owner."""
    said(Installation(server.url(OWNER), tmp_path_factory.mktemp("empty")).start_command("migrate", "--verbosity", "0"))
    return OWNER


@pytest.fixture(scope="session")
def filled_database(server, empty_database, set_up, files, tmp_path_factory) -> str:
    """The name of a database with list and first bank file imported, and the certain rows confirmed."""
    server.copy(empty_database, "filled")
    filled = Installation(server.url("filled"), tmp_path_factory.mktemp("filled"))
    filled.tell([set_up, ["import_supporters", files["list"]], ["import_statement", files["first"]], ["reconcile", "--auto"]])
    return "filled"


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory) -> Path:
    """The data directory of a migrated installation without DATABASE_URL."""
    folder = tmp_path_factory.mktemp("sqlite")
    said(Installation("", folder).start_command("migrate", "--verbosity", "0"))
    return folder


@pytest.fixture
def on_sqlite(empty_sqlite, tmp_path) -> Installation:
    return Installation("", Path(shutil.copytree(empty_sqlite, tmp_path / "sqlite")))


@pytest.fixture
def copy_of(server, tmp_path) -> Iterator[Callable[[str], Installation]]:
    """Make an installation on a copy of a database; gone after the test."""
    made: list[str] = []

    def copying(database: str) -> Installation:
        name = f"copy_{len(made)}_of_{database}"
        made.append(name)
        server.copy(database, name)
        folder = tmp_path / name
        folder.mkdir()
        return Installation(server.url(name), folder)

    yield copying
    for name in made:
        server.drop(name)


@pytest.fixture
def empty(copy_of, empty_database) -> Installation:
    return copy_of(empty_database)


@pytest.fixture
def filled(copy_of, filled_database) -> Installation:
    return copy_of(filled_database)
