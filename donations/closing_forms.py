"""What a person answers when a month is closed or opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.forms import GuardedFormMixin


class ReopenForm(GuardedFormMixin, forms.Form):
    """Why a closed month is opened."""

    free_text_fields = frozenset({"reason"})
    reason = forms.CharField(
        label=_("開く理由"), max_length=200, help_text=_("あとで見る人のために、何を直すのかを書きます。記録に残ります。")
    )
