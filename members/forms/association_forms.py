"""The sheets of the settings page, one question each."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import (
    AccountKind,
    Association,
    FiscalYearRule,
    ReceiptPeriod,
    ReceiptPolicy,
    SplitRule,
    SupporterKind,
)
from privacy.forms import GuardedFormMixin

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SHORT = {"class": "short"}
MONTHS = [(month, f"{month}月") for month in range(1, 13)]
PAPER_WIDTH_MM, PAPER_HEIGHT_MM = 210, 297


class FactsForm(GuardedFormMixin, forms.Form):
    """Who we are and how we are reached; the words stand on receipts and letters."""

    name = forms.CharField(label=gettext_lazy("会の名前"), max_length=120)
    postal_code = forms.CharField(label=gettext_lazy("郵便番号"), required=False, widget=forms.TextInput(attrs=SHORT))
    address = forms.CharField(label=gettext_lazy("住所"), required=False, max_length=200)
    email = forms.CharField(label=gettext_lazy("連絡先メール"), required=False, max_length=254)
    phone = forms.CharField(label=gettext_lazy("電話"), required=False, widget=forms.TextInput(attrs=SHORT))
    website = forms.CharField(label=gettext_lazy("ウェブサイト"), required=False, help_text=gettext_lazy("https:// から書きます。"))
    treasurer_name = forms.CharField(
        label=gettext_lazy("会計担当者の名前"), required=False, max_length=60, help_text=gettext_lazy("領収書に印刷します。")
    )


class SetUpForm(FactsForm):
    """The first sheet: who we are, our account, our year."""

    account_number = forms.CharField(
        label=gettext_lazy("口座番号"), help_text=gettext_lazy("ゆうちょの払込取扱票に書いてある番号です。例: 00100-2-729745"), widget=forms.TextInput(attrs=SHORT)
    )
    opening_balance_yen = forms.IntegerField(
        label=gettext_lazy("始めの残高(円)"), required=False, help_text=gettext_lazy("わからないときは空のままにします。最初の明細から読み取ります。")
    )
    opening_on = forms.DateField(label=gettext_lazy("始めの残高の日"), required=False, widget=DAY)
    fiscal_year_start_month = forms.TypedChoiceField(
        label=gettext_lazy("年度の始まりの月"), choices=MONTHS, coerce=int, initial=4
    )


class RulesForm(GuardedFormMixin, forms.Form):
    """The fiscal year, how a payment is split, and receipts."""

    free_text_fields = frozenset({"receipt_wording"})

    fiscal_year_start_month = forms.TypedChoiceField(
        label=gettext_lazy("年度の始まりの月"), choices=MONTHS, coerce=int
    )
    fiscal_year_rule = forms.ChoiceField(
        label=gettext_lazy("賛同金を数える年度"), choices=FiscalYearRule.choices, widget=forms.RadioSelect
    )
    split_rule = forms.ChoiceField(label=gettext_lazy("入金の分けかた"), choices=SplitRule.choices, widget=forms.RadioSelect)
    receipt_policy = forms.ChoiceField(
        label=gettext_lazy("領収書を出す人"), choices=ReceiptPolicy.choices, widget=forms.RadioSelect
    )
    receipt_period = forms.ChoiceField(
        label=gettext_lazy("領収書のまとめかた"), choices=ReceiptPeriod.choices, widget=forms.RadioSelect
    )
    receipt_wording = forms.CharField(
        label=gettext_lazy("領収書に書く言葉"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例: ご支援ありがとうございます。"),
    )


class AutoForm(GuardedFormMixin, forms.Form):
    """How sure the program must be before it confirms a row without a look, and how many errors may be expected."""

    auto_confidence = forms.TypedChoiceField(
        label=gettext_lazy("自動で照合する確かさ"),
        choices=[
            ("", gettext_lazy("支援者の人数に合わせる(2,000人までは99%以上、それより多ければ99.5%以上)")),
            ("0.95", gettext_lazy("95%以上(自動が増え、まちがいも増えます)")),
            ("0.99", gettext_lazy("99%以上(2,000人までの会の、ふつうの確かさ)")),
            ("0.995", gettext_lazy("99.5%以上(人数の多い会の、ふつうの確かさ)")),
            ("0.999", gettext_lazy("99.9%以上(まちがいがごく少なく、目で見る入金が増えます)")),
        ],
        coerce=float, empty_value=None, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    auto_error_limit = forms.FloatField(
        label=gettext_lazy("誤りの見込みの上限(件)"), required=False, min_value=0, widget=forms.NumberInput(attrs={**SHORT, "step": "any"}),
        help_text=gettext_lazy("1回にまとめて確定するときの、まちがいの見込みの上限です。自信の少ない入金から外します。空なら、上限を付けません。"),
    )


class WindowForm(GuardedFormMixin, forms.Form):
    """Where the window of the envelope is, measured on the paper folded into it."""

    window_left_mm = forms.IntegerField(label=gettext_lazy("紙の左はしから(mm)"), min_value=0, max_value=PAPER_WIDTH_MM)
    window_top_mm = forms.IntegerField(label=gettext_lazy("紙の上はしから(mm)"), min_value=0, max_value=PAPER_HEIGHT_MM)
    window_width_mm = forms.IntegerField(label=gettext_lazy("窓の幅(mm)"), min_value=30, max_value=PAPER_WIDTH_MM)
    window_height_mm = forms.IntegerField(label=gettext_lazy("窓の高さ(mm)"), min_value=20, max_value=PAPER_HEIGHT_MM)

    def clean(self) -> dict[str, Any]:
        """The window lies on the paper."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for start, size, paper, word in (
            ("window_left_mm", "window_width_mm", PAPER_WIDTH_MM, _("幅")),
            ("window_top_mm", "window_height_mm", PAPER_HEIGHT_MM, _("高さ")),
        ):
            if facts.get(start, 0) + facts.get(size, 0) > paper:
                self.add_error(size, _("窓が紙(A4)からはみ出します。%(word)sを小さくしてください。") % {"word": word})
        return facts


class AccountForm(GuardedFormMixin, forms.Form):
    """One more account."""

    kind = forms.ChoiceField(label=gettext_lazy("種類"), choices=AccountKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("呼び名"), required=False, max_length=60, help_text=gettext_lazy("画面での呼び名です。例: 振替口座、事務所の現金")
    )
    number = forms.CharField(
        label=gettext_lazy("口座番号"), required=False, widget=forms.TextInput(attrs=SHORT),
        help_text=gettext_lazy("ゆうちょは記号番号(例: 00100-2-729745)を書きます。現金には要りません。"),
    )
    bank_name = forms.CharField(
        label=gettext_lazy("銀行名"), required=False, max_length=40, help_text=gettext_lazy("ほかの銀行のときに書きます。")
    )
    branch_name = forms.CharField(label=gettext_lazy("支店名"), required=False, max_length=40)
    opening_balance_yen = forms.IntegerField(
        label=gettext_lazy("始めの残高(円)"), required=False, help_text=gettext_lazy("わからないときは空のままにします。最初の明細から読み取ります。")
    )
    opening_on = forms.DateField(label=gettext_lazy("始めの残高の日"), required=False, widget=DAY)


class FeeForm(GuardedFormMixin, forms.Form):
    """What a unit costs from a day on."""

    kind = forms.ChoiceField(label=gettext_lazy("種別"), choices=SupporterKind.choices, widget=forms.RadioSelect)
    unit_price_yen = forms.IntegerField(label=gettext_lazy("一口の金額(円)"), min_value=1, max_value=10_000_000)
    valid_from = forms.DateField(
        label=gettext_lazy("この日から"), widget=DAY, help_text=gettext_lazy("この日から後の入金に使います。前の金額は前の日の分に残ります。")
    )


class SealForm(GuardedFormMixin, forms.Form):
    """A picture of the seal, or none any more."""

    picture = forms.FileField(
        label=gettext_lazy("印影の画像"), required=False, help_text=gettext_lazy("PNG か JPEG。背景が透明か白のもの。縦横600ピクセルまでに縮めて保存します。"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove = forms.BooleanField(label=gettext_lazy("印影を使わない(今の画像を消す)"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not facts.get("picture") and not facts.get("remove"):
            self.add_error("picture", _("画像を選ぶか、「印影を使わない」に印を付けてください。"))
        return facts


def values_of(form_class: type[forms.Form], association: Association) -> dict[str, Any]:
    """Give the present values for the fields of a sheet."""
    return {name: getattr(association, name) for name in form_class.base_fields if hasattr(association, name)}
