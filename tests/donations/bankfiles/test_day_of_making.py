"""作成日 of a 全銀 file has no era: read as 平成 only where nothing else is possible, else refused."""

from datetime import date

import pytest

from donations.bankfiles.errors import BrokenLine
from donations.bankfiles.source import Source
from donations.bankfiles.zengin_records import Record, created_on

TODAY = date(2026, 11, 23)


def header(made: str) -> Record:
    return Record(1, f"1030{made}".encode().ljust(200), Source(today=TODAY))


@pytest.mark.parametrize(
    ("made", "day", "warnings"),
    [("081120", date(2026, 11, 20), 0), ("280510", date(2016, 5, 10), 1), ("310430", date(2019, 4, 30), 1), ("010501", date(2019, 5, 1), 0)],
)
def test_a_day_that_can_be_only_one_is_read(made, day, warnings) -> None:
    """令和 where it has been; 平成, with a warning, where 令和 and the West have not."""
    found, told = created_on(header(made))
    assert (found, len(told)) == (day, warnings)


@pytest.mark.parametrize("made", ["090101", "261120", "200101"])
def test_a_day_that_may_be_two_is_refused(made) -> None:
    """平成 or a year of the West: nobody guesses."""
    with pytest.raises(BrokenLine):
        created_on(header(made))
