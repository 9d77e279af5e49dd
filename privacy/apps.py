from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("守る決まり")

    def ready(self) -> None:
        from privacy import checks, guarding_tables, personal_columns, statement_guard  # noqa: F401

        connection_created.connect(statement_guard.install, dispatch_uid="privacy.statement_guard")
        pre_migrate.connect(guarding_tables.before_migrations, sender=self, dispatch_uid="privacy.before_migrations")
        post_migrate.connect(guarding_tables.after_migrations, sender=self, dispatch_uid="privacy.after_migrations")
