"""A file that the bank gave us: its digest and its sums, never the file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.models.column_mapping import SavedMapping
from members.models import AccountAlias, BankAccount
from privacy.fields import GuardedCharField


class StandingImports(models.Manager["BankStatement"]):
    """The imports that were not undone."""

    def get_queryset(self) -> models.QuerySet["BankStatement"]:
        return super().get_queryset().filter(undone_at=None)


class BankStatement(models.Model):
    """One imported file. Its digest is kept as bytes: written in hexadecimal it would now and then show twelve digits.

    `mapping`: how its columns were named, for a CSV whose form the treasurer taught.

    `row_count` counts its lines, `new_row_count` those it added to the ledger.

    `complete_from` to `complete_to` are the days it shows whole (`Statement.complete_days`: the bank leaves out the
    newest); None when unknown, `complete_to` the day before `complete_from` when no day is whole yet.

    `gap_yen` is the difference that the treasurer accepted when rows between this file and the ledger are
    missing (`gap_accepted_by` says who); None when the chain is whole.

    Undone by mark (`undone_at`), never deleted: `objects` are the imports that stand, `with_undone` are all.
    What the import changed besides its rows is kept, so that an undo can put it back: with `moved_opening` the
    account's opening balance and day were `opening_before_yen` and `opening_before_on`; `learned_alias` is the
    spelling of the account number that was confirmed with it.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    format = GuardedCharField(_("形式"), max_length=30)
    mapping = models.ForeignKey(
        SavedMapping, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    sha256 = models.BinaryField(_("ファイルの指紋"), max_length=32)
    row_count = models.PositiveIntegerField(_("明細の行数"))
    new_row_count = models.PositiveIntegerField(_("新しい行数"))
    first_on = models.DateField(_("最初の取引日"), null=True)
    last_on = models.DateField(_("最後の取引日"), null=True)
    period_from = models.DateField(_("照会の始まり"), null=True)
    period_to = models.DateField(_("照会の終わり"), null=True)
    complete_from = models.DateField(_("この日から全部そろっている"), null=True)
    complete_to = models.DateField(_("この日まで全部そろっている"), null=True)
    opening_yen = models.BigIntegerField(_("最初の行の前の残高(円)"), null=True)
    closing_yen = models.BigIntegerField(_("最後の行の後の残高(円)"), null=True)
    produced_at = models.DateTimeField(_("出力日時"), null=True)
    blanked_count = models.PositiveIntegerField(_("番号を消した行数"), default=0)
    gap_yen = models.BigIntegerField(_("認めた差(円)"), null=True)
    gap_accepted_by = GuardedCharField(_("差を認めた人"), max_length=150, blank=True)
    imported_at = models.DateTimeField(_("取り込んだ日時"))
    imported_by = GuardedCharField(_("取り込んだ人"), max_length=150)
    moved_opening = models.BooleanField(_("始めの残高を動かした"), default=False)
    opening_before_yen = models.BigIntegerField(_("動かす前の始めの残高(円)"), null=True, blank=True)
    opening_before_on = models.DateField(_("動かす前の始めの残高の日"), null=True, blank=True)
    learned_alias = models.ForeignKey(
        AccountAlias, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("覚えた書きかた")
    )
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    undone_by = GuardedCharField(_("取り消した人"), max_length=150, blank=True)

    objects = StandingImports()
    with_undone: models.Manager["BankStatement"] = models.Manager()

    class Meta:
        verbose_name = _("取引明細")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "sha256"], condition=models.Q(undone_at=None), name="same_file_once_per_account"
            ),
            models.CheckConstraint(
                condition=models.Q(moved_opening=True) | models.Q(opening_before_yen=None, opening_before_on=None),
                name="opening_before_belongs_to_a_move",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.first_on}〜{self.last_on}"

    @property
    def digest(self) -> str:
        """The SHA-256 as other programs print it."""
        return bytes(self.sha256).hex()
