"""A refused number of the state leaves no trace: not in the error, not in the answer, not in the server's log."""

import json
import random
import subprocess
from collections.abc import Callable

import pytest
from stdnum.jp import in_

from tests.postgres.installation import Installation, said, told

WAYS = ["save", "create", "bulk_create", "get_or_create", "update", "update of a value", "bulk_update", "in a transaction"]


@pytest.fixture
def number() -> str:
    """Made for this run."""
    first_eleven = f"3{random.randrange(10**10):010}"
    return first_eleven + in_.calc_check_digit(first_eleven)


@pytest.fixture
def log_since(server, filled: Installation) -> Callable[[], str]:
    """What the server has logged since the test began; every statement, against the guide's advice."""
    with server.connect() as administrator:
        administrator.execute(f"ALTER ROLE hitokuchi IN DATABASE {filled.database} SET log_statement = 'all'")
        administrator.execute(f"ALTER ROLE hitokuchi IN DATABASE {filled.database} SET log_min_error_statement = 'error'")
    start = server.log.stat().st_size
    return lambda: server.log.read_bytes()[start:].decode()  # noqa: PLW0108 - read when it is called


def digits_of(text: str) -> str:
    """The digits of a text without what people write between them."""
    return text.replace("-", "").replace(" ", "")


def test_no_error_and_no_statement_repeats_it(filled, number, log_since) -> None:
    """Eight manners of writing: each refused by our own error, and nothing of the number reached the server."""
    process = filled.start("-m", "tests.postgres.refused_writes", stdin=subprocess.PIPE)
    process.stdin.write(f"{number}\n")
    process.stdin.flush()
    raised = told(process)
    assert {way: texts[0] for way, texts in raised.items()} == dict.fromkeys(WAYS, "NationalIdRefused")
    assert number not in digits_of("".join(text for texts in raised.values() for text in texts))
    log = log_since()
    assert ("記録に出る名前" in log, number in digits_of(log)) == (True, False)


def test_a_list_with_one_is_refused_without_repeating_it(filled, number, log_since, tmp_path) -> None:
    """Neither standard output, nor standard error, nor the log; the refusal is noted."""
    path = tmp_path / "list.csv"
    path.write_text(f"氏名,備考\n山田 花子,マイナンバー {number}\n", encoding="utf-8")
    written = "".join(said(filled.start_command("import_supporters", str(path), "--json"), code=1))
    log = log_since()
    assert (json.loads(written)["error"]["rows"][0]["column"], 'INSERT INTO "privacy_refusal"' in log) == ("備考", True)
    assert number not in digits_of(written + log)
