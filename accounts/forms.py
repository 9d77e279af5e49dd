"""The forms around signing in: no placeholder text, no link to a reset by e-mail that nobody here can use."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PlainFieldsMixin(forms.BaseForm):
    """Labels instead of placeholders, and no link into a mailbox."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name != "password1":  # that one tells the rules for a password
                field.help_text = ""


class SignInForm(PlainFieldsMixin, LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("利用者の名前")


class NewPasswordForm(PlainFieldsMixin, ChangePasswordForm):
    """The present password, and the new one twice."""


class AgainForm(PlainFieldsMixin, ReauthenticateForm):
    """The password once more, before something that matters."""
