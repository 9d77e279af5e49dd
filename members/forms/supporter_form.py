"""The sheet of one supporter, and the small sheets for consent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from japanese.prefectures import PREFECTURES
from members.cells import CLEAN, BadValue
from members.facts import FACT_NAMES, SupporterFacts, facts_of
from members.models import Channel, Supporter, SupporterKind
from members.reading_proposals import proposals_for
from privacy.forms import GuardedFormMixin

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SupporterForm(GuardedFormMixin, forms.Form):
    """The facts of one supporter; `facts()` gives them once the form is valid.

    Where there is no フリガナ, the field offers the guessed readings and says that nobody has confirmed them.
    """

    free_text_fields = frozenset({"note"})
    guesses: Sequence[str] = ()

    kind = forms.ChoiceField(
        label=gettext_lazy("種別"), choices=SupporterKind.choices, widget=forms.RadioSelect, initial=SupporterKind.INDIVIDUAL
    )
    name = forms.CharField(label=gettext_lazy("氏名・団体名"), help_text=gettext_lazy("本人が書くとおりの文字で書きます(髙、﨑、邊なども)。"))
    reading = forms.CharField(
        label=gettext_lazy("フリガナ"), required=False, help_text=gettext_lazy("銀行の明細はカナで届きます。フリガナがあると、だれの入金かが分かります。")
    )
    contact_name = forms.CharField(label=gettext_lazy("担当者名"), required=False, help_text=gettext_lazy("団体のときに書きます。"))
    postal_code = forms.CharField(
        label=gettext_lazy("郵便番号"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
    )
    prefecture = forms.ChoiceField(
        label=gettext_lazy("都道府県"), required=False, choices=[("", "―"), *((one, one) for one in PREFECTURES)]
    )
    address = forms.CharField(label=gettext_lazy("住所"), required=False)
    phone = forms.CharField(label=gettext_lazy("電話"), required=False, widget=forms.TextInput(attrs={"type": "tel", "class": "short"}))
    email = forms.CharField(label=gettext_lazy("メール"), required=False, widget=forms.TextInput(attrs={"inputmode": "email"}))
    channel = forms.ChoiceField(
        label=gettext_lazy("連絡方法"), choices=Channel.choices, widget=forms.RadioSelect, initial=Channel.POST
    )
    household = forms.CharField(
        label=gettext_lazy("世帯"), required=False, help_text=gettext_lazy("同じ言葉を書いた人には、郵送の通信が1通にまとまります。")
    )
    legacy_number = forms.CharField(
        label=gettext_lazy("前の番号"), required=False, widget=forms.TextInput(attrs={"class": "short"}),
        help_text=gettext_lazy("前から会で使っている番号があれば書きます。12けたの番号は書けません。"),
    )
    wants_receipt = forms.BooleanField(label=gettext_lazy("領収書を希望する"), required=False)
    note = forms.CharField(label=gettext_lazy("備考"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    @classmethod
    def of(cls, supporter: Supporter) -> "SupporterForm":
        """Give the form filled with what is known; the household must be loaded."""
        facts = facts_of(supporter)
        form = cls(initial={name: getattr(facts, name) for name in FACT_NAMES})
        form.guesses = proposals_for(supporter)
        if form.guesses:
            field = form.fields["reading"]
            field.help_text = _("推測した読み(未確認): %s。正しいものを選ぶか、書いてください。") % "、".join(form.guesses)
            field.widget.attrs["list"] = "guesses"
        return form

    def clean(self) -> dict[str, Any]:
        """Read every text as the import does, and ask for what the channel needs."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for name, read in CLEAN.items():
            if name in facts and name not in {"kind", "channel"}:
                try:
                    facts[name] = read(facts[name])
                except BadValue as error:
                    self.add_error(name, error.message)
        if facts.get("channel") == Channel.EMAIL and not facts.get("email") and "email" not in self.errors:
            self.add_error("email", _("連絡方法が「メール」なので、メールアドレスを書いてください。"))
        return facts

    def facts(self) -> SupporterFacts:
        """Give the facts of a valid form."""
        return SupporterFacts(**{name: self.cleaned_data[name] for name in FACT_NAMES})


class NewSupporterForm(SupporterForm):
    """The sheet for somebody new, with the consent."""

    consent_on = forms.DateField(
        label=gettext_lazy("同意した日"), required=False, widget=DAY,
        help_text=gettext_lazy("名簿にのせること、通信を送ることに同意をもらった日です。"),
    )
    consent_source = forms.CharField(
        label=gettext_lazy("どうやって同意をもらったか"), required=False, max_length=60, help_text=gettext_lazy("例: 申込書、電話、集会の名簿")
    )

    def clean(self) -> dict[str, Any]:
        """A consent has a day and a way."""
        facts = super().clean()
        if bool(facts.get("consent_on")) != bool(facts.get("consent_source")) and "consent_on" not in self.errors:
            self.add_error("consent_source", _("同意した日と、どうやって同意をもらったかは、両方書いてください。"))
        return facts


class ReadingForm(GuardedFormMixin, forms.Form):
    """The フリガナ of somebody who had none."""

    reading = forms.CharField(label=gettext_lazy("フリガナ"))

    def clean(self) -> dict[str, Any]:
        """Read it as the sheet and the import do."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "reading" in typed:
            try:
                typed["reading"] = CLEAN["reading"](typed["reading"])
            except BadValue as error:
                self.add_error("reading", error.message)
        return typed


class ConsentForm(GuardedFormMixin, forms.Form):
    """The day and way of a consent, and how to reach the supporter from now on."""

    on = forms.DateField(label=gettext_lazy("同意した日"), widget=DAY)
    source = forms.CharField(label=gettext_lazy("どうやって"), max_length=60, help_text=gettext_lazy("例: 申込書、電話、集会の名簿"))
    channel = forms.ChoiceField(label=gettext_lazy("これからの連絡方法"), choices=Channel.choices)


class LeaveForm(GuardedFormMixin, forms.Form):
    """The day somebody left."""

    on = forms.DateField(label=gettext_lazy("退会した日"), widget=DAY)


def field_of(form: forms.BaseForm, column: str | None) -> str | None:
    """Give the name of the field that a refusal's `column` means, by its label."""
    for name, field in form.fields.items():
        if column and str(field.label) == column:
            return name
    return None


def tell(form: forms.BaseForm, message: str, column: str | None) -> bool:
    """Put a refusal beside its field; say whether there is one."""
    name = field_of(form, column)
    if name is None:
        return False
    form.add_error(name, ValidationError(message))
    return True
