"""The notice 個人情報の取扱い and the list of what is held, made from the declarations of the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

from privacy.personal_columns import USER, WHO_DID_IT, WITH_THE_LOG, Held, Table, tables

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """What is held about one kind of person for one purpose until one term."""

    whose: Text
    purpose: Text
    term: Text
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """One column as the list shows it."""

    name: str
    held: Held


def notice() -> list[Kind]:
    """For each kind of person and purpose the words of the columns, in the order of the declarations."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for table in tables():
        for column in _columns(table):
            whose = table.whose if column.name and column.held.purpose != WHO_DID_IT else USER
            items = found.setdefault((str(whose), str(column.held.purpose), str(column.held.term)), [])
            if column.name not in items:
                items.append(column.name)
    return [Kind(*about, items) for about, items in found.items()]


def held_columns() -> list[tuple[str, Text, list[HeldColumn]]]:
    """(table in words, whose data, its columns) for every table that holds something about persons."""
    return [
        (str(apps.get_model(table.model)._meta.verbose_name), table.whose, columns)
        for table in tables()
        if (columns := _columns(table))
    ]


def _columns(table: Table) -> list[HeldColumn]:
    model = apps.get_model(table.model)
    declared = {**table.personal, **dict.fromkeys(table.who, Held(WHO_DID_IT, WITH_THE_LOG))}
    return [HeldColumn(_word(model._meta.get_field(name)), held) for name, held in declared.items()]


def _word(field: Any) -> str:
    """A relation is called as what it leads to."""
    return str(field.related_model._meta.verbose_name if field.is_relation else field.verbose_name)
