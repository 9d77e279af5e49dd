"""What the fuzzing calls a finding is one, and it begins with files that reach the readers."""

from dataclasses import replace

import pytest

from donations.bankfiles.errors import BankFileError, UnknownFormat
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Warning_
from donations.bankfiles.yucho_direct_csv_writer import ledger
from tests.donations.bank_file import bank_file, year
from tests.fuzz.targets import TARGETS, check, every_reader, seeds


def statement(**facts):
    return replace(every_reader(bank_file(year())), **facts)


def refuses(error):
    def read(_data):
        raise error

    return read


@pytest.mark.parametrize("name", TARGETS)
def test_the_samples_are_no_finding(name):
    """Every file that the fuzzing begins with is read or refused soundly."""
    files = list(seeds(name))
    for data in files:
        check(TARGETS[name], data)
    assert len(files) >= 20


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_reaches_its_reader(name):
    """Some of the first files are read whole."""
    read = 0
    for data in seeds(name):
        try:
            read += bool(TARGETS[name](data).lines)
        except BankFileError:
            continue
    assert read >= 3


@pytest.mark.parametrize(
    "answer",
    [
        statement(closing_yen=1),
        statement(lines=tuple(replace(line, paid_out_yen=line.received_yen) for line in ledger(0, [(year()[0].booked_on, 1, "", "")]))),
        statement(lines=tuple(replace(line, received_yen=0) for line in year() if line.received_yen)),
        statement(warnings=(Warning_("id_repeated", "同じ番号です。", found="1234567890"),)),
    ],
    ids=["does not tie", "in and out", "neither", "shows a number"],
)
def test_an_unsound_statement_is_a_finding(answer):
    """Money that does not tie or a number shown is no answer."""
    with pytest.raises(AssertionError):
        check(lambda _data: answer, b"")


def test_a_refusal_that_shows_a_number_is_a_finding():
    """Ten digits in a row never leave a reader."""
    with pytest.raises(AssertionError):
        check(refuses(UnknownFormat("", found="1234567890", guard=str)), b"")


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), UnicodeDecodeError("utf-8", b"", 0, 1, "")])
def test_any_other_exception_is_a_finding(error):
    """Only the one typed error may come out of a reader."""
    with pytest.raises(type(error)):
        check(refuses(error), b"")


def test_a_sound_refusal_is_none():
    """A typed error with a sentence passes."""
    assert check(refuses(Source("x").broken("金額を読めません。")), b"") is None
