"""What we answered: a receipt is a copy of the words, not a look-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.models import Allocation
from members.models import Supporter
from privacy.fields import GuardedCharField, GuardedTextField
from privacy.national_ids import FieldClass


class ReceiptState(models.TextChoices):
    ISSUED = "issued", _("発行済み")
    VOID = "void", _("無効")


class ReceiptCounter(models.Model):
    """The last number given in a fiscal year; its row is the lock that keeps numbers free of gaps."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    last_serial = models.PositiveIntegerField(_("最後の番号"), default=0)

    class Meta:
        verbose_name = _("領収書の番号")

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last_serial}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def valid(self) -> "ReceiptQuerySet":
        return self.filter(state=ReceiptState.ISSUED)

    def unprinted(self) -> "ReceiptQuerySet":
        """Issued, and nobody has said yet that the paper came out right; not those of an erased supporter."""
        return self.valid().filter(printed_at=None, supporter__erased_at=None)

    def to_print(self) -> "ReceiptQuerySet":
        """Unprinted, and in no print run that still waits for its answer: no original is printed twice."""
        return self.unprinted().exclude(print_runs__in=ReceiptPrintRun.objects.waiting())


class Receipt(models.Model):
    """領収書. Numbered R2026-00123 by fiscal year without gaps; `fiscal_year` is the year of `issued_on`.

    All words are copied at the moment of issue. A void receipt keeps its row, its number and its lines.
    `replaces` is the void receipt for the same payment that this one stands in for.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("番号"))
    number = GuardedCharField(_("領収書番号"), max_length=16, unique=True)
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="receipts")
    state = models.CharField(_("状態"), max_length=8, choices=ReceiptState.choices, default=ReceiptState.ISSUED)
    addressee = GuardedCharField(_("宛名"), max_length=140)
    honorific = GuardedCharField(_("敬称"), max_length=4)
    contact_name = GuardedCharField(_("担当者名"), max_length=60, blank=True)
    postal_code = GuardedCharField(_("郵便番号"), max_length=8, blank=True)
    address = GuardedCharField(_("住所"), max_length=210, blank=True)
    purpose_line = GuardedCharField(_("但し書き"), max_length=120)
    wording = GuardedTextField(_("言葉"), blank=True, max_length=400, field_class=FieldClass.FREE_TEXT)
    total_yen = models.BigIntegerField(_("金額(円)"))
    issued_on = models.DateField(_("発行日"))
    issued_at = models.DateTimeField(_("発行した日時"))
    issued_by = GuardedCharField(_("発行した人"), max_length=150)
    printed_at = models.DateTimeField(_("印刷した日時"), null=True, blank=True)
    void_reason = GuardedCharField(_("無効にした理由"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT)
    voided_at = models.DateTimeField(_("無効にした日時"), null=True, blank=True)
    voided_by = GuardedCharField(_("無効にした人"), max_length=150, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("領収書")
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "serial"], name="one_receipt_per_serial"),
            models.CheckConstraint(condition=models.Q(total_yen__gt=0), name="receipt_total_is_positive"),
            models.CheckConstraint(
                condition=(
                    models.Q(state=ReceiptState.ISSUED, voided_at=None)
                    | (models.Q(state=ReceiptState.VOID, voided_at__isnull=False) & ~models.Q(void_reason=""))
                ),
                name="void_receipt_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptLine(models.Model):
    """One payment on a receipt. `voided` repeats the receipt's state so that the database can see that an
    allocation stands on one valid receipt at most.
    """

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="receipt_lines")
    received_on = models.DateField(_("受領日"))
    purpose_text = GuardedCharField(_("内容"), max_length=80)
    amount_yen = models.BigIntegerField(_("金額(円)"))
    voided = models.BooleanField(_("無効"), default=False)

    class Meta:
        verbose_name = _("領収書の行")
        constraints = [
            models.UniqueConstraint(
                fields=["allocation"], condition=models.Q(voided=False), name="allocation_on_one_valid_receipt"
            ),
            models.CheckConstraint(condition=models.Q(amount_yen__gt=0), name="receipt_line_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.amount_yen}円"


class ReceiptReissue(models.Model):
    """The `nth` paper marked 再発行 under the same number: who ordered it, when and why."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="reissues")
    nth = models.PositiveIntegerField(_("何回目"))
    reason = GuardedCharField(_("理由"), max_length=200, field_class=FieldClass.FREE_TEXT)
    on = models.DateField(_("再発行した日"))
    at = models.DateTimeField(_("日時"))
    by = GuardedCharField(_("だれが"), max_length=150)

    class Meta:
        verbose_name = _("領収書の再発行")
        constraints = [models.UniqueConstraint(fields=["receipt", "nth"], name="one_reissue_per_count")]

    def __str__(self) -> str:
        return f"{self.receipt_id} 再発行{self.nth}"


class PrintState(models.TextChoices):
    PLANNED = "planned", _("準備中")
    READY = "ready", _("印刷を待っています")
    CONFIRMED = "confirmed", _("印刷できました")
    FAILED = "failed", _("作れませんでした")
    DROPPED = "dropped", _("やめました")


class ReceiptPrintRunQuerySet(models.QuerySet["ReceiptPrintRun"]):
    def waiting(self) -> "ReceiptPrintRunQuerySet":
        """Nobody has answered yet whether the paper came out right."""
        return self.filter(state__in=[PrintState.PLANNED, PrintState.READY, PrintState.FAILED])


class ReceiptPrintRun(models.Model):
    """One PDF of many receipts. `done` of `total` pages are made; the file lies in the data directory
    (`prints/`) until somebody says whether the paper came out right, then it is removed.
    """

    created_at = models.DateTimeField(_("作った日時"))
    created_by = GuardedCharField(_("作った人"), max_length=150)
    state = models.CharField(_("状態"), max_length=10, choices=PrintState.choices, default=PrintState.PLANNED)
    receipts = models.ManyToManyField(Receipt, related_name="print_runs")
    is_reissue = models.BooleanField(_("再発行"), default=False)
    total = models.PositiveIntegerField(_("枚数"))
    done = models.PositiveIntegerField(_("できた枚数"), default=0)
    file_name = GuardedCharField(_("ファイル名"), max_length=80, blank=True)
    problem = GuardedCharField(_("作れなかった理由"), max_length=400, blank=True)
    settled_at = models.DateTimeField(_("確かめた日時"), null=True, blank=True)
    settled_by = GuardedCharField(_("確かめた人"), max_length=150, blank=True)

    objects = ReceiptPrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("領収書の印刷")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.total}枚"
