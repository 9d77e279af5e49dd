"""What matching has to know about supporters, and the questions it asks.

The register is asked a fixed number of questions for a batch, however many lines it has; an implementation answers each
of them with few queries (see :class:`Register`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

_NOT_IN_A_NUMBER = re.compile("[^A-Z0-9]")
_NOT_A_DIGIT = re.compile("[^0-9]")

Kind = Literal["individual", "organisation"]
Origin = Literal["reading", "name", "contact", "learned", "proposed_reading"]

#: ("number" | "phone" | "postcode", value); a number as ``number_key`` writes it, the others digits only.
Identifier = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """A supporter as matching sees one.  Amounts in yen, ``usual_units`` in 口, ``usual_month`` 1–12.

    ``household`` is the same number for all who live together.  ``contact`` is the contact person of an organisation.
    ``address`` (with the prefecture) is only shown, never matched.
    """

    id: int
    number: str
    legacy_number: str
    kind: Kind
    name: str
    reading: str
    unit_price_yen: int
    last_amount_yen: int | None = None
    last_paid_on: date | None = None
    usual_units: int | None = None
    household: int | None = None
    postal_code: str = ""
    phone: str = ""
    is_active: bool = True
    contact: str = ""
    contact_reading: str = ""
    usual_month: int | None = None
    is_new: bool = False
    address: str = ""

    @property
    def phone_tail(self) -> str:
        """The last four digits of the phone, to tell namesakes apart; "" without a phone.

        >>> Person(1, "", "", "individual", "", "", 0, phone="03-0000-1234").phone_tail
        '1234'
        """
        return _NOT_A_DIGIT.sub("", self.phone)[-4:]


class KnownName(NamedTuple):
    """A payer name that somebody is known by.

    ``supporter_ids``: one id; several when a confirmed name stands for all of them *together* (a joint payment); none when
    the name is known to be nobody's (a one-off giver).  Two supporters who merely share a name have two entries.
    ``origin`` "learned": a person confirmed it, ``confirmed_count`` times.  ``blocked_for_auto``: a confirmation was undone.
    ``last_text``, ``last_channel``, ``last_amount_yen``: how it looked when last confirmed, where that is kept.
    """

    key: str
    supporter_ids: frozenset[int]
    origin: Origin
    confirmed_count: int = 0
    last_confirmed_on: date | None = None
    blocked_for_auto: bool = False
    last_text: str = ""
    last_channel: str = ""
    last_amount_yen: int | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """The register as a crowd: what a stranger's odds are computed against.

    ``payers``: how many payments to expect in a year.  ``given_names`` counts the given names (by key, both scripts) of
    ``given_total`` individuals in each script; ``unseen_given`` is the share of people whose given name nobody in the
    register has.  ``stranger_rate``: share of receipts that come from people who are no supporters; ``third_party_rate``:
    share that a supporter pays through a name not known for that supporter.  ``amounts``: share of gifts from people at
    large, by yen.  ``same_amount``, ``usual_amount``: how often a supporter pays what he paid last time, or his usual units.
    ``months``: how much oftener than by chance a payment comes in the usual month, one month off, or at another time.
    All estimated from confirmed lines once there are some.
    """

    payers: float
    given_names: Mapping[str, int] = field(default_factory=dict)
    given_total: int = 0
    unseen_given: float = 1.0
    stranger_rate: float = 0.06
    third_party_rate: float = 0.08
    amounts: Mapping[int, float] = field(default_factory=dict)
    same_amount: float = 0.6
    usual_amount: float = 0.6
    months: tuple[float, float, float] = (4.0, 1.6, 0.5)
    individual_unit_yen: int = 1000
    organisation_unit_yen: int = 3000


class Register(Protocol):
    """What an implementation must answer.  Each method is called at most twice for one batch."""

    def names(self, keys: Iterable[str]) -> Mapping[str, Sequence[KnownName]]:
        """Return what is known under each key; a key nobody is known by may be left out."""
        ...

    def people(self, ids: Iterable[int]) -> Mapping[int, Person]:
        """Return the supporters with these ids."""
        ...

    def identified(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, Sequence[int]]:
        """Return the ids of the supporters with that number, phone or postcode; unknown ones may be left out."""
        ...

    def households(self, households: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the ids of all who live in each household."""
        ...

    def similar(self, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Return for each key the known keys that look like it, best first (at most 32), the key itself left out."""
        ...

    def population(self) -> Population:
        """Return the crowd."""
        ...


def number_key(text: str) -> str:
    """Return a supporter number in the form in which numbers are compared: capitals and digits, no leading zeros.

    >>> number_key("No. 00123-4"), number_key("a-07")
    ('1234', 'A07')
    """
    if text.isascii() and text.isdigit():
        return text.lstrip("0")
    return _NOT_IN_A_NUMBER.sub("", text.upper().replace("NO.", "")).lstrip("0")


def identifiers_of(person: Person) -> list[Identifier]:
    """Return the identifiers a supporter may write on a slip: both numbers, phone, postcode."""
    numbers = dict.fromkeys((number_key(person.number), number_key(person.legacy_number)))
    found: list[Identifier] = [("number", number) for number in numbers if number]
    for kind, text in (("phone", person.phone), ("postcode", person.postal_code)):
        digits = _NOT_A_DIGIT.sub("", text)
        if digits:
            found.append((kind, digits))
    return found
