"""Which supporters a list shows, and how many every other choice would show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.fiscal_year import fiscal_year_of
from members.models import Association, Channel, Supporter, SupporterKind, SupporterState

Choices = Mapping[str, tuple[str | Promise, Q]]
STATE_BEFORE_ANYTHING_IS_CHOSEN = SupporterState.ACTIVE
ALL = "all"

GROUPS: Mapping[str, tuple[str | Promise, Choices]] = {
    "state": (
        _("状態"),
        {
            **{state.value: (state.label, Q(state=state)) for state in SupporterState},
            ALL: (_("すべて"), Q()),
        },
    ),
    "kind": (_("種別"), {kind.value: (kind.label, Q(kind=kind)) for kind in SupporterKind}),
    "paid": (_("今年度の賛同金"), {"yes": (_("納入済"), Q(has_paid=True)), "no": (_("未納"), Q(has_paid=False))}),
    "channel": (_("連絡方法"), {channel.value: (channel.label, Q(channel=channel)) for channel in Channel}),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice as a link: `query` is the address's query when it is chosen (or, if it is, when it is let go)."""

    label: str | Promise
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """The choices of one question."""

    label: str | Promise
    chips: Sequence[Chip]


def current_fiscal_year(today: date) -> int:
    """Give the fiscal year of `today`; from April where our own group is not set up yet."""
    association = Association.objects.current()
    return fiscal_year_of(today, start_month=association.fiscal_year_start_month if association else 4)


def choices_in(query: Mapping[str, Any]) -> dict[str, str]:
    """Read the known choices out of an address; the state is ACTIVE where none is named."""
    chosen = {name: query[name] for name, (_label, choices) in GROUPS.items() if query.get(name) in choices}
    return {"state": STATE_BEFORE_ANYTHING_IS_CHOSEN.value, **chosen}


def chosen_supporters(
    supporters: "QuerySet[Supporter]", choices: Mapping[str, str], *, fiscal_year: int
) -> "QuerySet[Supporter]":
    """Give those of `supporters` that fit every choice."""
    conditions = [GROUPS[name][1][choice][1] for name, choice in choices.items()]
    return _with_has_paid(supporters, fiscal_year).filter(*conditions)


def chip_groups(
    supporters: "QuerySet[Supporter]", choices: Mapping[str, str], *, fiscal_year: int
) -> list[ChipGroup]:
    """Count each choice beside the choices of the other questions, in one query."""
    wanted = {
        f"{name}_{choice}": Count("pk", filter=_others(choices, name) & condition)
        for name, (_label, group) in GROUPS.items()
        for choice, (_word, condition) in group.items()
    }
    counts = _with_has_paid(supporters, fiscal_year).aggregate(**wanted)
    return [
        ChipGroup(
            label,
            [
                Chip(word, counts[f"{name}_{choice}"], _query(choices, name, choice), choices.get(name) == choice)
                for choice, (word, _condition) in group.items()
            ],
        )
        for name, (label, group) in GROUPS.items()
    ]


def query_of(choices: Mapping[str, str]) -> str:
    """Write the choices as the query of an address; it holds no personal text."""
    return urlencode(choices)


def _query(choices: Mapping[str, str], name: str, choice: str) -> str:
    others = {key: value for key, value in choices.items() if key != name}
    lets_go = choices.get(name) == choice and name != "state"
    return query_of(others if lets_go else {**others, name: choice})


def _others(choices: Mapping[str, str], name: str) -> Q:
    condition = Q()
    for other, choice in choices.items():
        if other != name:
            condition &= GROUPS[other][1][choice][1]
    return condition


def _with_has_paid(supporters: "QuerySet[Supporter]", fiscal_year: int) -> "QuerySet[Supporter]":
    return Supporter.objects.filter(pk__in=supporters.values("pk")).with_has_paid(fiscal_year)
