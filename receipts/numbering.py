"""Receipt numbers without gaps: taken under the lock of the year's counter, inside the issuing transaction."""

from receipts.models import ReceiptCounter


def next_serials(*, fiscal_year: int, count: int) -> range:
    """Take `count` serials of the year. Call inside a transaction: a rollback gives them back."""
    ReceiptCounter.objects.get_or_create(fiscal_year=fiscal_year)
    counter = ReceiptCounter.objects.select_for_update().get(fiscal_year=fiscal_year)
    first = counter.last_serial + 1
    counter.last_serial += count
    counter.save(update_fields=["last_serial"])
    return range(first, first + count)
