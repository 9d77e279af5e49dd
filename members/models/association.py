"""Our own group: one row."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import GuardedCharField, GuardedEmailField, GuardedTextField, GuardedURLField
from privacy.national_ids import FieldClass


class FiscalYearRule(models.TextChoices):
    """For which fiscal year dues count by default."""

    DAY_OF_PAYMENT = "day_of_payment", _("入金した日の年度")
    FIRST_UNPAID = "first_unpaid", _("まだ払っていない最初の年度(入金した日の年度から数えて)")


class SplitRule(models.TextChoices):
    """How a payment is split by default; the treasurer may change each row."""

    UNITS_THEN_DONATION = "units_then_donation", _("1口の金額で割り切れる分は賛同金、残りはカンパ")
    ALL_DONATION = "all_donation", _("ぜんぶカンパ")


class ReceiptPolicy(models.TextChoices):
    """Who gets a receipt without asking (Civil Code 486 lets every payer ask for one)."""

    ALL = "all", _("入金したすべての人に出す")
    ON_REQUEST = "on_request", _("希望した人にだけ出す")
    NONE = "none", _("出さない(払込受領証を領収書の代わりにしてもらう)")


class ReceiptPeriod(models.TextChoices):
    """One receipt for each payment, or one for a fiscal year."""

    PER_GIFT = "per_gift", _("入金ごとに1枚")
    PER_YEAR = "per_year", _("年度ごとに1枚(合算)")


class AssociationQuerySet(models.QuerySet["Association"]):
    def current(self) -> "Association | None":
        """Our group, or None before the first run."""
        return self.first()


class Association(models.Model):
    """当会. `singleton` is always 1, so that the database allows one row only.

    `auto_confidence`: the least probability (0.5 to 0.9999) with which a row is confirmed without a look; None: by the
    size of the register. `auto_error_limit`: how many wrong confirmations to expect of one automatic run; None: no limit.
    """

    singleton = models.PositiveSmallIntegerField(default=1, editable=False)
    name = GuardedCharField(_("会の名前"), max_length=120)
    postal_code = GuardedCharField(_("郵便番号"), max_length=8, blank=True)
    address = GuardedCharField(_("住所"), max_length=200, blank=True)
    email = GuardedEmailField(_("連絡先メール"), blank=True)
    phone = GuardedCharField(_("電話"), max_length=20, blank=True)
    website = GuardedURLField(_("ウェブサイト"), blank=True)
    treasurer_name = GuardedCharField(_("会計担当者の名前"), max_length=60, blank=True)
    fiscal_year_start_month = models.PositiveSmallIntegerField(
        _("年度の始まりの月"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    fiscal_year_rule = models.CharField(
        _("賛同金を数える年度"), max_length=20, choices=FiscalYearRule.choices, default=FiscalYearRule.DAY_OF_PAYMENT
    )
    split_rule = models.CharField(
        _("入金の分けかた"), max_length=20, choices=SplitRule.choices, default=SplitRule.UNITS_THEN_DONATION
    )
    receipt_policy = models.CharField(
        _("領収書を出す人"), max_length=20, choices=ReceiptPolicy.choices, default=ReceiptPolicy.ALL
    )
    receipt_period = models.CharField(
        _("領収書のまとめかた"), max_length=20, choices=ReceiptPeriod.choices, default=ReceiptPeriod.PER_GIFT
    )
    receipt_wording = GuardedTextField(
        _("領収書に書く言葉"), blank=True, max_length=400, field_class=FieldClass.FREE_TEXT
    )
    seal_png = models.BinaryField(_("印影"), blank=True, default=b"", editable=False)
    window_left_mm = models.PositiveSmallIntegerField(_("窓の左から(mm)"), default=20)
    window_top_mm = models.PositiveSmallIntegerField(_("窓の上から(mm)"), default=12)
    window_width_mm = models.PositiveSmallIntegerField(_("窓の幅(mm)"), default=90)
    window_height_mm = models.PositiveSmallIntegerField(_("窓の高さ(mm)"), default=45)
    auto_confidence = models.FloatField(
        _("自動で照合する確かさ(0から1)"), null=True, blank=True, validators=[MinValueValidator(0.5), MaxValueValidator(0.9999)]
    )
    auto_error_limit = models.FloatField(
        _("自動の照合1回で許す誤りの見込み(件)"), null=True, blank=True, validators=[MinValueValidator(0.0)]
    )
    last_supporter_serial = models.PositiveIntegerField(default=0, editable=False)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = _("当会")
        constraints = [
            models.UniqueConstraint(fields=["singleton"], name="one_association"),
            models.CheckConstraint(condition=models.Q(singleton=1), name="association_is_singleton"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start_month__gte=1, fiscal_year_start_month__lte=12),
                name="fiscal_year_starts_in_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(auto_confidence=None) | models.Q(auto_confidence__gte=0.5, auto_confidence__lte=0.9999),
                name="auto_confidence_is_high",
            ),
            models.CheckConstraint(
                condition=models.Q(auto_error_limit=None) | models.Q(auto_error_limit__gte=0), name="auto_error_limit_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def get(cls) -> Self:
        """Our group. Raises `Association.DoesNotExist` before the first run."""
        return cls.objects.get()
