"""One row of a list on its way: what is known about the supporter, and what the row says."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.cells import CHANNEL_WORDS, KIND_WORDS
from members.facts import FACT_NAMES, SupporterFacts, facts_of, move_prefecture, with_defaults
from members.models import Channel, Consent, Supporter, SupporterState

WORD_OF_KIND = {kind: word for word, kind in reversed(list(KIND_WORDS.items()))}
WORD_OF_CHANNEL = {channel: word for word, channel in reversed(list(CHANNEL_WORDS.items()))}


@dataclass(slots=True)
class SupporterDraft:
    """The facts of `SupporterFacts`, the day of the live consent, and who it is about (`supporter`, None: new).

    `original` is the draft of what is known, where this one is on its way to change it. `withdrawn_on` is the day of
    the last opt-out without a consent after it. Two drafts are equal when nothing would have to be written to get
    from one to the other.
    """

    name: str = ""
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
    consent_on: date | None = None
    number: str = field(default="", compare=False)
    state: str = field(default=SupporterState.ACTIVE, compare=False)
    supporter: Supporter | None = field(default=None, compare=False)
    original: "SupporterDraft | None" = field(default=None, compare=False, repr=False)
    withdrawn_on: date | None = field(default=None, compare=False)
    notes: list[str] = field(default_factory=list, compare=False)

    def open(self) -> "SupporterDraft":
        """Give a copy that a row may change."""
        return replace(self, original=self)

    def facts(self) -> SupporterFacts:
        """Give the facts alone."""
        return SupporterFacts(**{name: getattr(self, name) for name in FACT_NAMES})

    def differing(self) -> list[str]:
        """Give the names of what differs from the original; of a new supporter, of all that is said."""
        known = self.original or SupporterDraft()
        return [one.name for one in fields(self) if one.compare and getattr(self, one.name) != getattr(known, one.name)]

    def settle(self) -> None:
        """Bring the facts into the form that is kept, and let no list undo what a supporter said later.

        An opt-out stands against an older 同意日 and against 連絡方法; a live consent keeps its day.
        """
        settled = with_defaults(move_prefecture(self.facts()))
        for name in FACT_NAMES:
            setattr(self, name, getattr(settled, name))
        if (original := self.original) is None:
            return
        if original.consent_on is not None:
            self.consent_on = original.consent_on
        elif self.withdrawn_on and self.consent_on and self.consent_on <= self.withdrawn_on:
            self.consent_on = None
        opted_out = self.withdrawn_on is not None and original.channel == Channel.NONE and self.consent_on is None
        if opted_out and self.channel != Channel.NONE:
            self.channel = Channel.NONE
            self.notes = [*self.notes, _("「送らないでほしい」の記録があるので、連絡方法は「送らない」のままにします。")]


def draft_of(supporter: Supporter, consents: list[Consent]) -> SupporterDraft:
    """Give the draft that says what is known; `consents` are those of `supporter`."""
    live = next((one for one in consents if one.withdrawn_on is None), None)
    ends = [one.withdrawn_on for one in consents if one.withdrawn_on is not None]
    facts = facts_of(supporter)
    return SupporterDraft(
        **{name: getattr(facts, name) for name in FACT_NAMES},
        consent_on=live.given_on if live else None,
        number=supporter.number,
        state=supporter.state,
        supporter=supporter,
        withdrawn_on=max(ends) if ends and live is None else None,
    )


def drafts_of(supporters: "QuerySet[Supporter]") -> list[SupporterDraft]:
    """Give the drafts of `supporters` in the order in which they were registered, in two queries."""
    consents: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(supporter__in=supporters.order_by()):
        consents.setdefault(consent.supporter_id, []).append(consent)
    chosen = supporters.select_related("household").order_by("pk")
    return [draft_of(supporter, consents.get(supporter.pk, [])) for supporter in chosen]
