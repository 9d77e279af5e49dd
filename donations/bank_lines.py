"""A stored row, or a slip that hangs on it, as the pure matching reads it."""

import re
from collections.abc import Sequence

from donations.matching.lines import Line
from donations.matching.register import number_key
from donations.models import Slip, Transaction
from japanese.plain import to_plain

POSTCODE_DIGITS = 7
PHONE_DIGITS = range(9, 12)
_NOT_A_DIGIT = re.compile("[^0-9]")


def line_of(row: Transaction, slip: Slip | None = None) -> Line:
    """The row as matching reads it; with the slip that covers it whole, as the payer wrote it there."""
    if slip is not None and not slip.text_was_erased:
        return line_of_slip(row, slip)
    return Line(
        id=row.pk,
        booked_on=row.booked_on,
        received_yen=row.received_yen,
        paid_out_yen=row.paid_out_yen,
        payer_text=row.detail_2,
        message=row.message,
        channel=row.detail_1,
    )


def line_of_slip(row: Transaction, slip: Slip) -> Line:
    """A slip by itself, with its own yen and the day of its row; the bank's name where the slip has none."""
    return Line(
        id=row.pk,
        booked_on=row.booked_on,
        received_yen=slip.amount_yen,
        paid_out_yen=0,
        payer_text=slip.name_written or row.detail_2,
        message=slip.message or row.message,
        channel=row.detail_1,
        reading=slip.kana if slip.payer_name else "",
        identifiers=_identifiers(slip),
    )


def whole_slip(slips: Sequence[Slip]) -> Slip | None:
    """The one slip that covers its row whole; None where there is none, or only parts."""
    return slips[0] if len(slips) == 1 and slips[0].covers_its_row else None


def _identifiers(slip: Slip) -> tuple[tuple[str, str], ...]:
    """The number, phone and postcode of a slip, in the form in which matching compares them; unreadable ones left out."""
    phone, postcode = (_NOT_A_DIGIT.sub("", to_plain(text)) for text in (slip.phone, slip.postal_code))
    found = (
        ("number", number_key(to_plain(slip.supporter_number))),
        ("phone", phone if len(phone) in PHONE_DIGITS else ""),
        ("postcode", postcode if len(postcode) == POSTCODE_DIGITS else ""),
    )
    return tuple((kind, value) for kind, value in found if value)
