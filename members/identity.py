"""Which supporter a row of a list is about: by our number, by the group's own older one, by name and address."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader

from members.cells import CLEAN, BadValue
from members.drafts import SupporterDraft
from members.facts import SupporterFacts, move_prefecture
from members.payer_names import payer_key
from members.supporter_columns import BY_FACT

NUMBER, OLDER = BY_FACT["number"].header, BY_FACT["legacy_number"].header
FOUR = ("name", "reading", "postal_code", "address")
Who = tuple[str, ...]


class SupporterLoader(BaseInstanceLoader):
    """Finds the draft of a row among all supporters, loaded once; refuses what is not certain."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        drafts: Iterable[SupporterDraft] = resource.known
        self.by_number = {draft.number: draft for draft in drafts}
        self.by_older = {draft.legacy_number: draft for draft in drafts if draft.legacy_number}
        self.by_four: dict[Who, list[SupporterDraft]] = {}
        self.by_name: dict[str, list[SupporterDraft]] = {}
        for draft in drafts:
            self.by_four.setdefault(_who(draft.facts()), []).append(draft)
            self.by_name.setdefault(draft.name, []).append(draft)

    def get_instance(self, row: Mapping[str, str]) -> SupporterDraft | None:
        """Give a copy of what is known about the supporter of `row`; None for a new one.

        Raises ValidationError by fact ("number") where the row contradicts itself or fits two supporters.
        """
        number, older = stated_numbers(row)
        stated = _stated(row)
        if number in self.by_number:
            found: SupporterDraft | None = _same_person(self.by_number[number], stated)
        elif number and older and number != older:
            raise ValidationError({
                "number": _("この支援者番号の人は登録されていません。新しい人なら、支援者番号を空にしてください。")
            })
        elif (older or number) in self.by_older:
            found = _same_person(self.by_older[older or number], stated)
        else:
            found = self._by_four(stated, has_number=bool(number or older))
        return found.open() if found else None

    def namesakes(self, draft: SupporterDraft) -> list[SupporterDraft]:
        """Give those who have exactly this name already."""
        return self.by_name.get(draft.name, [])

    def _by_four(self, stated: SupporterFacts, *, has_number: bool) -> SupporterDraft | None:
        found = self.by_four.get(_who(stated), [])
        if has_number:
            found = [draft for draft in found if not draft.legacy_number]
        if len(found) > 1:
            raise ValidationError({
                "number": _("同じ氏名・住所の支援者が%(count)d人います(%(numbers)s)。支援者番号を書いてください。")
                % {"count": len(found), "numbers": "、".join(draft.number for draft in found)}
            })
        return found[0] if found else None


def stated_numbers(row: Mapping[str, str]) -> tuple[str, str]:
    """Give 支援者番号 and 前の番号 of a row in plain width, "" where nothing is stated."""
    number, older = (unicodedata.normalize("NFKC", row.get(header, "")).strip() for header in (NUMBER, OLDER))
    return number, older


def _who(facts: SupporterFacts) -> Who:
    return (facts.name, facts.reading, facts.postal_code, facts.prefecture + facts.address)


def _stated(row: Mapping[str, str]) -> SupporterFacts:
    """Read off the row what tells one person from another; what cannot be read is refused elsewhere."""
    texts: dict[str, Any] = {}
    for fact in (*FOUR, "prefecture", "email", "phone"):
        try:
            texts[fact] = CLEAN[fact](row.get(BY_FACT[fact].header, ""))
        except BadValue:
            texts[fact] = ""
    return move_prefecture(SupporterFacts(**texts))


def _same_person(known: SupporterDraft, stated: SupporterFacts) -> SupporterDraft:
    """Refuse a number under which nothing at all fits: a list of another group, a slip of a row."""
    fits: list[tuple[str, str, Callable[[str], str]]] = [
        (known.name, stated.name, payer_key),
        (known.reading, stated.reading, payer_key),
        (known.email, stated.email, str.lower),
        (known.phone, stated.phone, lambda phone: phone.replace("-", "")),
        (known.postal_code, stated.postal_code, str),
    ]
    if not stated.name or any(ours and fold(ours) == fold(theirs) for ours, theirs, fold in fits):
        return known
    raise ValidationError({
        "number": _("この番号は %(name)sさんの番号で、名前も連絡先も違います。別の人なら番号を空にしてください。同じ人なら、先に画面で名前を直してください。")
        % {"name": known.name}
    })
