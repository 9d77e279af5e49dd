"""The checks of our models as refusals of actions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from members.cells import BadValue, postal, telephone
from privacy.errors import NationalIdRefused, Refused
from privacy.fields import GuardedTextMixin, blocking_rules

SPELLINGS = {"postal_code": postal, "phone": telephone}


def refuse_invalid(instance: models.Model) -> None:
    """Take outer spaces off, write postal code and phone in our spelling, refuse what the fields do not take.

    Raises `NationalIdRefused`, or `Refused` with code "bad_value"; both carry the field's label as `column`.
    No query is made: uniqueness is for the caller.
    """
    for field in instance._meta.local_fields:
        value = getattr(instance, field.attname)
        label = str(field.verbose_name)
        if isinstance(field, GuardedTextMixin):
            setattr(instance, field.name, value := value.strip())
            if rules := blocking_rules(value, field.field_class):
                raise NationalIdRefused(label, rules, column=label)
        if field.name in SPELLINGS:
            try:
                setattr(instance, field.name, SPELLINGS[field.name](value))
            except BadValue as error:
                raise _refused(label, error.message) from error
    try:
        instance.clean_fields()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = str(instance._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        raise _refused(label, " ".join(messages)) from error


def _refused(label: str, message: str) -> Refused:
    return Refused(_("「%(label)s」を直してください。%(message)s") % {"label": label, "message": message}, code="bad_value", column=label)
