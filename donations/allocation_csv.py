"""Every live allocation as a CSV file that a spreadsheet opens without harm."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from donations.models import Allocation
from privacy.outgoing import refuse_outgoing

COLUMNS = ("日付", "金額", "払込人名", "支援者番号", "用途", "自動/手動")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def allocation_rows() -> Iterator[tuple[str, int, str, str, str, str]]:
    """One row for each live allocation in the order of the bank, days as 2026-11-23, yen as plain digits.

    Raises `NationalIdRefused`, since what leaves is guarded as what enters.
    """
    live = Allocation.objects.live().select_related("transaction", "supporter")
    ordered = live.order_by("transaction__booked_on", "transaction__account_id", "transaction__position", "pk")
    for one in ordered.iterator(chunk_size=500):
        refuse_outgoing([(_("%s の入金の払込人名") % one.transaction.booked_on, one.transaction.detail_2)])
        yield (
            one.transaction.booked_on.isoformat(),
            one.amount_yen,
            harmless(one.transaction.detail_2),
            one.supporter.number if one.supporter else "",
            one.get_purpose_display(),
            str(_("自動")) if one.automatic else str(_("手動")),
        )


def allocation_csv() -> tuple[bytes, int]:
    """The file (UTF-8 with a byte order mark, lines ended by CR LF, header first) and how many rows it has."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for count, row in enumerate(allocation_rows(), start=1):  # noqa: B007 - the count is the answer
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig"), count


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula (OWASP: CSV injection).

    >>> harmless("=1+1"), harmless("ｻﾄｳ ﾊﾅｺ")
    ("'=1+1", 'ｻﾄｳ ﾊﾅｺ')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
