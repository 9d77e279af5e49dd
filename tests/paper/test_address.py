"""How addresses and names are put for an envelope."""

import pytest

from paper.address import (
    Addressee,
    address_costs,
    building_start,
    full_address,
    name_costs,
    name_lines,
    postal_code_line,
    with_honorific,
)
from paper.errors import WrongContent
from paper.line_breaks import Break, wrap


def lines_of(address: str, width: int) -> tuple[str, ...] | None:
    advances = [1.0 if ord(sign) > 0xFF else 0.5 for sign in address]
    return wrap(address, advances, width, max_lines=4, costs=address_costs(address), limit=Break.FORBIDDEN)


@pytest.mark.parametrize(
    "written", ["1234567", "123-4567", "１２３－４５６７", "〒123-4567", " 〒１２３４５６７ "]
)
def test_a_postcode_is_printed_in_one_form(written: str) -> None:
    """However it was written, 〒123-4567 is printed."""
    assert postal_code_line(written) == "〒123-4567"


def test_no_postcode_prints_nothing() -> None:
    """There is no lonely 〒."""
    assert postal_code_line("  ") == ""


def test_what_is_no_postcode_is_printed_as_written() -> None:
    """Nothing is dropped in silence."""
    assert postal_code_line("SW1A 1AA") == "〒SW1A 1AA"


@pytest.mark.parametrize(
    ("address", "building"),
    [
        ("東京都千代田区霞が関1丁目2番3号コーポみどり203号室", "コーポみどり203号室"),
        ("東京都千代田区千代田1-1-1 みどりマンション405", "みどりマンション405"),
        ("長野県長野市大字鶴賀字西鶴賀1481-3　長野ビル 2F", "長野ビル 2F"),
        ("東京都港区六本木六丁目10番1号六本木ヒルズ森タワー", "六本木ヒルズ森タワー"),
        ("札幌市北区北1条西2丁目3番地 北ビル", "北ビル"),
        ("千葉県市川市八幡１－１－１－４０５", ""),
        ("岩手県八幡平市大更第35地割62番地", ""),
        ("京都府京都市中京区寺町通御池上る上本能寺前町４８８番地", ""),
        ("東京都千代田区一番町5番地", ""),
    ],
)
def test_the_building_begins_after_the_house_number(address: str, building: str) -> None:
    """丁目, 番地, 号, 条 and 地割 belong to the number; what follows it is the building."""
    assert address[building_start(address) :] == building


def test_a_building_has_its_own_line_even_where_there_is_room() -> None:
    """The line breaks before the building's name."""
    assert lines_of("東京都千代田区千代田1-1-1 みどりマンション405", 40) == (
        "東京都千代田区千代田1-1-1",
        "みどりマンション405",
    )


def test_a_long_address_breaks_at_its_natural_places() -> None:
    """Between town and number, and before the building; never inside the number."""
    assert lines_of("東京都千代田区霞が関1丁目2番3号コーポみどり203号室", 11) == (
        "東京都千代田区霞が関",
        "1丁目2番3号",
        "コーポみどり203号室",
    )


def test_a_city_with_shi_in_its_name_is_not_torn() -> None:
    """四日市市 breaks behind the second 市."""
    assert lines_of("三重県四日市市諏訪町1番5号", 8) == ("三重県四日市市", "諏訪町1番5号")


def test_the_prefecture_is_not_doubled() -> None:
    """An address that begins with its prefecture is taken as it is."""
    assert (
        full_address(Addressee(name="甲", prefecture="東京都", address="東京都千代田区1-1"))
        == "東京都千代田区1-1"
    )


def test_a_name_is_printed_in_its_own_characters() -> None:
    """Compatibility ideographs and variants are not normalised."""
    assert name_lines(Addressee(name="神\ufa19 髙﨑邊邉𠮷德濵栁", address="")) == (
        "神\ufa19 髙﨑邊邉𠮷德濵栁　様",
    )


def test_a_person_gets_sama() -> None:
    """様 stands behind the name."""
    assert name_lines(Addressee(name="山田 花子", address="")) == ("山田 花子　様",)


def test_an_organisation_gets_onchu() -> None:
    """御中 stands behind the name of an organisation without contact."""
    assert name_lines(Addressee(name="みどりの会", address="", is_organisation=True)) == ("みどりの会　御中",)


def test_an_organisation_with_a_contact_never_gets_both() -> None:
    """The organisation stands bare, the contact person gets 様."""
    organisation = Addressee(name="みどりの会", address="", is_organisation=True, contact="山田 花子")
    assert name_lines(organisation) == ("みどりの会", "山田 花子　様")


def test_each_person_of_a_household_gets_sama() -> None:
    """One line for each."""
    household = Addressee(name="𠮷田 一", address="", others=("𠮷田 濵子",))
    assert name_lines(household) == ("𠮷田 一　様", "𠮷田 濵子　様")


@pytest.mark.parametrize("name", ["山田花子様", "みどりの会 御中", "鈴木先生"])
def test_a_written_honorific_is_not_doubled(name: str) -> None:
    """The name stays as it was written."""
    assert with_honorific(name, "様") == name


def test_a_legal_form_is_the_best_place_to_break_a_name() -> None:
    """特定非営利活動法人 gets its own line; 御中 stays with the name."""
    name = "特定非営利活動法人市民の暮らしと環境を守る会　御中"
    assert wrap(name, [1.0] * len(name), 18, max_lines=2, costs=name_costs(name), limit=Break.FORBIDDEN) == (
        "特定非営利活動法人",
        "市民の暮らしと環境を守る会　御中",
    )


def test_a_letter_needs_a_name() -> None:
    """An empty name is refused, and the field is named."""
    with pytest.raises(WrongContent) as caught:
        Addressee(name=" ", address="東京都")
    assert caught.value.field == "name"
