"""What each column of an unknown CSV means: the form, made anew for the header of each file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.mapping_roles import Role, mapping_of, suggested
from donations.bankfiles.unknown_table import UnknownTable
from donations.mappings import split_words
from donations.models import ColumnRole, DayWritten
from members.models import AccountKind, BankAccount
from privacy.forms import GuardedFormMixin
from privacy.national_ids import redact

EXAMPLES = 3


class HeaderForm(GuardedFormMixin, forms.Form):
    """On which line of the file the titles of the columns stand; nothing is typed."""

    header_line = forms.TypedChoiceField(coerce=int, label=_("見出しの行"))

    def __init__(self, *args: Any, table: UnknownTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["header_line"].choices = [  # type: ignore[attr-defined]
            (line, (_t("%(line)d行目: %(titles)s") if line else _t("どの行にも: %(titles)s")) % {"line": line, "titles": redact("、".join(filter(None, cells))[:60])})
            for line, cells in table.headers
        ]

    @classmethod
    def chosen(cls, data: Mapping[str, str] | None, table: UnknownTable) -> int:
        """The line that was chosen; the likely one while nothing was, or what was sent is no line of it."""
        form = cls(data, table=table)
        return form.cleaned_data["header_line"] if data and form.is_valid() else table.likely_header


class NameForm(GuardedFormMixin, forms.Form):
    """Another name for a kept form."""

    name = forms.CharField(label=_("呼び名"), max_length=40)


class MappingForm(GuardedFormMixin, forms.Form):
    """One choice for each column of the header, then how days are written and the name under which it is kept."""

    day_written = forms.ChoiceField(label=_("日付の書きかた"), choices=DayWritten.choices, initial=DayWritten.WHOLE)
    words_in = forms.CharField(
        label=_("「入金」を表す言葉"), max_length=100, required=False,
        help_text=_("「入出金の別」の列があるときだけ。いくつもあるときは「、」で区切ります。空なら「入金」「入」です。"),
    )  # fmt: skip
    words_out = forms.CharField(
        label=_("「出金」を表す言葉"), max_length=100, required=False, help_text=_("空なら「出金」「出」です。")
    )
    name = forms.CharField(label=_("この形の呼び名"), max_length=40, help_text=_("例: みどり信用金庫"))
    account = forms.ModelChoiceField(
        BankAccount.objects.exclude(kind=AccountKind.CASH).order_by("pk"), label=_("どの口座のファイルか"), empty_label=_("口座を選んでください")
    )

    def __init__(self, *args: Any, table: UnknownTable, line: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.titles, self.rows = table.from_line(line)
        suggestions = [role.value for role in suggested(self.titles)]
        if self.is_bound:
            self.data = {key: self.data[key] for key in self.data}
            for place, role in enumerate(suggestions):
                self.data.setdefault(self._key(place), role)
        for place, (title, role) in enumerate(zip(self.titles, suggestions, strict=True)):
            self.fields[self._key(place)] = forms.ChoiceField(
                label=title or _t("見出しのない%d列目") % (place + 1), choices=ColumnRole.choices, initial=role
            )

    def columns(self) -> list[tuple[BoundField, list[str]]]:
        """For each column its choice and the first cells below the title."""
        cells = [row for _line, row in self.rows[:EXAMPLES]]
        return [
            (self[self._key(place)], [redact(row[place]) for row in cells if place < len(row) and row[place].strip()])
            for place in range(len(self.titles))
        ]

    def others(self) -> list[tuple[BoundField, ErrorList]]:
        """The questions about days and words, each with its errors."""
        return self._asked("day_written", "words_in", "words_out")

    def kept_as(self) -> list[tuple[BoundField, ErrorList]]:
        """The name and the account, each with its errors."""
        return self._asked("name", "account")

    def roles(self) -> list[Role]:
        """The choice for each column; what was sent and is none counts as unused."""
        chosen = [self._value(self._key(place)) for place in range(len(self.titles))]
        return [Role(value) if value in set(Role) else Role.UNUSED for value in chosen]

    def facts(self) -> dict[str, Any]:
        """Titles, roles and day form, as `donations.mapping_columns.save_mapping` names them."""
        day = self._value("day_written")
        return {
            "titles": self.titles,
            "roles": self.roles(),
            "day_form": DayForm(day) if day in set(DayForm) else DayForm.WHOLE,
            "words_in": split_words(self._value("words_in")),
            "words_out": split_words(self._value("words_out")),
        }

    def mapping(self) -> ColumnMapping:
        """What the choices mean so far, before anything is kept. Raises `UnusableMapping`."""
        return mapping_of(**self.facts(), name=self._value("name") or _t("新しい形"))

    def _asked(self, *names: str) -> list[tuple[BoundField, ErrorList]]:
        return [(self[name], self[name].errors) for name in names]

    def _value(self, name: str) -> str:
        return str(self[name].value() or "")

    def _key(self, place: int) -> str:
        """Named after the header's line too: another header asks anew."""
        return f"column_{self.line}_{place}"
