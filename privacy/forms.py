"""Forms that refuse national ID numbers and never show them again."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from privacy.errors import NationalIdRefused, refusal_sentence
from privacy.national_ids import FieldClass, Level, blank, scan
from privacy.noticed import notice

OTHER_NUMBER_SUFFIX = "other_number"
KEPT_SENTENCE = _lazy("書いた文は残してあります。番号の所だけを置きかえました。確かめて、もう一度保存してください。")


class GuardedFormMixin(forms.BaseForm):
    """Scan what was typed into every field, whether or not its own cleaning passed.

    A refused field is drawn empty; of free text only the number is taken out, so that nobody loses a letter.
    `free_text_fields` names the fields judged as free text; all others are structured. A doubtful
    (warn) finding in free text stops once: the page then offers a tick box
    `<field>_other_number` with which the editor says that it is another kind of number.
    """

    free_text_fields: frozenset[str] = frozenset()

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in list(self.fields):
            if isinstance(typed := self[name].data, str):
                self._judge(name, typed)

    def _judge(self, name: str, value: str) -> None:
        field_class = FieldClass.FREE_TEXT if name in self.free_text_fields else FieldClass.STRUCTURED
        findings = scan(value, field_class)
        label = str(self.fields[name].label or name)
        blocked = [finding.rule for finding in findings if finding.level is Level.BLOCK]
        if blocked:
            notice(label, blocked)
            kept = blank(value, field_class, warn=True)[0] if field_class is FieldClass.FREE_TEXT else ""
            sentences = [refusal_sentence(label, blocked), *([KEPT_SENTENCE] if kept else [])]
            self.add_error(name, ValidationError(" ".join(map(str, sentences)), code=NationalIdRefused.code))
            self._show_instead(name, kept)
        elif findings and field_class is FieldClass.FREE_TEXT and not self._is_other_number(name):
            self._offer_other_number(name, label)

    def _is_other_number(self, name: str) -> bool:
        return bool(self.data.get(self.add_prefix(f"{name}_{OTHER_NUMBER_SUFFIX}")))

    def _offer_other_number(self, name: str, label: str) -> None:
        tick = f"{name}_{OTHER_NUMBER_SUFFIX}"
        self.fields[tick] = forms.BooleanField(
            required=False, label=_("「%s」の数字は、マイナンバーではない別の番号です") % label
        )
        self.add_error(
            name,
            ValidationError(
                _(
                    "12けたの数字があります。マイナンバーなら消してください。"
                    "別の番号なら、下の「別の番号です」に印を付けて、もう一度保存してください。"
                ),
                code="national_id_doubt",
            ),
        )

    def _show_instead(self, name: str, kept: str) -> None:
        """Replace the refused text in the bound data, so that the page cannot repeat the number."""
        data: Any = cast("Any", self.data).copy()
        key = self.add_prefix(name)
        if isinstance(data, MultiValueDict):
            data.setlist(key, [kept])
        else:
            data[key] = kept
        self.data = data
