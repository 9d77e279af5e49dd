"""The two forms of an import: choose the file, then say yes to what was shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import AccountKind, BankAccount
from privacy.forms import GuardedFormMixin


class UploadForm(GuardedFormMixin, forms.Form):
    """A bank file; the account only where the file does not name it in a known way."""

    file = forms.FileField(
        label=_("銀行からダウンロードしたファイル"),
        help_text=_("ゆうちょダイレクトの「入出金明細」のCSV(またはそのZIP)や、全銀形式のファイルです。開かずに、そのまま選んでください。"),
    )
    account = forms.ModelChoiceField(
        BankAccount.objects.exclude(kind=AccountKind.CASH).order_by("pk"),
        label=_("口座"),
        required=False,
        empty_label=_("ファイルに書いてある口座"),
    )


class ImportForm(GuardedFormMixin, forms.Form):
    """The rows of the preview come back signed in `carried`; the ticks are the decisions a person made.

    Only booleans and a signed word are taken, so there is no text to guard: the rows were guarded before signing.
    """

    carried = forms.CharField(widget=forms.HiddenInput())
    is_this_account = forms.BooleanField(required=False)
    blank_numbers = forms.BooleanField(required=False)
    accept_gap = forms.BooleanField(required=False)
    shown = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput())

    def decisions(self) -> dict[str, Any]:
        """The cleaned ticks, as `donations.importing.import_guarded` names them."""
        return {
            "confirm_account": self.cleaned_data["is_this_account"],
            "blank_numbers": self.cleaned_data["blank_numbers"],
            "accept_gap": self.cleaned_data["accept_gap"],
        }
