"""The rows that were typed in, newest first, with what has become of each."""

from django.db.models import Exists, OuterRef

from donations.models import Allocation, Reversal, Transaction
from donations.models.transaction import TransactionQuerySet


def typed_rows() -> TransactionQuerySet:
    """Money received that came from no file, with `is_taken_back`, `is_allocated` and the columns of `with_open_yen`."""
    taken_back = Reversal.objects.filter(original=OuterRef("pk"), undone_at=None)
    allocated = Allocation.objects.filter(transaction=OuterRef("pk"), undone_at=None)
    return (
        Transaction.objects.incoming()
        .filter(statement=None)
        .with_open_yen()
        .annotate(is_taken_back=Exists(taken_back), is_allocated=Exists(allocated))
        .select_related("account")
        .order_by("-pk")
    )
