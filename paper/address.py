r"""How a Japanese address stands in horizontal lines: the larger place first, the building on its own line, then the name. Pure.

Nothing is rewritten or normalised, only set: the characters are those the supporter wrote. `\d` means full-width digits too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from japanese import postal_code as postal_code_format
from japanese.errors import FormatError
from japanese.legal_forms import LEGAL_FORMS
from japanese.prefectures import split_prefecture
from paper.errors import WrongContent
from paper.line_breaks import Break, plain_costs

MAX_ADDRESS_LINES = 4
NUMBER = r"(?:\d+|[〇一二三四五六七八九十百]+(?=丁目|番地|番|号))"
JOINT = r"[-\u2010\u2011\u2013\u2014\u2212\uff0d\uff70ーのノ]"
BLOCK_END = r"(?:丁目|番地|番|号(?![室棟館]))"
BLOCK = re.compile(rf"{NUMBER}(?:{BLOCK_END}の?{NUMBER}|{JOINT}{NUMBER})*{BLOCK_END}?")
NOT_A_BUILDING = re.compile(rf"条|線|区|町|村|階|[FＦ]|室|棟|館|号|丁|番|地割|{JOINT}")
MORE_TO_COME = re.compile(r"丁目|番地|番(?=\d|$)|条|地割")
TOWN_END = re.compile(r"(?<=..)(?:[市区](?![市区郡場])|郡(?![山上]))")
LEGAL_FORM = re.compile(
    "|".join(sorted({re.escape(name) for form in LEGAL_FORMS for name in form.names}, key=len, reverse=True))
)
HONORIFICS = ("様", "さま", "殿", "御中", "先生")


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Who gets the letter, in their own spelling. `postal_code`: 7 digits of any width, with or without hyphen, or empty.

    Raises `WrongContent` without a name.
    """

    name: str
    address: str
    postal_code: str = ""
    prefecture: str = ""
    is_organisation: bool = False
    contact: str = ""  # a person inside the organisation
    others: tuple[str, ...] = ()  # more people of the same household

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise WrongContent("name", "名前が空の宛名は印刷できません。支援者の名前を入れてください。")


def postal_code_line(postal_code: str) -> str:
    """〒123-4567; empty for an empty code. What is no postcode stands behind 〒 as it was written."""
    written = postal_code.strip().removeprefix("〒").strip()
    if not written:
        return ""
    try:
        return f"〒{postal_code_format.format(written)}"
    except FormatError:
        return f"〒{written}"


def one_line(text: str) -> str:
    """Line ends and tabs become spaces; everything else stays as it was written."""
    return re.sub(r"[\r\n\t\v\f]+", " ", text).strip()


def with_honorific(name: str, honorific: str) -> str:
    """「山田花子　様」「みどりの会　御中」. A name that already ends with an honorific gets no second one."""
    name = one_line(name)
    return name if name.endswith(HONORIFICS) or not honorific else f"{name}　{honorific}"


def name_lines(addressee: Addressee) -> tuple[str, ...]:
    """A person, or each of a household, with 様; an organisation with 御中, or its bare name and its contact person with 様."""
    if addressee.is_organisation and addressee.contact.strip():
        return one_line(addressee.name), with_honorific(addressee.contact, "様")
    first = with_honorific(addressee.name, "御中" if addressee.is_organisation else "様")
    return first, *(with_honorific(name, "様") for name in addressee.others)


def full_address(addressee: Addressee) -> str:
    """Prefecture and address in one text; a prefecture that also stands in the address is not doubled."""
    address, prefecture = one_line(addressee.address), one_line(addressee.prefecture)
    return address if address.startswith(prefecture) else prefecture + address


def building_start(address: str) -> int:
    """The index at which a building's name begins; `len(address)` when there is none."""
    for block in BLOCK.finditer(address):
        rest = address[block.end() :].lstrip()
        if len(rest) > 1 and not NOT_A_BUILDING.match(rest) and not MORE_TO_COME.search(rest):
            return len(address) - len(rest)
    return len(address)


def address_costs(address: str) -> list[int]:
    """What it costs to begin a line at each index: the building wants one; 丁目, 番地, 号 and the town's number are natural."""
    costs = plain_costs(address)
    for match in TOWN_END.finditer(address):
        _cheapen(costs, match.end(), Break.NATURAL + 1)
    for index in _natural_places(address):
        _cheapen(costs, index, Break.NATURAL)
    costs[building_start(address)] = Break.WANTED
    costs[len(address)] = 0
    return costs


def _natural_places(address: str) -> Iterator[int]:
    prefecture, rest = split_prefecture(address)
    if prefecture:
        yield len(address) - len(rest)
    for block in BLOCK.finditer(address):
        yield block.start()
        for part in re.finditer(rf"{BLOCK_END}(?![のノ])", block[0]):
            yield block.start() + part.end()


def _cheapen(costs: list[int], index: int, cost: int) -> None:
    if costs[index] not in {Break.SPACE, Break.FORBIDDEN}:
        costs[index] = min(costs[index], cost)


def name_costs(name: str) -> list[int]:
    """What it costs to begin a line at each index of a name: after the legal form is best, before 様 or 御中 never."""
    costs = plain_costs(name)
    for match in LEGAL_FORM.finditer(name):
        _cheapen(costs, match.end(), Break.NATURAL)
    for index, sign in enumerate(name[:-1], start=1):
        if sign in "・／/":
            _cheapen(costs, index, Break.NATURAL)
    bare = name.removesuffix("様").removesuffix("御中").rstrip()
    for index in range(len(bare), len(name)):
        costs[index] = Break.FORBIDDEN
    return costs
