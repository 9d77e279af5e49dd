"""What was done by whom, and what was refused: never a value, never a number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import GuardedCharField, GuardedTextField

SYSTEM = "system"


class AuditEvent(models.Model):
    """One action that wrote. Field names only, no old or new values; rows are added, never changed."""

    at = models.DateTimeField(_("日時"), db_index=True)
    by = GuardedCharField(_("だれが"), max_length=150)
    action = GuardedCharField(_("何をした"), max_length=80)
    subject_type = GuardedCharField(_("記録の種類"), max_length=80, blank=True)
    subject_id = models.BigIntegerField(_("記録の番号"), null=True)
    changed_fields = GuardedCharField(_("変えた項目の名前"), max_length=400, blank=True)
    count = models.PositiveIntegerField(_("件数"), null=True)

    class Meta:
        verbose_name = _("操作の記録")
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.action}"


class Refusal(models.Model):
    """A number that was refused at the door: when, who, where, which rule; nothing of the number."""

    at = models.DateTimeField(_("日時"), db_index=True)
    by = GuardedCharField(_("だれが"), max_length=150)
    place = GuardedCharField(_("場所"), max_length=120)
    rule = GuardedCharField(_("規則"), max_length=60)
    count = models.PositiveIntegerField(_("件数"), default=1)

    class Meta:
        verbose_name = _("断った番号の記録")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.place} {self.rule}"


class Sweep(models.Model):
    """One look through everything that is stored; waiting while `finished_at` is empty.

    `found` numbers are certain, `doubtful` ones may be another number; `places` has a line "table.column rule count"
    (or a file's path) for each certain find, never a value.
    """

    asked_at = models.DateTimeField(_("頼んだ日時"))
    finished_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    by = GuardedCharField(_("だれが"), max_length=150)
    columns = models.PositiveIntegerField(_("調べた項目"), default=0)
    files = models.PositiveIntegerField(_("調べたファイル"), default=0)
    locked = models.PositiveIntegerField(_("開けないファイル"), default=0)
    found = models.PositiveIntegerField(_("見つけた数"), default=0)
    doubtful = models.PositiveIntegerField(_("分からない数"), default=0)
    places = GuardedTextField(_("場所"), blank=True)

    class Meta:
        verbose_name = _("国の番号の点検")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
