"""A person or an organisation that supports us, how to reach them, and what they agreed to."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import GuardedCharField, GuardedEmailField, GuardedTextField
from privacy.national_ids import FieldClass
from privacy.random_words import letters

KEY_LETTERS = 32


def new_key() -> str:
    """An opaque key: random letters, in no relation to the person."""
    return letters(KEY_LETTERS)


class SupporterKind(models.TextChoices):
    INDIVIDUAL = "individual", _("個人")
    ORGANISATION = "organisation", _("団体")


class SupporterState(models.TextChoices):
    ACTIVE = "active", _("賛同中")
    LAPSED = "lapsed", _("休止")
    LEFT = "left", _("退会")


class Channel(models.TextChoices):
    """How a supporter wants to be reached with newsletters."""

    EMAIL = "email", _("メール")
    POST = "post", _("郵送")
    NONE = "none", _("送らない")


class Household(models.Model):
    """People at one address who get one paper letter together; `code` is the group's own word for it."""

    code = GuardedCharField(_("世帯"), max_length=30, unique=True)

    class Meta:
        verbose_name = _("世帯")

    def __str__(self) -> str:
        return self.code


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def active(self) -> "SupporterQuerySet":
        return self.filter(state=SupporterState.ACTIVE)

    def with_has_paid(self, fiscal_year: int) -> "SupporterQuerySet":
        """Add `has_paid`: whether any unit is paid for `fiscal_year`."""
        from members.models.membership import MembershipTerm

        live = MembershipTerm.objects.filter(
            supporter=models.OuterRef("pk"), fiscal_year=fiscal_year, cancelled_at=None
        )
        return self.annotate(has_paid=models.Exists(live))

    def with_paid_until(self) -> "SupporterQuerySet":
        """Add `paid_until`: the last day of the latest term, None when there is none; cancelled ones do not count."""
        return self.annotate(paid_until=models.Max("terms__ends_on", filter=models.Q(terms__cancelled_at=None)))

    def in_reading_order(self) -> "SupporterQuerySet":
        """五十音順 by reading; those without one come last."""
        return self.order_by(models.Case(models.When(reading="", then=1), default=0), "reading", "pk")

    def with_units(self, fiscal_year: int) -> "SupporterQuerySet":
        """Add `units`: 口 paid for `fiscal_year`, 0 when none; cancelled terms do not count."""
        paid = models.Q(terms__fiscal_year=fiscal_year, terms__cancelled_at=None)
        return self.annotate(
            units=models.functions.Coalesce(models.Sum("terms__units", filter=paid), 0),
        )


class Supporter(models.Model):
    """支援者. Names are kept exactly as typed (髙 﨑 邊 𠮷): only `PayerName` holds normalised forms.

    `number` is ours, with a damm check digit; `legacy_number` is the group's older number in any form but
    12 digits, nobody else's number of either kind (`members.registering` sees to the second half). Units and terms come from payments (`MembershipTerm`), never from a typed field.

    `key` says nothing about anybody: by it the list of erased people finds them again in an old backup. Of an erased
    supporter (`erased_at`) only the numbers, the state and what the books need are left (`members.erasing`).
    """

    number = GuardedCharField(_("支援者番号"), max_length=10, unique=True, editable=False)
    legacy_number = GuardedCharField(_("前の番号"), max_length=30, blank=True, db_index=True)
    kind = models.CharField(_("種別"), max_length=12, choices=SupporterKind.choices, default=SupporterKind.INDIVIDUAL)
    name = GuardedCharField(_("氏名・団体名"), max_length=120)
    reading = GuardedCharField(_("フリガナ"), max_length=120, blank=True)
    contact_name = GuardedCharField(_("担当者名"), max_length=60, blank=True)
    postal_code = GuardedCharField(_("郵便番号"), max_length=8, blank=True)
    prefecture = GuardedCharField(_("都道府県"), max_length=4, blank=True)
    address = GuardedCharField(_("住所"), max_length=200, blank=True)
    email = GuardedEmailField(_("メール"), blank=True)
    phone = GuardedCharField(_("電話"), max_length=20, blank=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="supporters", verbose_name=_("世帯")
    )
    channel = models.CharField(_("連絡方法"), max_length=8, choices=Channel.choices, default=Channel.POST)
    state = models.CharField(
        _("状態"), max_length=8, choices=SupporterState.choices, default=SupporterState.ACTIVE, db_index=True
    )
    wants_receipt = models.BooleanField(_("領収書を希望する"), default=False)
    note = GuardedTextField(_("備考"), blank=True, max_length=2000, field_class=FieldClass.FREE_TEXT)
    key = GuardedCharField(_("消すときの目印"), max_length=32, unique=True, editable=False, default=new_key)
    registered_on = models.DateField(_("登録した日"))
    left_on = models.DateField(_("退会した日"), null=True, blank=True)
    erased_at = models.DateTimeField(_("消した日時"), null=True, blank=True, editable=False)

    objects = SupporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("支援者")
        constraints = [
            models.UniqueConstraint(
                fields=["legacy_number"], condition=~models.Q(legacy_number=""), name="one_supporter_per_legacy_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def honorific(self) -> str:
        """御中 for an organisation, 様 for a person; never both."""
        return "御中" if self.kind == SupporterKind.ORGANISATION else "様"


class Consent(models.Model):
    """The supporter agreed, on a day, to be kept on our list and to get our newsletter; or took it back."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="consents")
    given_on = models.DateField(_("同意した日"))
    source = GuardedCharField(_("どうやって"), max_length=60)
    withdrawn_on = models.DateField(_("取り消した日"), null=True, blank=True)
    withdrawn_source = GuardedCharField(_("取り消しかた"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["supporter"], condition=models.Q(withdrawn_on=None), name="one_live_consent_per_supporter"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.given_on}"

    def is_live_on(self, day: date) -> bool:
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
