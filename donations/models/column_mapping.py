"""How the CSV of a bank is read: its header, and what the treasurer said of each column."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import BankAccount
from privacy.fields import GuardedCharField


class DayWritten(models.TextChoices):
    """The values of `donations.bankfiles.column_mapping.DayForm`."""

    WHOLE = "whole", _("2026/9/22、20260922、令和8年9月22日 など")
    SHORT_WEST = "short_west", _("26/9/22(西暦の下2けた)")
    SHORT_REIWA = "short_reiwa", _("8/9/22(令和の年だけ)")


class ColumnRole(models.TextChoices):
    """The values of `donations.bankfiles.mapping_roles.Role`."""

    UNUSED = "unused", _("使わない")
    DAY = "day", _("日付")
    YEAR = "year", _("日付の「年」だけ")
    MONTH = "month", _("日付の「月」だけ")
    DAY_OF_MONTH = "day_of_month", _("日付の「日」だけ")
    RECEIVED = "received", _("入金")
    PAID_OUT = "paid_out", _("出金")
    AMOUNT = "amount", _("金額(出金はマイナス)")
    DIRECTION = "direction", _("入出金の別(「入金」「出金」と書いてある列)")
    BALANCE = "balance", _("残高")
    DETAIL_2 = "detail_2", _("払込人名")
    DETAIL_1 = "detail_1", _("摘要")
    MESSAGE = "message", _("通信欄")
    EXTERNAL_ID = "external_id", _("銀行がつけた番号")
    ACCOUNT = "account", _("口座番号")


class SavedMapping(models.Model):
    """The form of one bank's CSV, kept under a name; the account is whose files have it.

    Never changed but for its name and the mark that it is no longer asked (`retired_at`): imported files point here.
    `words_in`, `words_out`: the words of a column of direction, joined by 、; empty for the usual ones.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="column_mappings")
    name = GuardedCharField(_("呼び名"), max_length=40)
    day_written = models.CharField(
        _("日付の書きかた"), max_length=12, choices=DayWritten.choices, default=DayWritten.WHOLE
    )
    words_in = GuardedCharField(_("入金を表す言葉"), max_length=100, blank=True)
    words_out = GuardedCharField(_("出金を表す言葉"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("教えた日時"))
    made_by = GuardedCharField(_("教えた人"), max_length=150)
    retired_at = models.DateTimeField(_("使うのをやめた日時"), null=True, blank=True)
    retired_by = GuardedCharField(_("使うのをやめた人"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("CSVの列の名前")
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(retired_at=None), name="one_mapping_in_use_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class MappedColumn(models.Model):
    """One column of the header, from the left, with its title as the bank prints it."""

    mapping = models.ForeignKey(SavedMapping, on_delete=models.PROTECT, related_name="columns")
    place = models.PositiveSmallIntegerField(_("左から何番目"))
    title = GuardedCharField(_("見出し"), max_length=60, blank=True)
    role = models.CharField(_("意味"), max_length=15, choices=ColumnRole.choices, default=ColumnRole.UNUSED)

    class Meta:
        verbose_name = _("CSVの列")
        constraints = [
            models.UniqueConstraint(fields=["mapping", "place"], name="one_column_per_place"),
            models.UniqueConstraint(
                fields=["mapping", "role"], condition=~Q(role=ColumnRole.UNUSED), name="one_column_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.role}"
