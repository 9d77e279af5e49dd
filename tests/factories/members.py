"""Invented supporters, a group and its accounts."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from members.models import (
    AccountKind,
    Association,
    BankAccount,
    Channel,
    Consent,
    FeeRate,
    Household,
    MembershipTerm,
    NameOrigin,
    PayerName,
    Supporter,
    SupporterKind,
)
from members.numbering import supporter_number
from members.payer_names import payer_key, unsaved_names

FIRST_MADE_SERIAL = 90_000  # far from the serials that `register_supporter` gives

SURNAMES = (
    ("佐藤", "サトウ"), ("髙橋", "タカハシ"), ("渡邊", "ワタナベ"), ("山﨑", "ヤマザキ"), ("𠮷田", "ヨシダ"),
    ("小林", "コバヤシ"), ("斎藤", "サイトウ"), ("中村", "ナカムラ"), ("濵田", "ハマダ"), ("井上", "イノウエ"),
    ("木村", "キムラ"), ("清水", "シミズ"), ("森", "モリ"), ("池田", "イケダ"), ("大西", "オオニシ"),
)  # fmt: skip
GIVEN_NAMES = (
    ("花子", "ハナコ"), ("一郎", "イチロウ"), ("恵", "メグミ"), ("健", "ケン"), ("由美子", "ユミコ"),
    ("誠", "マコト"), ("京子", "キョウコ"), ("進", "ススム"), ("葉月", "ハヅキ"), ("大輔", "ダイスケ"),
    ("千代", "チヨ"), ("実", "ミノル"), ("さくら", "サクラ"), ("純一", "ジュンイチ"),
)  # fmt: skip
ORGANISATIONS = (
    ("特定非営利活動法人みどりの風", "ミドリノカゼ"), ("株式会社あおば書房", "アオバショボウ"), ("読書会つばさ", "ドクショカイツバサ"),
    ("さざなみ労働組合", "サザナミロウドウクミアイ"), ("一般社団法人ひなた", "ヒナタ"), ("こもれび市民の会", "コモレビシミンノカイ"),
)  # fmt: skip


def person(n: int) -> tuple[str, str]:
    """The n-th invented (name, reading); the first 210 differ, later ones get a numbered given name."""
    surname, given = SURNAMES[n % len(SURNAMES)], GIVEN_NAMES[n % len(GIVEN_NAMES)]
    lap = n // (len(SURNAMES) * len(GIVEN_NAMES))
    kana = "".join("アカサタナハマヤラワ"[int(digit)] for digit in str(lap)) if lap else ""
    return f"{surname[0]}　{given[0]}{kana}", f"{surname[1]} {given[1]}{kana}"


def organisation(n: int) -> tuple[str, str]:
    """The n-th invented (name, reading) of an organisation; from the 7th on with a branch number."""
    name, reading = ORGANISATIONS[n % len(ORGANISATIONS)]
    lap = n // len(ORGANISATIONS)
    kana = "".join("アカサタナハマヤラワ"[int(digit)] for digit in str(lap)) if lap else ""
    return f"{name}{kana}", f"{reading}{kana}"


class AssociationFactory(DjangoModelFactory):
    """Our group: one row however often it is asked for; the fiscal year starts in April."""

    class Meta:
        model = Association
        django_get_or_create = ("singleton",)

    singleton = 1
    name = "みずうみの会"
    postal_code = "100-0001"
    address = "東京都千代田区千代田1-1 市民センター内"
    email = "mizuumi@example.jp"
    phone = "03-0000-0000"
    treasurer_name = "会計 みなと"


class BankAccountFactory(DjangoModelFactory):
    """The group's 振替口座; traits `cash` and `savings`."""

    class Meta:
        model = BankAccount

    name = "振替口座"
    kind = AccountKind.POSTAL_TRANSFER
    number = "00100-2-729745"
    opening_balance_yen = 0
    opening_on = date(2026, 4, 1)

    class Params:
        cash = factory.Trait(name="現金", kind=AccountKind.CASH, number="")
        savings = factory.Trait(name="総合口座", kind=AccountKind.POSTAL_SAVINGS, number="14030-12345671")


class FeeRateFactory(DjangoModelFactory):
    """¥1,000 a unit for individuals; trait `organisation`: ¥3,000."""

    class Meta:
        model = FeeRate
        django_get_or_create = ("kind", "valid_from")

    kind = SupporterKind.INDIVIDUAL
    unit_price_yen = 1000
    valid_from = date(2000, 1, 1)

    class Params:
        organisation = factory.Trait(kind=SupporterKind.ORGANISATION, unit_price_yen=3000)


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = Household

    code = factory.Sequence(lambda n: f"世帯{n + 1}")


class SupporterFactory(DjangoModelFactory):
    """A person who gets letters by post; trait `organisation`. Payer names are made as registering makes them.

    `units=2` adds a live term for fiscal year 2026; `consented=True` a consent of 2025-04-01.
    """

    class Meta:
        model = Supporter
        skip_postgeneration_save = True

    class Params:
        organisation = factory.Trait(
            kind=SupporterKind.ORGANISATION,
            name=factory.Sequence(lambda n: organisation(n)[0]),
            reading=factory.Sequence(lambda n: organisation(n)[1]),
            contact_name="事務局 はるか",
        )

    number = factory.Sequence(lambda n: supporter_number(FIRST_MADE_SERIAL + n))
    kind = SupporterKind.INDIVIDUAL
    name = factory.Sequence(lambda n: person(n)[0])
    reading = factory.Sequence(lambda n: person(n)[1])
    postal_code = "150-0002"
    prefecture = "東京都"
    address = factory.Sequence(lambda n: f"渋谷区渋谷{n % 9 + 1}-{n % 20 + 1}")
    email = factory.Sequence(lambda n: f"supporter{n}@example.jp")
    phone = ""
    channel = Channel.POST
    registered_on = date(2025, 4, 1)

    @factory.post_generation
    def payer_names(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """Keep the names under which this supporter may pay."""
        if create:
            PayerName.objects.bulk_create(unsaved_names([self]))

    @factory.post_generation
    def units(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:  # noqa: FBT001
        """`units=2`: paid two units for fiscal year 2026."""
        if create and extracted:
            MembershipTermFactory(supporter=self, units=extracted)

    @factory.post_generation
    def consented(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # noqa: FBT001
        """`consented=True`: agreed on 2025-04-01."""
        if create and extracted:
            ConsentFactory(supporter=self)


class MembershipTermFactory(DjangoModelFactory):
    """One individual unit for fiscal year 2026."""

    class Meta:
        model = MembershipTerm

    supporter = factory.SubFactory(SupporterFactory)
    fiscal_year = 2026
    units = 1
    unit_price_yen = factory.LazyAttribute(
        lambda term: 3000 if term.supporter.kind == SupporterKind.ORGANISATION else 1000
    )
    starts_on = factory.LazyAttribute(lambda term: date(term.fiscal_year, 4, 1))
    ends_on = factory.LazyAttribute(lambda term: date(term.fiscal_year + 1, 3, 31))
    paid_on = factory.LazyAttribute(lambda term: date(term.fiscal_year, 5, 15))


class ConsentFactory(DjangoModelFactory):
    """Agreed on 2025-04-01 on the form; live."""

    class Meta:
        model = Consent

    supporter = factory.SubFactory(SupporterFactory)
    given_on = date(2025, 4, 1)
    source = "申込書"


class PayerNameFactory(DjangoModelFactory):
    """A name learned from one confirmed payment on 2026-05-15."""

    class Meta:
        model = PayerName

    supporter = factory.SubFactory(SupporterFactory)
    as_written = "ｻﾄｳ ﾊﾅｺ"
    key = factory.LazyAttribute(lambda name: payer_key(name.as_written))
    origin = NameOrigin.LEARNED
    confirmed_count = 1
    last_confirmed_on = date(2026, 5, 15)
