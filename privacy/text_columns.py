"""Every text column of the database as the guards see it: how strictly it is read and what a person calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from privacy.fields import GuardedTextMixin
from privacy.findings import FieldClass

_NO_TEXT = (
    models.AutoField, models.IntegerField, models.BooleanField, models.DateField, models.TimeField, models.DecimalField,
    models.DurationField, models.FloatField, models.UUIDField, models.ForeignKey, models.OneToOneField,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A column of a table. `field_class` is None where no text fits in; `label` is what a person calls the field."""

    table: str
    column: str
    field_class: FieldClass | None
    verbose_name: object

    @property
    def label(self) -> str:
        """In the language of the moment."""
        return str(self.verbose_name)

    @property
    def place(self) -> str:
        """Name of the table and the column, as database errors tell it."""
        return f"{self.table}.{self.column}"


Columns = Mapping[str, HeldColumn]


@cache
def columns_by_table() -> Mapping[str, Columns]:
    """Every column of every model, ours and others', by table and then by name."""
    return {
        model._meta.db_table: {
            str(field.column): HeldColumn(model._meta.db_table, str(field.column), _class_of(field), field.verbose_name)
            for field in model._meta.local_concrete_fields
        }
        for model in apps.get_models(include_auto_created=True)
    }


def held(table: str, column: str) -> HeldColumn:
    """The column of that name; one that no model knows is read as free text under its own name."""
    known = columns_by_table().get(table, {}).get(column)
    return known or HeldColumn(table, column, FieldClass.FREE_TEXT, f"{table}.{column}")


def _class_of(field: "models.Field[object, object]") -> FieldClass | None:
    if isinstance(field, GuardedTextMixin):
        return field.field_class
    if isinstance(field, _NO_TEXT):
        return None
    return FieldClass.FREE_TEXT if isinstance(field, models.TextField | models.BinaryField) else FieldClass.STRUCTURED
