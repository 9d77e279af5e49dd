"""120 invented supporters: 100 people, 20 organisations, with the troubles that real lists have."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from office.demo.names import FAMILY, GIVEN, ORGANISATIONS, PLACES, pairs

HEADERS = (
    "支援者番号", "種別", "氏名", "フリガナ", "担当者名", "郵便番号", "都道府県", "住所", "電話", "メール", "世帯", "連絡方法", "同意日", "備考",
)
RARE = (("髙﨑 邦子", "タカサキ クニコ"), ("渡邊 𠮷雄", "ワタナベ ヨシオ"), ("濵田 栁一", "ハマダ リュウイチ"), ("神谷 德子", "カミヤ ノリコ"))
NAMESAKES = (("田中 実", "タナカ ミノル"), ("田中 稔", "タナカ ミノル"))


@dataclass(slots=True)
class Person:
    """One invented supporter as a row of the group's old list.

    `units`, `month` (0–11) and `pays_by` (transfer, postal, slip) are habits of paying. `lists_reading` is False
    where the list lacks the reading, as real lists do; the bank still writes it. `always_pays` are those whose
    payments the demo must show: organisations, and two people with one reading.
    """

    legacy_number: str
    is_organisation: bool
    name: str
    reading: str
    contact: str = ""
    postal_code: str = ""
    prefecture: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    household: str = ""
    channel: str = "郵送"
    consent_on: date | None = None
    note: str = ""
    units: int = 1
    month: int = 1
    pays_by: str = "transfer"
    lists_reading: bool = True
    always_pays: bool = False

    def row(self) -> list[str]:
        """The cells under `HEADERS`."""
        return [
            self.legacy_number, "団体" if self.is_organisation else "個人", self.name,
            self.reading if self.lists_reading else "", self.contact,
            self.postal_code, self.prefecture, self.address, self.phone, self.email, self.household, self.channel,
            self.consent_on.isoformat() if self.consent_on else "", self.note,
        ]


def invent(random: Random, *, today: date) -> list[Person]:
    """Invent the 120 supporters; the same seed and day give the same list."""
    families, givens = pairs(FAMILY), pairs(GIVEN)
    full_names: dict[str, str] = dict(NAMESAKES) | dict(RARE)
    while len(full_names) < 92:
        family, given = random.choice(families), random.choice(givens)
        reading = f"{family[1]} {given[1]}"
        if reading not in full_names.values():
            full_names[f"{family[0]} {given[0]}"] = reading
    people = [Person(f"A{number:03d}", False, name, kana) for number, (name, kana) in enumerate(full_names.items(), 1)]
    for number in range(8):  # eight more live with somebody above
        mate = people[10 + number]
        given = givens[number]
        family_name, family_reading = mate.name.split(" ")[0], mate.reading.split(" ")[0]
        mate.household = f"世帯{number + 1}"
        people.append(
            Person(f"A{93 + number:03d}", False, f"{family_name} {given[0]}", f"{family_reading} {given[1]}",
                   household=mate.household)
        )
    for number, (name, kana) in enumerate(pairs(ORGANISATIONS), 1):
        contact = " ".join((random.choice(families)[0], random.choice(givens)[0]))
        people.append(Person(f"B{number:03d}", True, name, kana, contact=contact if number % 3 else ""))
    _fill_in(people, random, today=today)
    return people


def _fill_in(people: list[Person], random: Random, *, today: date) -> None:
    places = pairs(PLACES)
    homes: dict[str, Person] = {}
    for index, person in enumerate(people):
        if (mate := homes.get(person.household)) is not None:
            person.postal_code, person.prefecture, person.address = mate.postal_code, mate.prefecture, mate.address
        else:
            prefecture, town, code = random.choice(places)
            house = f"{random.randint(1, 5)}-{random.randint(1, 28)}-{random.randint(1, 19)}"
            flat = f" コーポ広場{random.randint(1, 4)}0{random.randint(1, 9)}" if random.random() < 0.25 else ""
            person.postal_code, person.prefecture, person.address = code, prefecture, f"{town}{house}{flat}"
        if person.household:
            homes.setdefault(person.household, person)
        person.phone = f"03-0000-{random.randint(1000, 9999)}" if random.random() < 0.6 else ""
        if random.random() < 0.55:
            person.email = f"sanka{index + 1:03d}@example.jp"
            person.channel = "メール" if random.random() < 0.85 else "郵送"
        if index % 29 == 7:
            person.channel = "送らない"
        person.lists_reading = index % 17 != 5
        if index % 23 != 11:
            person.consent_on = today - timedelta(days=random.randint(60, 2_000))
        person.units = random.choice((1, 1, 1, 2, 2, 3, 5)) if not person.is_organisation else random.choice((1, 1, 2, 3))
        person.month = random.randint(0, 11)
        person.pays_by = random.choices(("transfer", "postal", "slip"), weights=(46, 46, 8))[0]
        person.always_pays = person.is_organisation or person.name in dict(NAMESAKES)
        if person.always_pays:
            person.pays_by = "transfer"


def as_csv(people: list[Person]) -> bytes:
    """The group's list as it would come out of a spreadsheet: UTF-8 with BOM, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows(person.row() for person in people)
    return text.getvalue().encode("utf-8-sig")
