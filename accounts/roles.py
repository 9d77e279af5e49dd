"""Who may do what. A person may hold several roles; each page names the roles that read and write it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of privacy.md §5.3. The auditor reads the books and writes nothing."""

    TREASURER = "treasurer", _("会計")
    ORGANISER = "organiser", _("通信・連絡")
    PRINTER = "printer", _("領収書の印刷")
    AUDITOR = "auditor", _("監査(見るだけ)")
    ADMIN = "admin", _("管理")


EVERYONE = frozenset(Role)
BOOKS_READ = frozenset({Role.TREASURER, Role.AUDITOR})
BOOKS_WRITE = frozenset({Role.TREASURER})
PEOPLE_READ = frozenset({Role.TREASURER, Role.ORGANISER, Role.AUDITOR})
PEOPLE_WRITE = frozenset({Role.TREASURER, Role.ORGANISER})
RECEIPTS_READ = frozenset({Role.TREASURER, Role.PRINTER, Role.AUDITOR})
RECEIPTS_WRITE = frozenset({Role.TREASURER, Role.PRINTER})
LETTERS_READ = frozenset({Role.ORGANISER, Role.AUDITOR})
LETTERS_WRITE = frozenset({Role.ORGANISER})
SETTINGS_READ = frozenset({Role.ADMIN, Role.TREASURER, Role.AUDITOR})
SETTINGS_WRITE = frozenset({Role.ADMIN, Role.TREASURER})
SEES_AMOUNTS = frozenset({Role.TREASURER, Role.AUDITOR, Role.PRINTER})
