"""The notice 個人情報の取扱い and the list of what is held, made from the declarations of the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise

from privacy.personal_columns import PAYER, SUPPORTER, WHO_DID_IT, WITH_THE_LOG, Held, Table, tables, word_of

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """What is held for one purpose until one term, in the words of the screens."""

    purpose: Text
    term: Text
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """One column as the list shows it."""

    name: str
    held: Held
    is_relation: bool


def notice() -> list[tuple[str, list[Kind]]]:
    """For supporters and payers: (whose, the columns by purpose and term), in the order of the declarations."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {str(SUPPORTER): {}, str(PAYER): {}}
    for table in tables():
        for column in _columns(table):
            if table.whose not in {SUPPORTER, PAYER} or column.held.purpose == WHO_DID_IT or column.is_relation:
                continue
            items = found[str(table.whose)].setdefault((str(column.held.purpose), str(column.held.term)), [])
            if column.name not in items:
                items.append(column.name)
    return [(whose, [Kind(*about, items) for about, items in kinds.items()]) for whose, kinds in found.items()]


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
    fields = [(model._meta.get_field(name), held) for name, held in declared.items()]
    return [HeldColumn(word_of(one), held, one.is_relation) for one, held in fields]
