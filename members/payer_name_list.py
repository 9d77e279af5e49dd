"""Every payer name that is kept, one entry for each as a person sees it, and the choices that narrow the list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import NameOrigin, PayerName, Supporter
from members.payer_names import payer_key
from members.search import find_supporters

LEARNED = "learned"
CHOICES: Mapping[str, tuple[str | Promise, Q]] = {
    LEARNED: (_("照合で覚えた"), Q(origin=NameOrigin.LEARNED)),
    "nobody": (_("支援者ではない方"), Q(supporter=None)),
    "joint": (_("連名"), Q(joint_group__gt=0)),
    "blocked": (_("自動では使わない"), Q(blocked_for_auto=True)),
    "proposed": (_("推測した読み"), Q(origin=NameOrigin.PROPOSED_READING)),
    "registered": (_("名簿にある名前"), Q(origin__in=(NameOrigin.READING, NameOrigin.NAME, NameOrigin.CONTACT))),
    "all": (_("すべて"), Q()),
}


@dataclass(frozen=True, slots=True)
class PayerEntry:
    """One name. `payers` are several where they pay together, none where the name is nobody's.

    `confirmed_count` counts confirmed transfers, `last_confirmed_on` is the booking day of the newest of them.
    """

    id: int
    as_written: str
    origin: str
    origin_label: str
    payers: tuple[Supporter, ...]
    is_joint: bool
    confirmed_count: int
    last_confirmed_on: date | None
    is_blocked: bool

    @property
    def is_learned(self) -> bool:
        """Whether it came from a transfer; all others follow the list of supporters, and are changed there."""
        return self.origin == NameOrigin.LEARNED


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice with how many entries it shows."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


def kept_names() -> "QuerySet[PayerName]":
    """One row for each entry: of those who pay together the first row stands for all."""
    earlier = PayerName.objects.filter(
        key=OuterRef("key"), joint_group=OuterRef("joint_group"), joint_group__gt=0, pk__lt=OuterRef("pk")
    )
    return PayerName.objects.filter(Q(joint_group=0) | ~Exists(earlier)).order_by("key", "pk")


def chosen_names(choice: str) -> "QuerySet[PayerName]":
    """The entries of one of `CHOICES`."""
    return kept_names().filter(CHOICES[choice][1])


def find_names(text: str) -> "QuerySet[PayerName]":
    """The entries whose spelling holds `text` in any script of its own, or that are of a supporter whom it finds."""
    typed = text.strip()
    if not typed:
        return PayerName.objects.none()
    theirs = PayerName.objects.filter(supporter__in=find_supporters(typed))
    wanted = Q(pk__in=theirs.values("pk")) | Q(joint_group__in=theirs.filter(joint_group__gt=0).values("joint_group"))
    if key := payer_key(typed):
        wanted |= Q(key__contains=key)
    return kept_names().filter(wanted)


def chips(chosen: str) -> list[Chip]:
    """Count every choice in one query."""
    counts = kept_names().order_by().aggregate(**{
        value: Count("pk", filter=condition) if condition else Count("pk") for value, (_label, condition) in CHOICES.items()
    })
    return [Chip(value, label, counts[value], value == chosen) for value, (label, _q) in CHOICES.items()]


def entries(rows: Sequence[PayerName]) -> list[PayerEntry]:
    """The entries of these rows of `kept_names`, with all who pay together; at most two queries."""
    groups = {row.joint_group for row in rows if row.joint_group}
    together: dict[int, list[Supporter]] = defaultdict(list)
    if groups:
        mates = PayerName.objects.filter(joint_group__in=groups, key__in={row.key for row in rows if row.joint_group})
        for mate in mates.select_related("supporter").order_by("pk"):
            if mate.supporter:
                together[mate.joint_group].append(mate.supporter)
    return [_entry(row, together) for row in rows]


def entry_of(name_id: int) -> PayerEntry:
    """One entry by the id of any of its rows. Raises `PayerName.DoesNotExist`."""
    row = PayerName.objects.select_related("supporter").get(pk=name_id)
    return entries([row])[0]


def _entry(row: PayerName, together: Mapping[int, Sequence[Supporter]]) -> PayerEntry:
    alone = (row.supporter,) if row.supporter else ()
    return PayerEntry(
        id=row.pk,
        as_written=row.as_written,
        origin=row.origin,
        origin_label=row.get_origin_display(),
        payers=tuple(together[row.joint_group]) if row.joint_group else alone,
        is_joint=row.joint_group > 0,
        confirmed_count=row.confirmed_count,
        last_confirmed_on=row.last_confirmed_on,
        is_blocked=row.blocked_for_auto,
    )
