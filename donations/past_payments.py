"""What was paid before, in our own ledger or in the one kept before it: by each supporter, and by all together."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from heapq import merge
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from donations.matching.lines import Line
from donations.matching.parse import parse
from donations.matching.rates import Record, is_own_name, months_apart
from donations.models import Allocation, PastPayment
from members.in_parts import in_parts
from members.models import NameOrigin, PayerName
from members.payer_names import REGISTERED

_ALONE = Q(name=None) | Q(name__joint_group=0)
_PAYER = Coalesce("name__supporter_id", "supporter_id")


class LastPayment(NamedTuple):
    """When a supporter paid last, and how much (yen; None where several paid together and nobody knows who paid what)."""

    paid_on: date
    amount_yen: int | None


def earlier_payments(ids: Collection[int]) -> dict[int, LastPayment]:
    """{supporter: the last payment} of the years before our own ledger, for those of `ids` who paid then."""
    found: dict[int, LastPayment] = {}
    for part in in_parts(ids):
        rows = PastPayment.objects.filter(Q(name__supporter__in=part) | Q(supporter__in=part)).annotate(payer=_PAYER)
        for payer, day, yen, group in rows.order_by("booked_on", "pk").values_list(
            "payer", "booked_on", "amount_yen", "name__joint_group"
        ):
            found[payer] = LastPayment(day, None if group else yen)
        together = PayerName.objects.filter(supporter__in=part, joint_group__gt=0, past_payments=None)
        for payer, joint_day in together.values_list("supporter_id").annotate(Max("last_confirmed_on")):
            known = found.get(payer)
            if joint_day is not None and (known is None or known.paid_on < joint_day):
                found[payer] = LastPayment(joint_day, None)
    return found


def payers() -> frozenset[int]:
    """The ids of all supporters who ever paid."""
    gave = Allocation.objects.live().exclude(supporter=None).order_by().values_list("supporter_id", flat=True).distinct()
    learned = PayerName.objects.filter(origin=NameOrigin.LEARNED, confirmed_count__gt=0).exclude(supporter=None)
    nameless = PastPayment.objects.exclude(supporter=None).values_list("supporter_id", flat=True)
    return frozenset((*gave.iterator(), *learned.values_list("supporter_id", flat=True).iterator(), *nameless.iterator()))


def record_of_all(*, known: float) -> Record:
    """What all payments add up to; `known` as in `Record`. A few queries, whatever their number."""
    learned = PayerName.objects.filter(origin=NameOrigin.LEARNED, joint_group=0).aggregate(
        rows=Sum("confirmed_count", default=0), strangers=Sum("confirmed_count", default=0, filter=Q(supporter=None))
    )
    together = PayerName.objects.filter(joint_group__gt=0).values("joint_group").annotate(times=Max("confirmed_count"))
    repeated, months = _habits()
    return Record(
        rows=learned["rows"] + sum(group["times"] for group in together),
        strangers=learned["strangers"],
        third_parties=_third_parties(),
        gifts=_gifts_of_strangers(),
        repeated=repeated,
        months=months,
        known=known,
    )


def _habits() -> tuple[tuple[int, int], tuple[int, int, int]]:
    """Of all payments that followed one of the same supporter: how many had its amount, and its month."""
    same = pairs = 0
    months: Counter[int] = Counter()
    for _payer, payments in groupby(merge(_allocated(), _earlier()), key=lambda payment: payment[0]):
        for (_one, day, yen), (_other, next_day, next_yen) in pairwise(payments):
            pairs += 1
            same += yen == next_yen
            months[months_apart(day.month, next_day.month)] += 1
    return (same, pairs), (months[0], months[1], months[2])


def _allocated() -> Iterator[tuple[int, date, int]]:
    """(supporter, day, yen) of what each gave with each row of our ledger, in this order."""
    rows = Allocation.objects.live().exclude(supporter=None).values("supporter_id", "transaction__booked_on", "transaction_id")
    given = rows.annotate(yen=Sum("amount_yen")).order_by("supporter_id", "transaction__booked_on", "yen")
    return given.values_list("supporter_id", "transaction__booked_on", "yen").iterator()


def _earlier() -> Iterator[tuple[int, date, int]]:
    """The same of the years before it, of those who paid alone."""
    rows = PastPayment.objects.filter(_ALONE).annotate(payer=_PAYER).exclude(payer=None)
    return rows.order_by("payer", "booked_on", "amount_yen").values_list("payer", "booked_on", "amount_yen").iterator()


def _gifts_of_strangers() -> Mapping[int, int]:
    """{yen: how often} of what came from nobody of ours."""
    gifts: Counter[int] = Counter()
    ours = Allocation.objects.live().filter(supporter=None).values_list("amount_yen")
    gifts.update(dict(ours.annotate(times=Count("pk")).order_by()))
    earlier = PastPayment.objects.filter(_ALONE).annotate(payer=_PAYER).filter(payer=None).values_list("amount_yen")
    gifts.update(dict(earlier.annotate(times=Count("pk")).order_by()))
    return gifts


def _third_parties() -> int:
    """How many confirmed payments showed a name that is not the supporter's own, nor much like it."""
    own = PayerName.objects.filter(supporter=OuterRef("supporter"), key=OuterRef("key"), origin__in=REGISTERED)
    others = PayerName.objects.filter(origin=NameOrigin.LEARNED, confirmed_count__gt=0).exclude(supporter=None)
    rows = others.exclude(Exists(own)).order_by("pk")
    count = 0
    for part in in_parts(rows.values_list("supporter_id", "joint_group", "confirmed_count", "as_written", "last_text").iterator()):
        names = _own_keys({supporter for supporter, *_rest in part if supporter is not None})
        for supporter, group, times, text, last_text in part:
            if not group and not _is_own(last_text or text, names.get(supporter or 0, ())):
                count += times
    return count


def _own_keys(supporters: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = PayerName.objects.filter(supporter__in=supporters, origin__in=REGISTERED)
    for supporter, key in rows.values_list("supporter_id", "key"):
        found.setdefault(supporter or 0, []).append(key)
    return found


def _is_own(text: str, names: Collection[str]) -> bool:
    return is_own_name(parse(Line(0, date.min, 1, 0, text)), list(names))
