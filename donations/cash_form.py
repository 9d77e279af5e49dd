"""The daily sheet for cash: one entry at a time, day and account kept for the next one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from donations.entering import accounts_for_typing
from japanese.errors import FormatError
from japanese.yen import parse_yen
from privacy.forms import GuardedFormMixin

KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz"


class YenField(forms.CharField):
    """Whole yen as people type them: 1000, 1,000, １０００円. Gives an `int`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "amount"})
        super().__init__(**{"max_length": 20, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yen(text)
        except FormatError as error:
            raise ValidationError(error.message, code=str(error.reason)) from error


class CashForm(GuardedFormMixin, forms.Form):
    """`entry_key` is made anew with every empty sheet, so that a sheet sent twice counts once."""

    free_text_fields = frozenset({"message", "entry_key"})

    account = forms.ModelChoiceField(accounts_for_typing(), label=_("どの口座に"), empty_label=None)
    booked_on = forms.DateField(
        label=_("受け取った日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    received_yen = YenField(label=_("金額(円)"))
    payer_name = forms.CharField(
        label=_("払った人の名前"), max_length=200, required=False, help_text=_("わからないときは空けておきます。")
    )
    message = forms.CharField(
        label=_("メモ"),
        max_length=400,
        required=False,
        help_text=_("例: 11月の集会のカンパ箱"),
        widget=forms.TextInput(),
    )
    entry_key = forms.RegexField(regex=f"^[{KEY_LETTERS}]{{20}}$", widget=forms.HiddenInput())


def new_entry_key() -> str:
    """A word of letters only: it must never look like a number of a person."""
    return get_random_string(20, KEY_LETTERS)
