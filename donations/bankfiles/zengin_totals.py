"""The controls of a 全銀 trailer: numbers of rows and sums of yen, where two readings of the layout exist."""

from collections.abc import Sequence
from dataclasses import dataclass

from donations.bankfiles.errors import WrongCount, WrongSum, yen
from donations.bankfiles.zengin_records import Record


@dataclass(frozen=True, slots=True)
class Total:
    """Rows and their sum."""

    rows: int
    yen: int


def total(amounts: Sequence[int]) -> Total:
    """The total of some rows."""
    return Total(len(amounts), sum(amounts))


def check(
    trailer: Record, written: Total, counted: Sequence[Total], *, count_column: str, sum_column: str
) -> int:
    """The index of the first of the `counted` readings that the trailer gives.

    Raises `WrongCount` when no reading has the trailer's number of rows, else `WrongSum` with the difference in yen
    to the first reading.
    """
    for index, reading in enumerate(counted):
        if reading == written:
            return index
    if all(reading.rows != written.rows for reading in counted):
        raise WrongCount(
            f"{count_column}は{written.rows:,}件と書かれていますが、明細は{counted[0].rows:,}件あります。",
            found=f"{counted[0].rows:,}件",
            expected=f"{written.rows:,}件",
            line=trailer.number,
            column=count_column,
            file=trailer.source.file,
            guard=trailer.source.guard,
        )
    difference = written.yen - counted[0].yen
    raise WrongSum(
        f"{sum_column}が明細の合計と合いません（差は{yen(difference)}）。",
        found=yen(counted[0].yen),
        expected=yen(written.yen),
        line=trailer.number,
        column=sum_column,
        difference_yen=difference,
        file=trailer.source.file,
        guard=trailer.source.guard,
    )
