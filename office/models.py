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


class BackupKeyQuerySet(models.QuerySet["BackupKey"]):
    def live(self) -> "BackupKeyQuerySet":
        return self.filter(removed_at=None)


class BackupKey(models.Model):
    """The public half of an age key (age-encryption.org/v1, X25519) that backups are locked with.

    `holder` is who keeps the secret half, on paper or elsewhere; it is nowhere in this program.
    """

    holder = GuardedCharField(_("鍵を持つ人"), max_length=100)
    public_key = GuardedCharField(_("公開の鍵"), max_length=100)
    added_at = models.DateTimeField(_("登録した日時"))
    added_by = GuardedCharField(_("登録した人"), max_length=150)
    removed_at = models.DateTimeField(_("外した日時"), null=True, blank=True)
    removed_by = GuardedCharField(_("外した人"), max_length=150, blank=True)

    objects = BackupKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("控えの鍵")
        constraints = [
            models.UniqueConstraint(
                fields=["public_key"], condition=models.Q(removed_at=None), name="one_live_backup_key"
            ),
        ]

    def __str__(self) -> str:
        return self.holder


class Erasure(models.Model):
    """A supporter who was erased: the opaque key, when and by whom; nothing of the person."""

    key = GuardedCharField(_("目印"), max_length=32, unique=True)
    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)

    class Meta:
        verbose_name = _("消した支援者")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
