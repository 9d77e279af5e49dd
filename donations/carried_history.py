"""A guarded ledger of earlier years on its way from the preview to the import button: sealed, in the page, nowhere at rest."""

from datetime import date

from donations.history_file import HistoryRow, HistoryTable
from privacy.sealed_word import seal, unseal

SALT = "donations.carried_history"
MINUTES = 60


def pack(table: HistoryTable) -> str:
    """The rows as one signed word. Raises ValueError for a table with problems, which is not carried on."""
    if table.problems:
        raise ValueError("A table with problems is not carried on.")
    rows = [
        (row.line, row.booked_on.toordinal(), row.amount_yen, row.payer, row.message, row.channel, row.numbers)
        for row in table.rows
    ]
    return seal({"rows": rows, "blanked": table.blanked}, salt=SALT)


def unpack(word: str) -> HistoryTable:
    """The table again. Raises `Refused`: "preview_expired" after `MINUTES`, "preview_damaged"."""
    facts = unseal(word, salt=SALT, minutes=MINUTES)
    rows = tuple(
        HistoryRow(line, date.fromordinal(day), yen, payer, message, channel, tuple(numbers))
        for line, day, yen, payer, message, channel, numbers in facts["rows"]
    )
    return HistoryTable(rows, blanked=facts["blanked"])
