"""System checks: the promise is broken by a single plain text column, so none may exist."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections, models

from privacy.fields import GuardedTextMixin
from privacy.guarding_tables import missing_guards

OWN_APPS = ("accounts", "privacy", "members", "donations", "receipts", "newsletters", "office")
OF_THE_SIGN_IN = {"username", "password", "email"}  # Django's own columns of the user model
TEXTS = (models.CharField, models.TextField, models.JSONField)
"""E-mail, slug and web address are CharFields."""
FILES = (models.FileField, models.FilePathField)
BYTES = {
    "donations.BankStatement.sha256": "the digest of a file",
    "members.Association.seal_png": "a picture drawn anew by the program",
    "newsletters.Newsletter.skeleton": "a mail made of guarded texts",
}
"""Binary columns and what alone they hold; any other would be a place to keep a scan or a photograph."""
SERVER_SETTINGS = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""What docs/how-to/use-postgresql.md asks of the server, so that its log holds no row."""


@register(Tags.models)
def every_text_column_is_guarded(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any  # noqa: ARG001
) -> list[CheckMessage]:
    """Return an Error for every column of our models that could hold a number and does not refuse it.

    E001: a text or JSON column that is no guarded field. E002: files, and bytes that `BYTES` does not declare.
    """
    return [
        Error(f"{model._meta.label}.{field.name} {what}.", hint=hint, obj=model, id=identity)
        for label in OWN_APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        for what, hint, identity in _complaints(model, field)
    ]


def _complaints(model: type[models.Model], field: "models.Field[Any, Any]") -> list[tuple[str, str, str]]:
    if isinstance(field, FILES):
        return [("is a column of files", "Keep no scans and no papers.", "privacy.E002")]
    if isinstance(field, models.BinaryField) and f"{model._meta.label}.{field.name}" not in BYTES:
        return [("is an undeclared column of bytes", "Say in privacy.checks.BYTES what alone it holds.", "privacy.E002")]
    of_the_sign_in = model._meta.label == settings.AUTH_USER_MODEL and field.name in OF_THE_SIGN_IN
    if isinstance(field, TEXTS) and not (isinstance(field, GuardedTextMixin) or field.choices or of_the_sign_in):
        return [("is a plain text column", "Use a field from privacy.fields, or an enum with choices.", "privacy.E001")]
    return []


@register(Tags.security)
def the_server_logs_no_rows(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any  # noqa: ARG001
) -> list[CheckMessage]:
    """Return a Warning (W001) for each setting by which a PostgreSQL server would write rows into its log.

    An unreachable server is passed over: other checks and the next command tell.
    """
    return [
        Caution(
            f"{alias}: {name} is {found!r}; the server may write names and amounts into its log.",
            hint=f"ALTER ROLE … SET {name} = '{SERVER_SETTINGS[name]}' (docs/how-to/use-postgresql.md).",
            id="privacy.W001",
        )
        for alias in connections
        if connections[alias].vendor == "postgresql"
        for name, found in _otherwise_set(alias)
    ]


def _otherwise_set(alias: str) -> list[tuple[str, str]]:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(SERVER_SETTINGS)])
            return [(name, found) for name, found in cursor.fetchall() if found != SERVER_SETTINGS[name]]
    except DatabaseError:
        return []


@register(Tags.database)
def every_table_is_guarded(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any  # noqa: ARG001
) -> list[CheckMessage]:
    """Return a Warning (W002) where triggers are missing or differ: a restore by other means, a migration cut off."""
    return [
        Caution(
            f"{alias}: {len(missing)} guards of the tables are missing or differ.",
            hint="Run manage.py migrate; it puts them back.",
            id="privacy.W002",
        )
        for alias in databases or ()
        if (missing := missing_guards(connections[alias]))
    ]
