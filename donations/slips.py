"""Slips read: what hangs on which row, what waits, and the rows a slip may belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from donations.done_today import day_bounds
from donations.models import Slip, Transaction
from donations.slip_places import CREDITED_WITHIN, PlainRow, PlainSlip, fits, rows_to_choose
from japanese.names import comparison_key
from members.in_parts import in_parts
from members.models import AccountKind, BankAccount

TYPED_TOO_LATE = timedelta(days=7)
"""How much earlier than the typed day a row is offered by hand: days are misread."""
CREDITED_LATE = timedelta(days=31)
MOST_CHOICES = 12


def accounts_with_slips() -> QuerySet[BankAccount]:
    """The 振替口座: a 払込取扱票 pays into no other kind (formats.md §1.3)."""
    return BankAccount.objects.filter(kind=AccountKind.POSTAL_TRANSFER).order_by("pk")


def slips_of(rows: Iterable[Transaction]) -> Mapping[int, Sequence[Slip]]:
    """{row: its live slips in the order typed}; one query for 500 rows."""
    found: dict[int, list[Slip]] = {}
    for part in in_parts(row.pk for row in rows):
        for slip in Slip.objects.live().filter(transaction__in=part).order_by("pk"):
            found.setdefault(slip.transaction_id, []).append(slip)  # type: ignore[arg-type]
    return found


def rest_of(row: Transaction, slips: Sequence[Slip]) -> int:
    """Yen of the row of which no slip tells yet."""
    return row.received_yen - sum(slip.amount_yen for slip in slips)


def with_attached_yen(rows: QuerySet[Transaction]) -> QuerySet[Transaction]:
    """Add `attached_yen`, the sum of the live slips that hang on each row, and `rest_yen`, what is left of it."""
    live = Slip.objects.live().filter(transaction=OuterRef("pk")).order_by()
    total = live.values("transaction").annotate(total=Sum("amount_yen")).values("total")
    attached = Coalesce(Subquery(total), Value(0), output_field=BigIntegerField())
    return rows.annotate(attached_yen=attached).annotate(rest_yen=F("received_yen") - F("attached_yen"))


def nameless_rows() -> QuerySet[Transaction]:
    """Undecided rows of a 振替口座 that say no name and that no slip covers whole yet, oldest first."""
    rows = with_attached_yen(Transaction.objects.unreconciled().filter(account__kind=AccountKind.POSTAL_TRANSFER))
    left = rows.filter(detail_2="", text_was_erased=False, rest_yen__gt=0)  # type: ignore[misc]
    return left.order_by("booked_on", "position")


def waiting_slips() -> QuerySet[Slip]:
    """Slips that hang on no row, oldest first."""
    return Slip.objects.waiting().select_related("account").order_by("day", "pk")


@dataclass(frozen=True, slots=True)
class RowChoice:
    """A row that a slip may mean. `fits`: by its day, yen and name; `rest_yen`: no slip tells of these yen yet."""

    transaction: Transaction
    rest_yen: int
    fits: bool


def choices_for(slip: Slip) -> list[RowChoice]:
    """The rows that a person may hang this slip on, likeliest first; three queries."""
    first, last = slip.day - TYPED_TOO_LATE, slip.day + CREDITED_LATE
    plain = plain_slip(slip)
    chosen = rows_to_choose(plain, rows_between(slip.account_id, first, last, least_yen=slip.amount_yen))[:MOST_CHOICES]
    rows = Transaction.objects.in_bulk([row.id for row in chosen])
    return [RowChoice(rows[row.id], row.rest_yen, fits(plain, row)) for row in chosen]


def plain_slip(slip: Slip) -> PlainSlip:
    """The slip as `donations.slip_places` reads it."""
    keys = frozenset(key for text in (slip.payer_name, slip.kana) if text and (key := comparison_key(text)[1]))
    return PlainSlip(slip.pk, slip.day, slip.amount_yen, keys)


def rows_for(account_id: int, slips: Sequence[PlainSlip]) -> list[PlainRow]:
    """The rows that these slips of one account may hang on by themselves; two queries."""
    days = [slip.day for slip in slips]
    least = min(slip.amount_yen for slip in slips)
    return list(rows_between(account_id, min(days), max(days) + CREDITED_WITHIN, least_yen=least))


def rows_between(account_id: int, first: date, last: date, *, least_yen: int) -> Iterable[PlainRow]:
    """Incoming rows of these days with at least so many yen; blanked rows are left out, since who paid was known."""
    rows = Transaction.objects.filter(
        account=account_id, booked_on__gte=first, booked_on__lte=last, received_yen__gte=least_yen, text_was_erased=False
    )
    attached: dict[int, tuple[int, set[date]]] = {}
    for pk, day, yen in Slip.objects.live().filter(transaction__in=rows).values_list("transaction_id", "day", "amount_yen"):
        before, days = attached.get(pk or 0, (0, set()))
        attached[pk or 0] = (before + yen, days | {day})
    columns = rows.order_by("booked_on", "position").values_list("pk", "booked_on", "received_yen", "detail_2")
    for pk, booked_on, yen, payer in columns:
        held, days = attached.get(pk, (0, set()))
        yield PlainRow(pk, booked_on, yen, held, frozenset(days), (comparison_key(payer)[1] or payer) if payer else "")


@dataclass(frozen=True, slots=True)
class DayCount:
    """The live slips of one day of an account: how many and how many yen, to hold against the bank's notice."""

    count: int
    yen: int


def count_of_day(account: BankAccount, day: date) -> DayCount:
    """What was typed for the stamp day `day`."""
    found = Slip.objects.live().filter(account=account, day=day).aggregate(yen=Sum("amount_yen", default=0), count=Count("pk"))
    return DayCount(found["count"], found["yen"])


@dataclass(frozen=True, slots=True)
class Typed:
    """A slip typed today, with how many there were and how many yen up to it."""

    slip: Slip
    count: int
    yen: int


def typed_on(day: date) -> list[Typed]:
    """The live slips typed on `day`, newest first, counted from the first; one query."""
    slips = Slip.objects.live().filter(typed_at__range=day_bounds(day)).select_related("transaction")
    found, total = [], 0
    for count, slip in enumerate(slips.order_by("typed_at", "pk"), start=1):
        total += slip.amount_yen
        found.append(Typed(slip, count, total))
    return found[::-1]


def newest_by(name: str) -> Slip | None:
    """The slip that this person typed last: its day and account are offered for the next one."""
    return Slip.objects.live().filter(typed_by=name).order_by("-pk").first()
