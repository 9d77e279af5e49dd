"""System checks: the promise is broken by a single plain text column, so none may exist."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models

from privacy.fields import GuardedTextMixin

OWN_APPS = ("accounts", "privacy", "members", "donations", "receipts", "newsletters", "office")
INHERITED_FROM_DJANGO = {"accounts.User": {"username", "password", "first_name", "last_name", "email"}}


@register(Tags.models)
def every_text_column_is_guarded(
    app_configs: list[AppConfig] | None = None, **kwargs: Any  # noqa: ARG001
) -> list[CheckMessage]:
    """Return an Error for every text or JSON column of our models that is not a guarded field."""
    return [
        Error(
            f"{model._meta.label}.{field.name} is a plain text column.",
            hint="Use a field from privacy.fields, or an enum with choices.",
            obj=model,
            id="privacy.E001",
        )
        for label in OWN_APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, GuardedTextMixin)
        and not field.choices
        and field.name not in INHERITED_FROM_DJANGO.get(model._meta.label, set())
    ]
