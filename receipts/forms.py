"""Forms of the receipt pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.forms import GuardedFormMixin


class IssueForm(GuardedFormMixin, forms.Form):
    """Up to which day payments get their receipt."""

    until = forms.DateField(
        label=_("この日までの入金"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("この日までに入金があり、まだ領収書を出していない分を発行します。"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"until": today}, **kwargs})


class ReasonForm(GuardedFormMixin, forms.Form):
    """Why a receipt is made void or printed again."""

    free_text_fields = frozenset({"reason"})
    reason = forms.CharField(label=_("理由"), max_length=200)


class SearchForm(GuardedFormMixin, forms.Form):
    """Part of a name or of a receipt number. Sent by POST, so that no name stands in an address."""

    text = forms.CharField(label=_("名前か領収書番号"), max_length=60, required=False)
