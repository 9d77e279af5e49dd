"""今日の確定: what was decided today and still stands, newest first, each ready to be taken back."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from donations.entering import TAKEN_BACK_WORD
from donations.models import Allocation, ReconcileBatch, Reversal, SetAside, SetAsideReason, Transaction


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of `day` in the time zone of the group."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone)


def confirmed_on(day: date) -> QuerySet[Transaction]:
    """Rows with live allocations confirmed on `day`, newest first.

    Each has `live`, its live allocations, and `is_receipted`: a receipt names one of them.
    """
    live = Allocation.objects.live().select_related("supporter", "batch").order_by("pk")
    receipted = Allocation.objects.live().filter(transaction=OuterRef("pk"), receipted_at__isnull=False)
    today = Q(allocations__undone_at=None, allocations__confirmed_at__range=day_bounds(day))
    return (
        Transaction.objects.filter(today)
        .annotate(confirmed_at=Max("allocations__confirmed_at", filter=today), is_receipted=Exists(receipted))
        .order_by("-confirmed_at", "-booked_on", "-pk")
        .prefetch_related(Prefetch("allocations", queryset=live, to_attr="live"))
    )


def batches_on(day: date) -> QuerySet[ReconcileBatch]:
    """Batches of `day` with more than one row still confirmed; `rows` and `yen` count what is live."""
    live = Q(allocations__undone_at=None)
    return (
        ReconcileBatch.objects.filter(at__range=day_bounds(day), undone_at=None)
        .annotate(
            rows=Count("allocations__transaction", filter=live, distinct=True),
            yen=Sum("allocations__amount_yen", filter=live),
        )
        .filter(rows__gt=1)
        .order_by("-at", "-pk")
    )


def set_aside_on(day: date) -> QuerySet[SetAside]:
    """What was put aside on `day` by a person's decision (not by a 組戻 or a correction of the cash box)."""
    live = SetAside.objects.filter(at__range=day_bounds(day), undone_at=None)
    by_hand = live.exclude(reason=SetAsideReason.REVERSED).exclude(
        transaction__reversed_by__in=Reversal.objects.filter(undone_at=None)
    )
    return by_hand.select_related("transaction").order_by("-at", "-pk")


def reversals_on(day: date) -> QuerySet[Reversal]:
    """組戻 settled on `day` that can be taken back here: bank rows, not corrections of typed rows."""
    live = Reversal.objects.filter(at__range=day_bounds(day), undone_at=None)
    return live.exclude(withdrawal__detail_1=TAKEN_BACK_WORD).select_related("withdrawal", "original").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class JustDone:
    """What stands decided about one row, for the sentence that offers to take it back."""

    transaction: Transaction
    allocations: tuple[Allocation, ...]
    held: SetAside | None
    reversal: Reversal | None


def just_done(transaction_id: int) -> JustDone | None:
    """The live decision about a row; None where there is none (any more)."""
    row = Transaction.objects.filter(pk=transaction_id).first()
    if row is None:
        return None
    live = tuple(Allocation.objects.live().filter(transaction=row).select_related("supporter").order_by("pk"))
    held = SetAside.objects.filter(transaction=row, undone_at=None).exclude(reason=SetAsideReason.REVERSED).first()
    reversal = Reversal.objects.filter(withdrawal=row, undone_at=None).select_related("original").first()
    if not live and held is None and reversal is None:
        return None
    return JustDone(row, live, held, reversal)
