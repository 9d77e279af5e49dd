"""Text columns that refuse a national ID number on every way into the database.

`get_db_prep_save` is the place that `save`, `bulk_create`, `QuerySet.update` and `loaddata` all pass;
`clean` gives forms the same refusal earlier, as a message beside the field. The same place refuses what PostgreSQL
would not take and SQLite would: more characters than the column has, and U+0000.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from privacy.errors import NationalIdRefused, Refused, refusal_sentence
from privacy.national_ids import FieldClass, Level, scan
from privacy.prefilter import is_surely_clean


def blocking_rules(text: str, field_class: FieldClass) -> list[str]:
    """Rule ids of the findings that forbid storing `text`."""
    return [finding.rule for finding in scan(text, field_class) if finding.level is Level.BLOCK]


def refuse_too_long(text: str, *, most: int, column: str, line: int | None = None) -> None:
    """Raise `Refused` "too_long" where `text` has more than `most` characters; nothing is cut off silently."""
    if len(text) > most:
        place = _("%(line)d行目の「%(column)s」") if line else _("「%(column)s」")
        raise Refused(
            place % {"line": line, "column": column}
            + _("は%(most)d文字までです。いまは%(found)d文字あるため、保存しませんでした。短くしてから、もう一度お試しください。")
            % {"most": most, "found": len(text)},
            code="too_long",
            line=line,
            column=column,
        )


class GuardedTextMixin(models.Field):
    """A text field that scans what it is given; `field_class` says how strictly (privacy.md §3.5)."""

    def __init__(self, *args: Any, field_class: FieldClass = FieldClass.STRUCTURED, **kwargs: Any) -> None:
        self.field_class = field_class
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.field_class is not FieldClass.STRUCTURED:
            kwargs["field_class"] = self.field_class
        return name, path, args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = super().clean(value, model_instance)
        rules = blocking_rules(value, self.field_class) if isinstance(value, str) else []
        if rules:
            raise ValidationError(refusal_sentence(str(self.verbose_name), rules), code=NationalIdRefused.code)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, models.Value):
            self._refuse(value.value)
        self._refuse(value)
        return super().get_db_prep_save(value, connection)

    def _refuse(self, value: object) -> None:
        if not isinstance(value, str) or not value:
            return
        if not is_surely_clean(value) and (rules := blocking_rules(value, self.field_class)):
            raise NationalIdRefused(str(self.verbose_name), rules)
        most = self.max_length if isinstance(self, models.CharField) else None
        if most is not None and len(value) > most:
            refuse_too_long(value, most=most, column=str(self.verbose_name))
        if "\x00" in value:
            raise Refused(
                _("「%s」に、文字ではない制御コードが入っています。消してから、もう一度お試しください。") % self.verbose_name,
                code="bad_character",
                column=str(self.verbose_name),
            )


class GuardedCharField(GuardedTextMixin, models.CharField):
    """One line of text: refuses bare 12 digits and 4-4-4 besides what the scanner blocks."""


class GuardedEmailField(GuardedTextMixin, models.EmailField):
    """An e-mail address, guarded as a structured field."""


class GuardedURLField(GuardedTextMixin, models.URLField):
    """A web address, guarded as a structured field."""


class GuardedTextField(GuardedTextMixin, models.TextField):
    """Free text of any length; pass `field_class=FieldClass.FREE_TEXT` for notes and letters."""
