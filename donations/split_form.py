"""分ける: one line for each supporter and purpose; together they are the row's yen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.cash_form import YenField
from donations.models import Purpose, Transaction
from donations.shares import PaymentRules, Share
from japanese.errors import FormatError
from japanese.plain import to_plain
from japanese.yen import parse_yen
from members.models import Supporter
from members.search import find_supporters
from privacy.forms import GuardedFormMixin

MOST_NAMED = 5
YEARS_BACK, YEARS_AHEAD = 2, 3


class ShareForm(GuardedFormMixin, forms.Form):
    """One line. A line without an amount is left out; without a supporter it is anonymous."""

    who = forms.CharField(
        label=gettext_lazy("支援者番号か名前"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-payers"}),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=gettext_lazy("用途"), choices=Purpose.choices)
    amount_yen = YenField(label=gettext_lazy("金額(円)"), required=False)

    def __init__(self, *args: Any, row: Transaction, rules: PaymentRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.rules = rules
        year = rules.year_of(row.booked_on)
        years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
        self.fields["fiscal_year"] = forms.TypedChoiceField(
            label=_("年度"),
            coerce=int,
            choices=[(one, _("%(year)d年度") % {"year": one}) for one in years],
            initial=year,
        )

    def clean_who(self) -> Supporter | None:
        """Exactly one supporter; a text that fits several is refused with their numbers."""
        text = self.cleaned_data["who"]
        return _one_supporter(text) if text else None

    def clean(self) -> dict[str, Any]:
        """Dues need a supporter and whole units at the price of the row's day."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        yen, who = facts.get("amount_yen"), facts.get("who")
        if self.errors:
            return facts
        if who is not None and not yen:
            self.add_error("amount_yen", _("金額を入れてください。使わない行は、支援者も空にしてください。"))
        elif yen and facts["purpose"] == Purpose.DUES:
            self._check_dues(who, yen)
        return facts

    @property
    def found(self) -> Supporter | None:
        """Whom the typed text means, to be shown beside it; None for an empty line or an unclear text."""
        who = self.cleaned_data.get("who") if self.is_bound and self.is_valid() else None
        return who or None

    @property
    def yen_so_far(self) -> int:
        """The yen typed (or offered) in this line; 0 for what cannot be read."""
        try:
            return parse_yen(str(self["amount_yen"].value() or "0"))
        except FormatError:
            return 0

    def share(self) -> Share | None:
        """The share of a valid line; None for a line left out."""
        facts = self.cleaned_data
        if not facts.get("amount_yen"):
            return None
        who: Supporter | None = facts["who"]
        units = 0
        if who is not None and facts["purpose"] == Purpose.DUES:
            units = facts["amount_yen"] // self.rules.unit_price_yen(who.kind, self.row.booked_on)
        return Share(who.pk if who else None, facts["purpose"], facts["amount_yen"], facts["fiscal_year"], units)

    def _check_dues(self, who: Supporter | None, yen: int) -> None:
        if who is None:
            self.add_error("who", _("賛同金には支援者が要ります。支援者が分からないときは、用途をカンパにしてください。"))
            return
        price = self.rules.unit_price_yen(who.kind, self.row.booked_on)
        if not price:
            self.add_error("purpose", _("この日の1口の金額が「会の設定」にありません。用途をカンパにしてください。"))
        elif yen % price:
            text = _("賛同金は1口%(price)s円の倍数にしてください。残りは、別の行でカンパにします。")
            self.add_error("amount_yen", text % {"price": f"{price:,}"})


class BaseShares(forms.BaseFormSet):
    """All lines of one row: their sum is what is open. Give `form_kwargs` "row" and "rules"."""

    def clean(self) -> None:
        """Say how many yen are missing or too many."""
        if any(self.errors):
            return
        total = sum(share.amount_yen for share in self.shares())
        open_yen = self.form_kwargs["row"].open_yen
        if total == open_yen:
            return
        words = _("足りません") if total < open_yen else _("多くなっています")
        raise ValidationError(
            _("合計を%(open)s円にしてください。いまの合計は%(total)s円で、%(difference)s円%(words)s。")
            % {
                "open": f"{open_yen:,}",
                "total": f"{total:,}",
                "difference": f"{abs(open_yen - total):,}",
                "words": words,
            },
            code="sum_differs",
        )

    @property
    def rest_yen(self) -> int:
        """What the lines leave of the open yen, as far as they are typed; below zero where they are too much."""
        open_yen: int = self.form_kwargs["row"].open_yen
        typed: int = sum(form.yen_so_far for form in self.forms)
        return open_yen - typed

    @property
    def over_yen(self) -> int:
        """By how many yen the lines are too much; 0 where they are not."""
        return max(0, -self.rest_yen)

    def shares(self) -> Sequence[Share]:
        """The shares of all lines in use."""
        return tuple(share for form in self.forms if (share := form.share()) is not None)


ShareFormSet = forms.formset_factory(ShareForm, formset=BaseShares, extra=0, max_num=20, absolute_max=20)


def written(number: str, name: str) -> str:
    """A supporter as the first field shows one and reads one again: the number tells who, the name is for the eye."""
    return f"{number} {name}"


def _one_supporter(text: str) -> Supporter:
    by_number = Supporter.objects.filter(number=to_plain(text.split(maxsplit=1)[0])).first()
    if by_number is not None:
        return by_number
    found = list(find_supporters(text).order_by("pk")[: MOST_NAMED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("「%(text)s」という支援者は見つかりません。新しい方は、先に「新しい支援者として登録」で登録してください。")
            % {"text": text},
            code="nobody",
        )
    names = "、".join(f"{one.number} {one.name}" for one in found[:MOST_NAMED])
    more = _("ほか") if len(found) > MOST_NAMED else ""
    raise ValidationError(
        _("「%(text)s」に合う支援者が2人以上います(%(names)s%(more)s)。支援者番号を入れてください。")
        % {"text": text, "names": names, "more": more},
        code="several",
    )
