"""The names under which a supporter may pay, as comparison keys (the PayerKey of matching.md §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.supporter import Supporter
from privacy.fields import GuardedCharField
from privacy.national_ids import FieldClass


class NameOrigin(models.TextChoices):
    """Where the name comes from; `LEARNED` from a transfer that the treasurer confirmed.

    `PROPOSED_READING` is a guess of the program (`japanese.readings.propose_readings`) for a supporter without フリガナ.
    """

    READING = "reading", _("フリガナ")
    NAME = "name", _("氏名")
    CONTACT = "contact", _("担当者名")
    LEARNED = "learned", _("照合で覚えた")
    PROPOSED_READING = "proposed_reading", _("推測した読み")


class PayerName(models.Model):
    """One normalised key (`japanese.names.comparison_key`) of one supporter.

    `supporter` is None for a learned payer who is nobody's (a one-off giver). A joint payment learned for
    several supporters is one row each with the same `joint_group`. `blocked_for_auto` is set by an undo.
    `last_text` is the whole payer text of the last confirmed transfer, as the bank wrote it.
    """

    key = GuardedCharField(_("比べる形"), max_length=200, db_index=True)
    as_written = GuardedCharField(_("もとの書きかた"), max_length=200)
    origin = models.CharField(_("由来"), max_length=16, choices=NameOrigin.choices)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.CASCADE, null=True, blank=True, related_name="payer_names"
    )
    joint_group = models.PositiveBigIntegerField(_("連名の組(連名でなければ0)"), default=0)
    confirmed_count = models.PositiveIntegerField(_("確かめた回数"), default=0)
    last_confirmed_on = models.DateField(_("最後に確かめた入金日"), null=True, blank=True)
    last_text = GuardedCharField(_("前回の書きかた"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)
    blocked_for_auto = models.BooleanField(_("自動では使わない"), default=False)

    class Meta:
        verbose_name = _("払込人名")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "origin", "supporter", "joint_group"], name="one_payer_name_per_origin"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(supporter=None), name="one_nobody_per_payer_name"
            ),
        ]

    def __str__(self) -> str:
        return self.as_written
