"""保留・対象外: which rows are put aside now, and which of them can be decided anew from a list."""

from django.db.models import Exists, OuterRef, QuerySet

from donations.models import Allocation, Reversal, SetAside


def held_now() -> QuerySet[SetAside]:
    """Every live set-aside, oldest row first; their yen add up to the 保留・対象外 of the home page.

    Each has `is_given_back` (a 組戻 or a correction of the cash box holds it) and `is_rest` (the other yen of the
    row are confirmed): those two are taken back on the page of their row, since more than this is undone.
    """
    given_back = Reversal.objects.filter(original=OuterRef("transaction"), undone_at=None)
    confirmed = Allocation.objects.live().filter(transaction=OuterRef("transaction"))
    return (
        SetAside.objects.filter(undone_at=None)
        .annotate(is_given_back=Exists(given_back), is_rest=Exists(confirmed))
        .select_related("transaction")
        .order_by("transaction__booked_on", "transaction_id")
    )
