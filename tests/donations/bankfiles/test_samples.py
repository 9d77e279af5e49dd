"""Every sample file beside its expected result; the folder's name is the format under test."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from donations.bankfiles import read
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.errors import BankFileError
from donations.bankfiles.statement import Statement, StatementLine

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 11, 23)
FORMATS = ("mapped_csv", "yucho_direct_csv", "zengin_01", "zengin_03")
EXPECTED = sorted(path for name in FORMATS for path in (SAMPLES / name).glob("*.expected.json"))


def outcome(reading: Callable[[], Statement]) -> dict[str, Any]:
    """The statement as JSON data, or {"error": …} with code, file, line, column, found and difference."""
    try:
        statement = reading()
    except BankFileError as error:
        names = ("code", "file", "line", "column", "found", "difference_yen")
        return {"error": {name: getattr(error, name) for name in names}}
    return {
        "format": statement.format,
        "account": statement.account_as_written,
        "period": [str(day) if day else None for day in (statement.period_from, statement.period_to)],
        "produced_at": str(statement.produced_at) if statement.produced_at else None,
        "balance_at_output_yen": statement.balance_at_output_yen,
        "opening_yen": statement.opening_yen,
        "closing_yen": statement.closing_yen,
        "received_yen": statement.received_yen,
        "paid_out_yen": statement.paid_out_yen,
        "lines": [_cells(line) for line in statement.lines],
        "warnings": [w.code + (f"@{w.line}" if w.line else "") for w in statement.warnings],
    }


def _cells(line: StatementLine) -> list[Any]:
    cells: list[Any] = [
        line.line_number,
        str(line.booked_on),
        line.received_yen,
        line.paid_out_yen,
        line.detail_1,
        line.detail_2,
        line.balance_yen,
        line.external_id,
    ]
    return [*cells, line.message, line.reverses] if line.message or line.reverses else cells


def mapping(name: str) -> ColumnMapping:
    """The mapping of that name, one for all samples of one bank."""
    facts = json.loads((SAMPLES / "mapped_csv" / "mappings.json").read_text("utf-8"))[name]
    return ColumnMapping(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}
    )


def mappings(sample: Path) -> list[ColumnMapping]:
    """A sample of mapped_csv begins with the name of its mapping."""
    return [mapping(sample.name.split("-")[0])] if sample.parent.name == "mapped_csv" else []


def _sample(expected: Path) -> Path:
    name = expected.name.removesuffix(".expected.json")
    (found,) = (path for path in expected.parent.glob(f"{name}.*") if path.suffix != ".json")
    return found


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.name.split('.')[0]}"
)
def test_sample(expected: Path) -> None:
    """The file gives exactly the rows, totals, warnings or error that were looked at once and written down."""
    sample = _sample(expected)
    assert outcome(
        lambda: read(sample.read_bytes(), file_name=sample.name, today=TODAY, mappings=mappings(sample))
    ) == json.loads(expected.read_text("utf-8"))


def test_every_sample_has_an_expectation() -> None:
    """No sample lies about untested."""
    samples = {path for name in FORMATS for path in (SAMPLES / name).iterdir() if path.suffix != ".json"}
    assert samples == {_sample(expected) for expected in EXPECTED}
