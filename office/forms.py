"""Forms of the desk itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.forms import GuardedFormMixin


class FirstRunForm(GuardedFormMixin, forms.Form):
    """Our group, its 振替口座 and the first user."""

    name = forms.CharField(label=_("会の名前"), max_length=120)
    account_number = forms.CharField(
        label=_("振替口座の記号番号"), max_length=20, required=False, help_text=_("例: 00100-2-729745。あとで登録することもできます。")
    )
    postal_code = forms.CharField(label=_("会の郵便番号"), max_length=9, required=False)
    address = forms.CharField(label=_("会の住所"), max_length=200, required=False)
    email = forms.EmailField(label=_("会の連絡先メール"), required=False)
    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("年度の始まり"), coerce=int, initial=4, choices=[(month, f"{month}月") for month in range(1, 13)]
    )
    user_name = forms.CharField(
        label=_("あなたが使う名前(サインインの名前)"), max_length=150, help_text=_("短いローマ字がおすすめです。例: kaikei")
    )
    password = forms.CharField(
        label=_("パスワード"), widget=forms.PasswordInput, strip=False, help_text=_("10文字以上。短い文をそのまま使うと、覚えやすく強くなります。")
    )
    password_again = forms.CharField(label=_("パスワードをもう一度"), widget=forms.PasswordInput, strip=False)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("password") != self.cleaned_data.get("password_again"):
            self.add_error("password_again", _("2回のパスワードがちがいます。同じものを入れてください。"))


class PassphraseForm(GuardedFormMixin, forms.Form):
    """Under which words a backup is locked; none: under the registered keys."""

    words = forms.CharField(
        label=_("合言葉"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12文字以上。空のままにすると、登録してある鍵で暗号にします。"),
    )
    words_again = forms.CharField(
        label=_("合言葉をもう一度"), required=False, strip=True, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("words") != self.cleaned_data.get("words_again"):
            self.add_error("words_again", _("2回の合言葉がちがいます。同じものを入れてください。"))


class BackupKeyForm(GuardedFormMixin, forms.Form):
    """Who holds the secret half, and the public half; without it a pair is made."""

    holder = forms.CharField(label=_("鍵を持つ人"), max_length=100)
    public_key = forms.CharField(
        label=_("公開の鍵"),
        max_length=100,
        required=False,
        help_text=_("age1 で始まる文字。持っていないときは、空のままにすると新しい鍵を1組作ります。"),
    )
