"""`import_history` at a terminal and for programs."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from donations.models import PastPayment
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path):
    AssociationFactory()
    number = SupporterFactory().number
    path = tmp_path / "2025.csv"
    path.write_text(
        f"日付,金額,払込人名,支援者番号\r\n2025-05-10,3000,ﾄｸﾓﾄ ﾖｼｴ,{number}\r\n2025-05-11,500,ﾐｼﾗﾇ ﾋﾄ,\r\n", encoding="utf-8"
    )
    return str(path)


def answer(*arguments):
    out = StringIO()
    call_command("import_history", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_it_counts_what_it_learned(ledger):
    """Two payments, one of them of a stranger."""
    assert answer(ledger) == {
        "rows": 2, "new": 2, "already_known": 0, "passed_over": 0, "names": 2, "strangers": 1, "numbers_blanked": 0,
    }  # fmt: skip


def test_a_dry_run_writes_nothing(ledger):
    """It says what would be."""
    assert (answer(ledger, "--dry-run")["new"], PastPayment.objects.count()) == (2, 0)


def test_a_refusal_names_every_place(ledger):
    """Exit code 1, one JSON object with the rows."""
    with Path(ledger).open("a", encoding="utf-8") as file:
        file.write("2025-05-12,500,ﾐｼﾗﾇ ﾋﾄ,99999\r\nきのう,500,ﾐｼﾗﾇ ﾋﾄ,\r\n")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import_history", ledger, "--json", stdout=out)
    error = json.loads(out.getvalue())["error"]
    assert (end.value.code, error["code"], [(row["line"], row["column"]) for row in error["rows"]]) == (
        1, "rows_refused", [(4, "支援者番号"), (5, "日付")],
    )  # fmt: skip


def test_a_file_that_is_not_there_is_refused(ledger):
    """With its place."""
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_history", ledger + "x", "--json", stdout=out)
    assert json.loads(out.getvalue())["error"]["code"] == "file_not_readable"


def test_it_is_said_in_words(ledger):
    """And that no money was booked."""
    out = StringIO()
    call_command("import_history", ledger, stdout=out)
    assert "新しい入金が2件" in out.getvalue()
    assert "お金の記録は増えていません。" in out.getvalue()
