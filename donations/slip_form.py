"""The sheet of one 払込取扱票, its fields in the order in which they are read off the paper; and the check of a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.cash_form import KEY_LETTERS, YenField
from donations.models import Slip
from donations.slips import accounts_with_slips
from donations.typing_slips import SlipFacts
from privacy.forms import GuardedFormMixin

FACT_FIELDS = (
    "day", "amount_yen", "message", "postal_code", "address", "payer_name", "kana", "phone", "supporter_number",
)  # fmt: skip


def _words(field: str, label: Any, **attributes: str) -> forms.CharField:
    most = Slip._meta.get_field(field).max_length  # type: ignore[union-attr]
    widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class SlipForm(GuardedFormMixin, forms.Form):
    """What stands on one slip. A slip without a name is kept when a person says that it cannot be read."""

    free_text_fields = frozenset({"message", "address", "entry_key"})

    account = forms.ModelChoiceField(accounts_with_slips(), label=gettext_lazy("口座"), empty_label=None)
    day = forms.DateField(
        label=gettext_lazy("日附印の日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount_yen = YenField(label=gettext_lazy("金額(円)"))
    message = _words("message", gettext_lazy("通信欄"))
    postal_code = _words("postal_code", gettext_lazy("郵便番号"), inputmode="numeric")
    address = _words("address", gettext_lazy("住所"))
    payer_name = _words("payer_name", gettext_lazy("名前"))
    kana = _words("kana", gettext_lazy("フリガナ"))
    phone = _words("phone", gettext_lazy("電話番号"), inputmode="tel")
    supporter_number = _words("supporter_number", gettext_lazy("支援者番号"))
    unreadable = forms.BooleanField(label=gettext_lazy("名前が読めない、または書いてない"), required=False)
    is_second = forms.BooleanField(
        label=gettext_lazy("同じ内容の2枚目です"), required=False, widget=forms.HiddenInput()
    )
    entry_key = forms.RegexField(regex=f"^[{KEY_LETTERS}]{{20}}$", required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.fields["account"].queryset.count() == 1:  # type: ignore[attr-defined]
            self.fields["account"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A name or a reading, unless it is said that there is none to read: an early Enter keeps no half slip."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        named = facts.get("payer_name") or facts.get("kana") or facts.get("unreadable")
        if not named and "payer_name" not in self.errors and "kana" not in self.errors:
            self.add_error(
                "payer_name", _("名前かフリガナを入れてください。読めないときは「名前が読めない」に印を付けます。")
            )
        return facts

    def facts(self) -> SlipFacts:
        """The facts of a valid sheet."""
        return SlipFacts(**{name: self.cleaned_data[name] for name in FACT_FIELDS})

    def ask_for_second(self) -> None:
        """Show the box that says "there are two": this sheet was found alike to one that is kept."""
        self.fields["is_second"].widget = forms.CheckboxInput()

    def aim(self) -> None:
        """Let the cursor wait in the first wrong field; in the amount of an empty sheet."""
        wrong = next((name for name in self.fields if self.is_bound and name in self.errors), "amount_yen")
        self.fields[wrong].widget.attrs["autofocus"] = True


class NoticeForm(GuardedFormMixin, forms.Form):
    """What the 振替受払通知票 of a day says: how many slips, and how many yen."""

    account = forms.ModelChoiceField(accounts_with_slips(), label=gettext_lazy("口座"), empty_label=None)
    day = forms.DateField(label=gettext_lazy("日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    count = forms.IntegerField(label=gettext_lazy("通知票の枚数"), min_value=0, max_value=100_000)
    yen = YenField(label=gettext_lazy("通知票の合計(円)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.fields["account"].queryset.count() == 1:  # type: ignore[attr-defined]
            self.fields["account"].widget = forms.HiddenInput()
