"""What the desk knows about one supporter, as one value: from a form, from a row of a file, from the database."""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from japanese.prefectures import split_prefecture
from members.cells import CLEAN, BadValue
from members.models import Channel, Supporter, SupporterKind
from privacy.errors import Refused


@dataclass(frozen=True, slots=True)
class SupporterFacts:
    """The facts that a person may type. `household` is the group's word for it; "" means unknown or none.

    Empty `kind` and `channel` mean "not said": individual; post, or e-mail where there is an address for mail only.
    """

    name: str
    kind: str = ""
    reading: str = ""
    contact_name: str = ""
    postal_code: str = ""
    prefecture: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    household: str = ""
    channel: str = ""
    legacy_number: str = ""
    wants_receipt: bool = False
    note: str = ""


FACT_NAMES = tuple(field.name for field in fields(SupporterFacts))
COLUMN_NAMES = tuple(name for name in FACT_NAMES if name != "household")
"""The facts that are plain columns of `Supporter`."""


def facts_of(supporter: Supporter) -> SupporterFacts:
    """Read the facts off a supporter whose household is loaded."""
    code = supporter.household.code if supporter.household else ""
    return SupporterFacts(household=code, **{name: getattr(supporter, name) for name in COLUMN_NAMES})


def label_of(name: str) -> str:
    """Give the word on the screen for a fact."""
    return str(Supporter._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def clean_facts(facts: SupporterFacts) -> SupporterFacts:
    """Give the facts as they are kept; doing it twice changes nothing.

    A prefecture at the head of the address moves to its own place. Raises `Refused` with code "bad_value" and the
    label of the fact as `column`. National ID numbers are refused by the fields that the facts are written to.
    """
    texts: dict[str, Any] = {name: _clean(name, getattr(facts, name)) for name in CLEAN}
    cleaned = replace(facts, **texts)
    return with_defaults(move_prefecture(cleaned))


def move_prefecture(facts: SupporterFacts) -> SupporterFacts:
    """Take the prefecture off the address where it stands there (and is not another one than said)."""
    found, rest = split_prefecture(facts.address)
    if not found or facts.prefecture not in {"", found}:
        return facts
    return replace(facts, prefecture=found, address=rest)


def with_defaults(facts: SupporterFacts) -> SupporterFacts:
    """Say a kind and a channel where none was said."""
    by_mail_only = bool(facts.email) and not facts.address
    return replace(
        facts,
        kind=facts.kind or SupporterKind.INDIVIDUAL,
        channel=facts.channel or (Channel.EMAIL if by_mail_only else Channel.POST),
    )


def _clean(name: str, text: str) -> str:
    if name in {"kind", "channel"} and text in {*SupporterKind.values, *Channel.values}:
        return text
    try:
        return CLEAN[name](text)
    except BadValue as error:
        label = label_of(name)
        raise Refused(_("「%s」を直してください。") % label + error.message, code="bad_value", column=label) from error
