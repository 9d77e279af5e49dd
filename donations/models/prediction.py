"""How sure the program was about a row, and what became of it: the record by which it is judged."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.transaction import Transaction


class Outcome(models.TextChoices):
    """What a person made of the program's best answer; `UNDONE`: confirmed as suggested and taken back later."""

    AS_SUGGESTED = "as_suggested", _("候補のとおり")
    CHANGED = "changed", _("別の人だった")
    UNDONE = "undone", _("あとで取り消した")


class Prediction(models.Model):
    """`probability` (0 to 1) that the best answer for a row was right, when the row was decided.

    `was_certain`: the row lay on the pile that is confirmed without a look. It names nobody.
    """

    transaction = models.OneToOneField(Transaction, on_delete=models.CASCADE, related_name="prediction")
    probability = models.FloatField(_("確かさ"))
    was_certain = models.BooleanField(_("自動で照合できる行だった"))
    decided_at = models.DateTimeField(_("決めた日時"), db_index=True)
    outcome = models.CharField(_("結果"), max_length=12, choices=Outcome.choices)

    class Meta:
        verbose_name = _("見立ての記録")
        constraints = [
            models.CheckConstraint(condition=Q(probability__gte=0, probability__lte=1), name="prediction_is_a_probability"),
        ]

    def __str__(self) -> str:
        return f"{self.transaction_id} {self.probability:.3f} {self.outcome}"
