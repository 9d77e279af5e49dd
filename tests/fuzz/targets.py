"""What is fuzzed: a name, the function that takes the bytes, and the files to begin with."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from donations import bankfiles
from donations.bankfiles import yucho_direct_csv, zengin_01, zengin_03
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.errors import BankFileError
from donations.bankfiles.mapped_csv import MappedCsv
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 23)
SOURCE = Source("fuzz.csv", today=TODAY)
LONG_NUMBER = re.compile(r"\d{10}")
Target = Callable[[bytes], Statement]


def mappings() -> dict[str, ColumnMapping]:
    """Every mapping of the samples, by its name."""
    facts = json.loads((SAMPLES / "mapped_csv" / "mappings.json").read_text("utf-8"))
    return {
        name: ColumnMapping(**{key: tuple(value) if isinstance(value, list) else value for key, value in one.items()})
        for name, one in facts.items()
    }


MAPPINGS = mappings()


def every_reader(data: bytes) -> Statement:
    """As the import asks: all readers and all mappings, exactly one may claim the file."""
    return bankfiles.read(data, file_name="fuzz.csv", today=TODAY, mappings=tuple(MAPPINGS.values()))


def some_mapping(data: bytes) -> Statement:
    """The first byte chooses the mapping, the rest is the file."""
    readers = [MappedCsv(mapping) for mapping in MAPPINGS.values()]
    return readers[data[0] % len(readers) if data else 0].read(data[1:], SOURCE)


def zip_of_parts(data: bytes) -> Statement:
    """The files of a ZIP, cut at NUL bytes and named as the bank names them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(data.split(b"\0")[:12], start=1):
            archive.writestr(f"meisai_{number:02d}.csv", part)
    return yucho_direct_csv.read(packed.getvalue(), SOURCE)


TARGETS: dict[str, Target] = {
    "every_reader": every_reader,
    "yucho_direct_csv": lambda data: yucho_direct_csv.read(data, SOURCE),
    "zip_of_parts": zip_of_parts,
    "mapped_csv": some_mapping,
    "zengin_03": lambda data: zengin_03.read(data, SOURCE),
    "zengin_01": lambda data: zengin_01.read(data, SOURCE),
}


def check(target: Target, data: bytes) -> None:
    """Read `data` and raise AssertionError where the answer is neither a sound statement nor a sound refusal."""
    try:
        statement = target(data)
    except BankFileError as refusal:
        _check_words(refusal.message)
        return
    for line in statement.lines:
        assert (line.received_yen > 0) != (line.paid_out_yen > 0), "a row is money in or money out"
        assert min(line.received_yen, line.paid_out_yen) == 0, "an amount is below zero"
    if statement.opening_yen is not None and statement.closing_yen is not None:
        closing_yen = statement.opening_yen + statement.received_yen - statement.paid_out_yen
        assert closing_yen == statement.closing_yen, "the statement does not tie"
    for warning in statement.warnings:
        _check_words(f"{warning.found}{warning.message}")


def _check_words(words: str) -> None:
    assert words.endswith(("。", "）")), "a sentence is missing"
    assert not LONG_NUMBER.search(words), "a long number is shown"


def seeds(name: str) -> Iterator[bytes]:
    """Files to begin with: every sample of the format, and of all formats for the readers that see any file."""
    folders = [SAMPLES / name] if (SAMPLES / name).is_dir() else sorted(path for path in SAMPLES.iterdir() if path.is_dir())
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix == ".json":
                continue
            yield _choice(path) + path.read_bytes() if name == "mapped_csv" else path.read_bytes()


def _choice(sample: Path) -> bytes:
    """The byte by which `some_mapping` finds the mapping that the sample's name begins with."""
    return bytes([list(MAPPINGS).index(sample.name.split("-")[0])])
