"""A guarded list on its way from the preview to the import button: signed, in the page, nowhere at rest."""

from members.supporter_table import SupporterTable
from privacy.sealed_word import seal, unseal

SALT = "members.carried_table"
MINUTES = 30


def pack(table: SupporterTable) -> str:
    """Write the rows as one signed, compressed word. The table must be without problems."""
    if table.problems:
        raise ValueError("A table with problems is not carried on.")
    facts = {"facts": table.facts, "lines": table.lines, "rows": table.rows}
    return seal(facts, salt=SALT)


def unpack(word: str) -> SupporterTable:
    """Give the table back. Raises what `privacy.sealed_word.unseal` raises, after `MINUTES`."""
    facts = unseal(word, salt=SALT, minutes=MINUTES)
    return SupporterTable(
        facts=tuple(facts["facts"]), lines=tuple(facts["lines"]), rows=tuple(tuple(row) for row in facts["rows"])
    )
