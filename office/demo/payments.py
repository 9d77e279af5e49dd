"""A year of transfers into the invented 振替口座, as the bank would write them (formats.md §1.1).

The words 払込み and 組戻 are our guess for a 振替口座: no real file of one was seen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from donations.bankfiles.yucho_direct_csv_writer import ledger, write
from japanese.kana import to_zengin_kana
from office.demo.people import Person

OPENING_YEN = 184_320
FEE = (-203, "料　金", "")
FORMS = (
    ("特定非営利活動法人", "トクテイヒエイリカツドウホウジン", "ﾄｸﾋ)"),
    ("一般社団法人", "イッパンシャダンホウジン", "ｼﾔ)"),
    ("株式会社", "カブシキガイシャ", "ｶ)"),
    ("有限会社", "ユウゲンガイシャ", "ﾕ)"),
)
STRANGERS = (("川島 夏美", "カワシマ ナツミ"), ("大西 隼人", "オオニシ ハヤト"))
Movement = tuple[date, int, str, str]


@dataclass(frozen=True, slots=True)
class BankFile:
    """One file as downloaded: its name and its bytes."""

    name: str
    data: bytes


def payer(person: Person) -> tuple[str, str]:
    """詳細１ and 詳細２ as the bank writes them for the way this person pays."""
    if person.pays_by == "slip":
        return "払込み", ""
    if person.pays_by == "postal" and not person.is_organisation and "𠮷" not in person.name:
        return "送金", person.name.replace(" ", "　")
    for _name, written_out, short in FORMS:
        if person.reading.startswith(written_out):
            return "振込", short + to_zengin_kana(person.reading.removeprefix(written_out))[:44]
    return "振込", to_zengin_kana(person.reading)[:48]


def movements(people: list[Person], random: Random, *, first: date, last: date) -> list[Movement]:
    """Everything that happens on the account between the two days, in the bank's order."""
    found: list[Movement] = []
    days = (last - first).days
    for person in people:
        if random.random() < 0.12 and not person.always_pays:
            continue  # has not paid this year
        day = first + timedelta(days=min(days, person.month * 30 + random.randint(0, 29)))
        unit = 3_000 if person.is_organisation else 1_000
        yen = unit * person.units + random.choices((0, 500, 2_000 if person.is_organisation else 300), weights=(86, 7, 7))[0]
        found.append((day, yen, *payer(person)))
    named = [person for person in people if person.pays_by != "slip" and not person.always_pays]
    same_day = first + timedelta(days=40)
    found += [(same_day, 1_000, *payer(person)) for person in named[:6]]
    twice = named[7]
    found += [(first + timedelta(days=75), 1_000, *payer(twice))] * 2
    for number, (name, kana) in enumerate(STRANGERS):
        text = name.replace(" ", "　") if number else to_zengin_kana(kana)
        found.append((first + timedelta(days=120 + 60 * number), 3_000, "送金" if number else "振込", text))
    wrong = named[9]
    found.append((first + timedelta(days=200), 10_000, *payer(wrong)))
    found.append((first + timedelta(days=203), -10_000, "組戻", payer(wrong)[1]))
    found += [(first + timedelta(days=day), *FEE) for day in range(25, days, 30)]
    found.sort(key=lambda movement: movement[0])
    return found


def year_up_to(today: date) -> tuple[date, date]:
    """The first and the last day that the bank shows on `today`: a year, up to the day before yesterday."""
    last = today - timedelta(days=2)
    return last - timedelta(days=364), last


def bank_files(
    people: list[Person], random: Random, *, account_as_written: str, today: date
) -> tuple[BankFile, BankFile]:
    """The two files that a treasurer would have: eight months by period, then everything of the last half.

    They overlap by two months. The first has seven preamble lines (期間指定), the second six (全期間).
    """
    first, last = year_up_to(today)
    rows = ledger(OPENING_YEN, movements(people, random, first=first, last=last))
    until, since = first + timedelta(days=240), first + timedelta(days=180)
    early = [row for row in rows if row.booked_on <= until]
    late = [row for row in rows if row.booked_on >= since]
    balance = rows[-1].balance_yen or 0
    moment = datetime.combine(today, time(9, 36))
    return (
        BankFile(
            f"{until:%Y%m%d}3620_01.csv",
            write(early, account_as_written=account_as_written, produced_at=datetime.combine(until, time(17, 36)),
                  period=(first, until), balance_at_output_yen=early[-1].balance_yen or 0),
        ),
        BankFile(
            f"{today:%Y%m%d}3612_01.csv",
            write(late, account_as_written=account_as_written, produced_at=moment, period=None,
                  balance_at_output_yen=balance),
        ),
    )
