"""A stored row as the pure matching reads it."""

from donations.matching.lines import Line
from donations.models import Transaction


def line_of(row: Transaction) -> Line:
    """The row as matching reads it."""
    return Line(
        id=row.pk,
        booked_on=row.booked_on,
        received_yen=row.received_yen,
        paid_out_yen=row.paid_out_yen,
        payer_text=row.detail_2,
        message=row.message,
        channel=row.detail_1,
    )
