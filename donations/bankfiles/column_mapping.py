"""Which column of a bank's CSV means what: named once by the treasurer, kept under a name."""

from dataclasses import dataclass
from enum import StrEnum

WORDS_IN = ("入金", "入")
WORDS_OUT = ("出金", "出")


class DayForm(StrEnum):
    """How a day is written: with its whole year or its era; or a year of two digits, of the West or of 令和."""

    WHOLE = "whole"
    SHORT_WEST = "short_west"
    SHORT_REIWA = "short_reiwa"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Names of columns as the header prints them; width and blanks do not matter. '' means that there is none.

    `name`: what the treasurer calls it. `day`: one column with the whole day, or three with year, month and day.
    Money: `received` and `paid_out`, or one column `amount` (below zero is paid out) — or `amount` above zero and a
    column `direction` whose cell is one of `words_in` or `words_out`.
    `balance`: after the row; where it is given, the chain is checked. `account`: the same in every row.
    `newest_first`: None finds out, by the balances or else by the days.
    `day_form`: how a year of two digits is meant. `header`: every title of the header in order; where it is given, only
    a file with exactly this header fits. `number`: the caller's own number of the mapping, 0 for none.

    Raises ValueError when the day or the money is not named, or one column is named twice.
    """

    name: str
    day: tuple[str, ...]
    received: str = ""
    paid_out: str = ""
    amount: str = ""
    direction: str = ""
    words_in: tuple[str, ...] = WORDS_IN
    words_out: tuple[str, ...] = WORDS_OUT
    detail_1: str = ""
    detail_2: str = ""
    message: str = ""
    balance: str = ""
    external_id: str = ""
    account: str = ""
    newest_first: bool | None = None
    day_form: DayForm = DayForm.WHOLE
    header: tuple[str, ...] = ()
    number: int = 0

    def __post_init__(self) -> None:
        if len(self.day) not in {1, 3} or not all(self.day):
            raise ValueError("the day needs one column, or three for year, month and day")
        if bool(self.amount) == bool(self.received or self.paid_out):
            raise ValueError("name either the columns received and paid_out or the column amount")
        if self.direction and not self.amount:
            raise ValueError("a direction belongs to the column amount")
        columns = self.columns
        if len(set(columns)) != len(columns):
            raise ValueError("a column is named twice")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column named, in the order of the fields."""
        single = ("received", "paid_out", "amount", "direction", "detail_1", "detail_2", "message", "balance")
        rest = (getattr(self, name) for name in (*single, "external_id", "account"))
        return (*self.day, *(column for column in rest if column))
