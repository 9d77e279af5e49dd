"""The desk keeps two facts of its own: when the last backup was made, and what the home page should say of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import GuardedCharField


class Backup(models.Model):
    """A finished backup: when, by whom, how large; not where the file lies."""

    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)
    size_bytes = models.PositiveBigIntegerField(_("大きさ(バイト)"))
    sha256 = GuardedCharField(_("指紋"), max_length=64)

    class Meta:
        verbose_name = _("控え")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
