"""Every column that says something about a person is declared with its purpose and its term (個人情報保護法 17・18・22条).

Each room declares its tables in `personal_columns.py`, a tuple `TABLES`; a system check refuses a column that nobody
declared. The notice 個人情報の取扱い and the list of what is held are made from the declarations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROOMS = ("members", "donations", "receipts", "newsletters", "accounts", "office", "privacy")
TABLES_OF_OTHERS = ("account", "mfa", "sessions")
"""Apps of others that hold something about users; `accounts` declares their tables."""
WITHOUT_PERSONS = frozenset({"auth.Permission", "auth.Group", "contenttypes.ContentType"})

Text = str | Promise

SUPPORTER: Text = _("支援者")
PAYER: Text = _("払込人(支援者でない方もいます)")
USER: Text = _("プログラムの利用者(会の仕事をする人)")
KEY_HOLDER: Text = _("控えの鍵を持つ人")

UNTIL_ERASED: Text = _("支援が終わり、会が消すまで(2年度たったら見直します)。本人が望めば、いつでも消します。")
WITH_THE_BOOKS: Text = _("帳簿を残す年数(会の決まり)の間。本人が望めば、名前と言葉を消し、日と金額だけを残します。")
WITH_THE_LOG: Text = _("操作の記録を残す間。何をしたかだけで、内容は残しません。")
WHILE_A_USER: Text = _("利用者である間。")
UNTIL_SIGN_OUT: Text = _("サインアウトするか、8時間たつまで。")
WHO_DID_IT: Text = _("だれがしたかを、あとで確かめるため")


@dataclass(frozen=True, slots=True)
class Held:
    """Why a column is held, and until when."""

    purpose: Text
    term: Text


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one model. `model`: "app.Model". `personal`: {column: why and until when}; `plain`: all others.

    `who`: columns with the name of a user who did something, all declared alike.
    """

    model: str
    whose: Text = ""
    personal: Mapping[str, Held] = field(default_factory=dict)
    who: Sequence[str] = ()
    plain: Sequence[str] = ()

    @property
    def declared(self) -> list[str]:
        return [*self.personal, *self.who, *self.plain]


TABLES = (
    Table(
        "privacy.AuditEvent",
        whose=USER,
        who=("by",),
        plain=("id", "at", "action", "subject_type", "subject_id", "changed_fields", "count"),
    ),
    Table("privacy.Refusal", whose=USER, who=("by",), plain=("id", "at", "place", "rule", "count")),
    Table(
        "privacy.Sweep",
        whose=USER,
        who=("by",),
        plain=("id", "asked_at", "finished_at", "columns", "files", "locked", "found", "doubtful", "places"),
    ),
)
"""The tables of this room itself."""


def columns(names: str) -> tuple[str, ...]:
    """Column names out of one text, for declarations that read as a list."""
    return tuple(names.split())


def tables() -> Iterator[Table]:
    """All declarations, room by room."""
    for room in ROOMS:
        yield from import_module(f"{room}.personal_columns").TABLES


def columns_to_disclose(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table that a supporter is told: all but keys, and the names of users who did something.

    Of the relations only those that are themselves personal and lead away from the supporter.
    """
    (table,) = [one for one in tables() if one.model == model._meta.label]
    hidden = {"key", "token", "message_id", "entry_key", "position", "supporter", "transaction", *table.who}
    return [
        one
        for one in model._meta.local_fields
        if not one.primary_key and one.name not in hidden and (not one.is_relation or one.name in table.personal)
    ]


def word_of(column: Any) -> str:
    """The screen's word for a column; a relation is called as what it leads to."""
    return str(column.related_model._meta.verbose_name if column.is_relation else column.verbose_name)


def declared_models() -> list[type[models.Model]]:
    """The models whose columns must be declared."""
    return [
        model
        for config in apps.get_app_configs()
        if config.label in {*ROOMS, *TABLES_OF_OTHERS}
        for model in config.get_models()
        if model._meta.label not in WITHOUT_PERSONS
    ]


@register(Tags.models)
def every_column_is_declared(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Errors for columns that are declared twice, not at all, or are not there any more."""
    found = list(tables())
    declared = {table.model: table for table in found}
    errors: list[CheckMessage] = []
    if len(declared) < len(found):
        errors.append(Error("A table is declared twice in personal_columns.py.", id="privacy.E011"))
    for model in declared_models():
        label = model._meta.label
        table = declared.pop(label, Table(label))
        columns_there = {one.name for one in model._meta.local_fields}
        names = table.declared
        wrong = {one for one in names if names.count(one) > 1 or one not in columns_there}
        errors += [_error(f"{label}.{name} is not declared", "privacy.E010") for name in sorted(columns_there - set(names))]
        errors += [_error(f"{label}.{name} is declared twice, or is no column", "privacy.E011") for name in sorted(wrong)]
    errors.extend(_error(f"{label} is declared but is no table", "privacy.E011") for label in sorted(declared))
    return errors


def _error(what: str, number: str) -> Error:
    return Error(f"{what} in personal_columns.py.", hint="Say why it is held and until when, or list it as plain.", id=number)
