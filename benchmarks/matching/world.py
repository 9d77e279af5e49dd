"""A register, last year's confirmed ledger and this year's transfers, with the truth about each, from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from stdnum import damm

from benchmarks.matching.people import LEGAL, Name, group, person, surname
from donations.matching.register import Person


@dataclass(frozen=True, slots=True)
class Preset:
    """Rates of the difficulties; a share of payers or of rows (0 to 1).

    ``third_party``: payers whose money usually comes under another name; ``third_party_anew``: the same among those who
    change their habits this year, so that nobody has seen the name before.
    """

    noise: float = 1.0
    strangers: float = 0.06
    strangers_again: float = 0.25
    habit_kept: float = 0.88
    third_party: float = 0.1
    third_party_anew: float = 0.2
    with_number: float = 0.08
    number_wrong: float = 0.04
    reading_missing: float = 0.05
    reading_wrong: float = 0.03


PRESETS = {
    "easy": Preset(noise=0.35, strangers=0.035, third_party=0.04, third_party_anew=0.06, reading_missing=0.02, reading_wrong=0.005),
    "realistic": Preset(),
    "hard": Preset(noise=2.2, strangers=0.1, third_party=0.2, third_party_anew=0.3, habit_kept=0.75, reading_missing=0.15, reading_wrong=0.05),
}


@dataclass(slots=True)
class Habit:
    """How a payer usually pays: through whom, by which channel, in which style."""

    payer: str  # own | family | company | former | joint | officer | contact | short
    channel: str  # bank | direct | slip
    spaced: bool
    legal: str  # before | after | absent | written
    other: Name | None = None
    company: tuple[str, str] | None = None
    number: str = ""  # "" | before | after | message
    titled: str = ""
    month: int = 4
    amount_yen: int = 0
    suffix: str = ""
    other_reading: bool = False


@dataclass(slots=True)
class Member:
    """One supporter with what the register does not know."""

    id: int
    number: str
    name: Name | None
    group: tuple[str, str]
    legal: tuple[str, str, str, str, float]
    contact: Name | None
    reading: str
    unit_price_yen: int
    units: int
    postcode: str
    phone: str
    is_new: bool
    household: int | None = None
    habit: Habit = field(default_factory=lambda: Habit("own", "bank", spaced=True, legal="before"))
    paid_last_year: bool = False
    last_amount_yen: int | None = None
    last_paid_on: date | None = None

    @property
    def kanji(self) -> str:
        """The name as the register writes it."""
        return self.name.kanji if self.name else self.legal[0] + self.group[0]

    @property
    def kana(self) -> str:
        """The true reading, without a legal form."""
        return self.name.kana if self.name else self.group[1]

    def as_person(self) -> Person:
        """Return what the program knows."""
        return Person(
            id=self.id, number=self.number, legacy_number="", kind="individual" if self.name else "organisation",
            name=self.kanji, reading=self.reading, unit_price_yen=self.unit_price_yen,
            last_amount_yen=self.last_amount_yen, last_paid_on=self.last_paid_on, usual_units=self.units,
            household=self.household, postal_code=self.postcode, phone=self.phone,
            contact=self.contact.kanji if self.contact else "", contact_reading=self.contact.kana if self.contact else "",
            is_new=self.is_new, usual_month=None if self.is_new else self.habit.month,
        )


@dataclass(slots=True)
class Row:
    """One transfer with its truth: ``ids`` who paid, ``type`` match | optional | ask | new | none; ``name``: the payer, before writing."""

    id: int
    on: date
    amount_yen: int
    channel: str
    payer: str
    message: str
    ids: tuple[int, ...]
    type: str = "match"
    tags: list[str] = field(default_factory=list)
    name: str = ""


def register_of(rng: random.Random, count: int, preset: Preset) -> list[Member]:
    """Return ``count`` supporters: 85 % people, one in eleven living with another supporter."""
    members: list[Member] = []
    for serial in range(1, count + 1):
        number = f"{serial:05d}"
        number += damm.calc_check_digit(number)
        postcode = f"{rng.randrange(900, 999):03d}{rng.randrange(10000):04d}"
        phone = f"0{rng.choice((90, 80, 70))}{rng.randrange(10**8):08d}"
        is_new = rng.random() < 0.1
        if rng.random() < 0.85:
            partner = members[-1] if members and members[-1].name and members[-1].household is None else None
            shared = partner if partner and rng.random() < 0.07 else None
            name = person(rng, (shared.name.surname, shared.name.surname_kana) if shared and shared.name else None)
            member = Member(serial, number, name, ("", ""), LEGAL[0], None, name.kana, 1000, _units(rng), postcode, phone, is_new)
            if shared:
                shared.household = member.household = shared.id
                member.postcode = shared.postcode
        else:
            legal = rng.choices(LEGAL, weights=[form[4] for form in LEGAL])[0]
            named = group(rng)
            contact = person(rng) if rng.random() < 0.7 else None
            member = Member(serial, number, None, named, legal, contact, named[1], 3000, rng.choices((1, 2, 3), (8, 2, 1))[0], postcode, phone, is_new)
        members.append(member)
    for member in members:
        if rng.random() < preset.reading_missing:
            member.reading = ""
        elif member.name and rng.random() < preset.reading_wrong:
            member.reading = f"{member.name.surname_kana} {person(rng).given_kana}"
    return members


def _units(rng: random.Random) -> int:
    return rng.choices((1, 2, 3, 5, 10), weights=(55, 17, 14, 10, 4))[0]


def habit_of(
    member: Member, rng: random.Random, preset: Preset, by_id: dict[int, Member], *, anew: bool = False,
) -> Habit:
    """Return how this supporter pays; ``anew``: after a change of habits."""
    third_party = preset.third_party_anew if anew else preset.third_party
    channel = rng.choices(("bank", "direct", "slip"), weights=(0.5, 0.2, 0.3))[0]
    legal = rng.choices(("before", "after", "absent", "written"), weights=(60, 8, 22, 10))[0]
    habit = Habit("own", channel, rng.random() > 0.22, legal)
    if member.name:
        _person_pays(habit, member.name, mate_of(member, by_id), rng, third_party)
        habit.other_reading = rng.random() < 0.02 * preset.noise
    else:
        _group_pays(habit, member, rng, third_party)
    if rng.random() < preset.with_number:
        habit.number = rng.choice(("before", "before", "after", "message"))
    if rng.random() < 0.035:
        habit.suffix = rng.choice(("会費:カイヒ", "賛同金:サンドウキン", "カンパ:カンパ", "年会費:ネンカイヒ"))
    habit.month = rng.choices(range(1, 13), weights=(4, 4, 9, 24, 16, 9, 6, 4, 5, 6, 6, 7))[0]
    habit.amount_yen = _usual_amount(member, rng)
    return habit


def _person_pays(habit: Habit, name: Name, mate: Member | None, rng: random.Random, third_party: float) -> None:
    """Choose who pays for a person: usually the person; else a relative, a firm, the former name, two together."""
    third = rng.random()
    family = (name.surname, name.surname_kana)
    if third < third_party * 0.62:
        habit.payer = "family"
        if mate and mate.name and rng.random() < 0.08:
            habit.other = mate.name
        else:
            habit.other = person(rng, family if rng.random() < 0.8 else None)
    elif third < third_party * 0.74:
        habit.payer, habit.company = "company", group(rng)
    elif third < third_party * 0.82:
        habit.payer, habit.other = "former", Name(*surname(rng), name.given, name.given_kana)
    elif third < third_party or (mate and rng.random() < 0.15):
        habit.payer = "joint"
        habit.other = mate.name if mate and mate.name else person(rng, family)


def _group_pays(habit: Habit, member: Member, rng: random.Random, third_party: float) -> None:
    """Choose who pays for a group: usually the group, at times with an officer's name behind it or instead."""
    third = rng.random()
    if third < 0.16:
        habit.titled = rng.choice(
            ("代表:ダイヒョウ", "会計:カイケイ", "事務局:ジムキョク", "理事長:リジチョウ", "会長:カイチョウ"),
        )
        habit.other = member.contact or person(rng)
    elif third < 0.16 + third_party:
        by_contact = member.contact and rng.random() < 0.7
        habit.payer, habit.other = ("contact", member.contact) if by_contact else ("officer", person(rng))
    elif third < 0.19 + third_party:
        habit.payer = "short"


def mate_of(member: Member, by_id: dict[int, Member]) -> Member | None:
    """Return the other supporter of the same household."""
    if member.household is None:
        return None
    return by_id.get(member.household if member.household != member.id else member.id + 1)


def _usual_amount(member: Member, rng: random.Random) -> int:
    dues = member.unit_price_yen * member.units
    what = rng.random()
    if what < 0.78:
        return dues
    if what < 0.92:
        return dues + rng.choice((1000, 2000, 3000, 5000, 10000))
    return rng.choice((3000, 5000, 10000, 10000, 20000))


def day_in(rng: random.Random, year: int, month: int) -> date:
    """Return a day of that month (fiscal years are not needed here)."""
    return date(year, month, 1) + timedelta(days=rng.randrange(28))
