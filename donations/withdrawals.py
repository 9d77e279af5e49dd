"""Money out that may give an earlier row back (組戻): which rows to ask about, and which rows they may mean."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from donations.bank_lines import line_of
from donations.matching.lines import EarlierReceipt
from donations.matching.parse import parse
from donations.matching.reversals import LONGEST_DAYS, find_reversed
from donations.matching.suggestions import Evidence
from donations.models import Allocation, Reversal, Slip, Transaction
from members.in_parts import in_parts


@dataclass(frozen=True, slots=True)
class Original:
    """A row that may have been given back, with the reasons; `transaction.live` are its live allocations."""

    transaction: Transaction
    confidence: float
    reasons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row of money out that a person has to look at. `says_so`: its words are those of a 組戻."""

    transaction: Transaction
    says_so: bool
    originals: tuple[Original, ...]


def withdrawals_to_ask(rows: QuerySet[Transaction] | None = None) -> list[Withdrawal]:
    """Every withdrawal not settled yet that says 組戻, or that fits an earlier row by payer, amount and day.

    The bank's own fees are not asked about. At most four queries, however many rows.
    """
    live = Reversal.objects.filter(withdrawal=OuterRef("pk"), undone_at=None)
    wanted = Transaction.objects.select_related("account") if rows is None else rows.select_related("account")
    open_rows = wanted.filter(paid_out_yen__gt=0).exclude(Exists(live)).order_by("booked_on", "account_id", "position")
    asked = []
    for row in open_rows:
        parsed = parse(line_of(row))
        if not parsed.is_bank_own and (parsed.is_reversal or parsed.keys):
            asked.append((row, parsed.is_reversal))
    receipts = _earlier([row for row, _says_so in asked])
    found = {row.pk: find_reversed(line_of(row), receipts.get(_place(row), ())) for row, _says_so in asked}
    originals = _read({one.receipt_id for many in found.values() for one in many})
    answers = [
        Withdrawal(
            row,
            says_so,
            tuple(Original(originals[one.receipt_id], one.confidence, one.evidence) for one in found[row.pk]),
        )
        for row, says_so in asked
    ]
    return [answer for answer in answers if answer.says_so or answer.originals]


def rows_said_to_be_returned() -> frozenset[int]:
    """Ids of the rows that an unsettled withdrawal saying 組戻 most likely gives back."""
    return frozenset(
        one.originals[0].transaction.pk for one in withdrawals_to_ask() if one.says_so and one.originals
    )


def _place(row: Transaction) -> tuple[int, int]:
    """Money goes back to the yen from the account it came into."""
    return row.account_id, row.paid_out_yen


def _earlier(withdrawals: Sequence[Transaction]) -> Mapping[tuple[int, int], Sequence[EarlierReceipt]]:
    """{(account, yen): rows in} of the amounts and the days in question, not given back yet."""
    if not withdrawals:
        return {}
    given_back = Reversal.objects.filter(original=OuterRef("pk"), undone_at=None)
    rows = Transaction.objects.filter(
        received_yen__in={row.paid_out_yen for row in withdrawals},
        account__in={row.account_id for row in withdrawals},
        booked_on__gte=min(row.booked_on for row in withdrawals) - timedelta(days=LONGEST_DAYS),
        booked_on__lte=max(row.booked_on for row in withdrawals),
    ).exclude(Exists(given_back))
    found: dict[tuple[int, int], list[EarlierReceipt]] = {}
    columns = rows.order_by("booked_on", "position").values_list("account_id", "pk", "booked_on", "received_yen", "detail_2")
    told = list(columns)
    on_slips = _names_on_slips(pk for _account, pk, _day, _yen, payer in told if not payer)
    for account, pk, booked_on, received_yen, payer in told:
        receipt = EarlierReceipt(pk, booked_on, received_yen, payer or on_slips.get(pk, ""))
        found.setdefault((account, received_yen), []).append(receipt)
    return found


def _names_on_slips(rows: Iterable[int]) -> Mapping[int, str]:
    """{row: the reading, else the name on the slip that covers it}: the bank gives money back under a kana name."""
    names: dict[int, str] = {}
    for part in in_parts(rows):
        for slip in Slip.objects.live().filter(transaction__in=part, amount_yen=F("row_yen")):
            names[slip.transaction_id or 0] = slip.kana or slip.payer_name
    return names


def _read(ids: Set[int]) -> Mapping[int, Transaction]:
    """The rows that are offered, with their live allocations; nothing is asked for none."""
    if not ids:
        return {}
    allocations = Allocation.objects.live().select_related("supporter").order_by("pk")
    rows = Transaction.objects.filter(pk__in=ids).select_related("account")
    return {row.pk: row for row in rows.prefetch_related(Prefetch("allocations", queryset=allocations, to_attr="live"))}
