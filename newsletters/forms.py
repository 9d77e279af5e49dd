"""The sheets that an organiser fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsletters.letter_check import LONGEST_TITLE
from newsletters.merge_fields import FIELDS
from newsletters.models import Audience
from newsletters.print_edition import DEFAULT_SHEET
from paper.label_sheets import LABEL_SHEETS
from privacy.forms import GuardedFormMixin

TITLE_LENGTH = 120


class LetterForm(GuardedFormMixin, forms.Form):
    """Title, audience and words of a draft."""

    free_text_fields = frozenset({"title", "markdown"})

    title = forms.CharField(
        label=_("題名"), max_length=TITLE_LENGTH, help_text=_("%(count)d文字まで。メールの件名になります。") % {"count": LONGEST_TITLE}
    )
    audience = forms.ChoiceField(
        label=_("送る人"),
        choices=Audience.choices,
        initial=Audience.ALL,
        help_text=_("このうち、送ってよいと同意している人にだけ届きます。"),
    )
    markdown = forms.CharField(
        label=_("本文"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 18, "class": "letter"}),
        help_text=_("使える差し込み: %(fields)s") % {"fields": " ".join(f"{{{{{name}}}}}" for name in FIELDS)},
    )

    @property
    def other_number(self) -> bool:
        """Whether the editor said that the twelve digits are another kind of number."""
        return any(self._is_other_number(name) for name in self.free_text_fields)

    def letter(self) -> dict[str, Any]:
        """The words and the audience, for the actions of `composing`."""
        return {name: self.cleaned_data[name] for name in ("title", "markdown", "audience")}


class TestMailForm(GuardedFormMixin, forms.Form):
    """Where the test mail goes."""

    to = forms.EmailField(label=_("試しの宛先"), help_text=_("自分のメールアドレスを1つ書きます。保存しません。"))


class StopByMailForm(GuardedFormMixin, forms.Form):
    """The subject of a mail that asks to stop the newsletter."""

    subject = forms.CharField(label=_("届いたメールの件名"), max_length=200, help_text=_("「unsubscribe 英字32文字」の形です。そのまま貼ります。"))


class LabelForm(GuardedFormMixin, forms.Form):
    """Which label sheet, and where on it to begin."""

    sheet = forms.ChoiceField(
        label=_("ラベル用紙"), choices=[(sheet.number, sheet.product) for sheet in LABEL_SHEETS.values()], initial=DEFAULT_SHEET
    )
    start = forms.IntegerField(
        label=_("はじめの面"), min_value=1, initial=1, help_text=_("使いかけの用紙は、最初の空いている面の番号(左上が1)。")
    )
