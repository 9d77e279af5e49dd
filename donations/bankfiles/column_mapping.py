"""Which column of a bank's CSV means what: named once by the treasurer, kept under a name."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Names of columns as the header prints them; width and blanks do not matter. '' means that there is none.

    `name`: what the treasurer calls it. `day`: one column with the whole day, or three with year, month and day.
    Money: `received` and `paid_out`, or one column `amount` (below zero is paid out) — or `amount` above zero and a
    column `direction` whose cell is one of `words_in` or `words_out`.
    `balance`: after the row; where it is given, the chain is checked. `account`: the same in every row.
    `newest_first`: None finds out, by the balances or else by the days.

    Raises ValueError when the day or the money is not named, or one column is named twice.
    """

    name: str
    day: tuple[str, ...]
    received: str = ""
    paid_out: str = ""
    amount: str = ""
    direction: str = ""
    words_in: tuple[str, ...] = ("入金", "入")
    words_out: tuple[str, ...] = ("出金", "出")
    detail_1: str = ""
    detail_2: str = ""
    message: str = ""
    balance: str = ""
    external_id: str = ""
    account: str = ""
    newest_first: bool | None = None

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


TEXT_FIELDS = frozenset(field.name for field in fields(ColumnMapping)) - {
    "words_in",
    "words_out",
    "newest_first",
    "day",
}
"""The fields that hold one text, for a form that asks for them."""
