"""A guarded list on its way from the preview to the import button: signed, in the page, nowhere at rest."""

from django.core import signing
from django.utils.translation import gettext as _

from members.supporter_table import SupporterTable
from privacy.errors import Refused

SALT = "members.carried_table"
MINUTES = 30


def pack(table: SupporterTable) -> str:
    """Write the rows as one signed, compressed word. The table must be without problems."""
    if table.problems:
        raise ValueError("A table with problems is not carried on.")
    facts = {"facts": table.facts, "lines": table.lines, "rows": table.rows}
    return signing.dumps(facts, salt=SALT, compress=True)


def unpack(word: str) -> SupporterTable:
    """Give the table back.

    Raises `Refused`: "preview_expired" after `MINUTES`, "preview_damaged" when a sign of it was changed.
    """
    try:
        facts = signing.loads(word, salt=SALT, max_age=MINUTES * 60)
    except signing.SignatureExpired as error:
        raise Refused(
            _("確かめる画面を開いてから時間がたちすぎました。何も取り込んでいません。ファイルをもう一度選んでください。"),
            code="preview_expired",
        ) from error
    except signing.BadSignature as error:
        raise Refused(
            _("送られた内容が壊れています。何も取り込んでいません。ファイルをもう一度選んでください。"), code="preview_damaged"
        ) from error
    return SupporterTable(
        facts=tuple(facts["facts"]), lines=tuple(facts["lines"]), rows=tuple(tuple(row) for row in facts["rows"])
    )
