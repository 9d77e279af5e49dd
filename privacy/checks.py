"""System checks: the promise is broken by a single plain text column, so none may exist."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models

from privacy.fields import GuardedTextMixin

OWN_APPS = ("accounts", "privacy", "members", "donations", "receipts", "newsletters", "office")
OF_THE_SIGN_IN = {"username", "password", "email"}  # Django's own columns of the user model


@register(Tags.models)
def every_text_column_is_guarded(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any  # noqa: ARG001
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
        and not (model._meta.label == settings.AUTH_USER_MODEL and field.name in OF_THE_SIGN_IN)
    ]
