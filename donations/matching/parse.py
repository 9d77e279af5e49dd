"""Read one bank line: who it names, under which keys, with which numbers, and what makes it special.

Nothing is looked up here and nothing is guessed: every reading of the text that could name a payer becomes one key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from donations.matching.lines import STRONG_FORMS, Form, ParsedLine
from donations.matching.register import number_key
from donations.matching.words import (
    ADDRESS,
    BANK_OWN,
    BARE_NUMBER,
    BEHALF_END,
    GIVEN_BACK,
    JOINT,
    LABELLED_NUMBER,
    NUMBER_AT_EDGE,
    PHONE,
    PLAIN,
    POSTCODE,
    PREFIX,
    REVERSAL,
    SUFFIX,
    TITLE,
    TRIGGER,
    WHOLE_ADDRESS,
)
from japanese.legal_forms import split_legal_form
from japanese.names import Script, comparison_key, kana_key, kanji_key

if TYPE_CHECKING:
    from donations.matching.lines import Line

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_BRACKETED = re.compile(r"^(.{2,}?)\s*[(]([^()]{2,})[)]?\s*$")
_CUT_LENGTHS = frozenset({20, 30, 48})
_SHORTEST_KEY = 2
_DIGIT = re.compile("[0-9]")
_KANJI = re.compile("[一-鿿々]")
_NO_LEGAL_FORM = 6  # two words this short together hold no written-out legal form


def parse(line: Line) -> ParsedLine:
    """Return what the line says; an empty payer text gives a parsed line without keys."""
    text = unicodedata.normalize("NFKC", line.payer_text).strip()
    message = unicodedata.normalize("NFKC", line.message).strip()
    reversal = _takes_back(line.channel)
    if not (message or reversal or line.reading or line.identifiers) and _is_plain(text):
        return _plain(line, text)
    reversal = reversal or bool(REVERSAL.search(text) or GIVEN_BACK.search(message))
    bank_own = bool(BANK_OWN.search(text or unicodedata.normalize("NFKC", line.channel)))
    if reversal and not bank_own:
        text = REVERSAL.sub(" ", text).strip()
    phones, postcodes, text, message = _addresses(text, message)
    numbers, stated, text, message = _numbers(text, message)
    keys = _Keys()
    joint: tuple[tuple[str, ...], ...] = ()
    behalf = names_another = False
    if not bank_own:
        joint, behalf = _read_payer(text, keys)
        if line.reading:
            keys.add(unicodedata.normalize("NFKC", line.reading).strip(), Form.WHOLE)
        names_another = _read_message(message, keys)
    return ParsedLine(
        line=line,
        core=text,
        script=keys.script,
        forms=tuple(keys.found.items()),
        numbers=_with_boxes(numbers, line, "number"),
        stated_numbers=stated,
        phones=_with_boxes(phones, line, "phone"),
        postcodes=_with_boxes(postcodes, line, "postcode"),
        joint_keys=joint,
        is_reversal=reversal and not bank_own,
        is_bank_own=bank_own,
        is_joint=len(joint) > 1,
        on_behalf=behalf or names_another,
        says_for_whom=names_another,
        maybe_cut=_is_cut_length(line.payer_text),
    )


@lru_cache(maxsize=256)
def _takes_back(channel: str) -> bool:
    return REVERSAL.search(channel) is not None


def _is_plain(text: str) -> bool:
    """Whether a text holds a name and nothing else."""
    return PLAIN.fullmatch(text) is not None and TRIGGER.search(text) is None


def _plain(line: Line, text: str) -> ParsedLine:
    """Return what a line says that holds one name and nothing else: most lines, read the short way."""
    script: Script = "kanji" if _KANJI.search(text) else "kana"
    key_of = kanji_key if script == "kanji" else kana_key
    key = key_of(text)
    forms: tuple[tuple[str, Form], ...] = ((key, Form.WHOLE),) if len(key) >= _SHORTEST_KEY else ()
    words = text.split()
    if len(words) == 2:
        swapped = key_of(words[1]) + key_of(words[0]) if len(text) <= _NO_LEGAL_FORM else key_of(words[1] + words[0])
        if swapped != key and forms:
            forms = (*forms, (swapped, Form.SWAPPED))
    return ParsedLine(line, text, script if forms else "", forms, maybe_cut=_is_cut_length(line.payer_text))


def _with_boxes(found: tuple[str, ...], line: Line, kind: str) -> tuple[str, ...]:
    """Return what was found in the texts, and what a slip has in the box of this kind."""
    return tuple(dict.fromkeys((*found, *(value for of_kind, value in line.identifiers if of_kind == kind))))


def strong_keys(parsed: ParsedLine) -> tuple[str, ...]:
    """Return the keys that by themselves name the payer: the whole text, or what is left without words around it."""
    return tuple(key for key, form in parsed.forms if form in STRONG_FORMS)


class _Keys:
    """Keys in the order found, each with the strongest form; the script is that of the first."""

    __slots__ = ("found", "script")

    def __init__(self) -> None:
        self.found: dict[str, Form] = {}
        self.script = ""

    def add(self, text: str, form: Form) -> str:
        script, key = comparison_key(text)
        if len(key) < _SHORTEST_KEY:
            return ""
        self.script = self.script or script
        self.found.setdefault(key, form)
        return key


def _read_payer(text: str, keys: _Keys) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Add the keys of a payer text; return the keys of each joint payer, and whether it says 「…分」."""
    keys.add(text, Form.WHOLE)
    if _is_plain(text):
        _read_turned(text, keys)
        return (), False
    behalf = BEHALF_END.search(text)
    if behalf and behalf.start() >= _SHORTEST_KEY:
        _read_beneficiary(text[: behalf.start()], keys)
        return (), True
    core = text
    if len(core) > _SHORTEST_KEY:
        core = PREFIX.sub("", SUFFIX.sub("", text)).strip() or text
        if core != text:
            keys.add(core, Form.TRIMMED)
    title = TITLE.search(core, _SHORTEST_KEY)
    if title:
        keys.add(core[: title.start()], Form.BEFORE_TITLE)
        if title.end() < len(core):
            keys.add(core[title.end() :], Form.AFTER_TITLE)
    bracketed = _BRACKETED.match(core) if "(" in core and split_legal_form(core)[1] is None else None
    if bracketed:
        _read_bracketed(bracketed.group(1), bracketed.group(2), keys)
        core = bracketed.group(1)
    _read_turned(core, keys)
    return _read_joint(core, keys), False


def _read_turned(core: str, keys: _Keys) -> None:
    """「一郎 佐藤」: the given name may stand first."""
    words = core.split()
    if len(words) == 2:
        keys.add(words[1] + words[0], Form.SWAPPED)


def _read_beneficiary(text: str, keys: _Keys) -> None:
    """「鈴木花子(佐藤一郎分)」「鈴木花子 佐藤一郎分」「佐藤一郎分」: the last name is the one it is for."""
    bracketed = re.match(r"^(.{2,}?)\s*[(](.{2,})$", text)
    if bracketed:
        keys.add(bracketed.group(2), Form.BENEFICIARY)
        keys.add(bracketed.group(1), Form.MENTIONED)
        return
    keys.add(text.strip("( "), Form.BENEFICIARY)
    words = text.split()
    for cut in range(len(words) - 1, 0, -1):
        keys.add("".join(words[cut:]), Form.BENEFICIARY)
        keys.add("".join(words[:cut]), Form.MENTIONED)


def _read_bracketed(outside: str, inside: str, keys: _Keys) -> None:
    """「田中花子(佐藤)」 also names 佐藤花子; 「みどりの会(山田花子)」 also names the person."""
    keys.add(outside, Form.TRIMMED)
    keys.add(inside, Form.IN_BRACKETS)
    words = outside.split()
    if len(words) == 2:
        keys.add(inside + words[1], Form.IN_BRACKETS)


def _read_joint(core: str, keys: _Keys) -> tuple[tuple[str, ...], ...]:
    """「佐藤 一郎・花子」「佐藤一郎、鈴木花子」: the keys of each; a part without a surname borrows the first one's."""
    if not JOINT.search(core):
        return ()
    parts = [part.strip() for part in JOINT.split(core) if part.strip()]
    if len(parts) < 2:
        return ()
    first_words = parts[0].split()
    surname = first_words[0] if len(first_words) == 2 else ""
    found: list[tuple[str, ...]] = []
    for index, part in enumerate(parts):
        spellings = [part]
        if index and surname and " " not in part:
            spellings.append(surname + part)
        if not index and len(first_words) == 1 and len(parts) == 2:
            others = parts[1].split()
            if len(others) == 2:
                spellings.append(others[0] + part)
        added = tuple(key for spelling in spellings if (key := keys.add(spelling, Form.JOINT_PART)))
        if added:
            found.append(added)
    return tuple(found)


def _read_message(message: str, keys: _Keys) -> bool:
    """Add names in the message; return whether it says 「…分」."""
    if not message or WHOLE_ADDRESS.search(message):
        return False
    behalf = BEHALF_END.search(message)
    if behalf and behalf.start() >= _SHORTEST_KEY:
        _read_beneficiary(message[: behalf.start()], keys)
        return True
    core = PREFIX.sub("", SUFFIX.sub("", message)).strip()
    for part in re.split(r"[、,。:;()・/]|さん|様|の(?=会費|寄付|カンパ)", core)[:4]:
        if 3 <= len(part.strip()) <= 20:
            keys.add(part, Form.MENTIONED)
    return False


def _addresses(text: str, message: str) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Return phones, postcodes, and both texts without them."""
    if not (_DIGIT.search(text) or _DIGIT.search(message)):
        return (), (), text, message
    both = []
    phones: dict[str, None] = {}
    postcodes: dict[str, None] = {}
    for part in (text, message):
        plain = part.translate(_DASHES) if _DIGIT.search(part) else part
        for found in PHONE.finditer(plain):
            phones[re.sub(r"\D", "", found.group())] = None
        rest = PHONE.sub(" ", plain)
        for found in POSTCODE.finditer(rest):
            postcodes["".join(group for group in found.groups() if group)] = None
        both.append(POSTCODE.sub(" ", rest).strip())
    return tuple(phones), tuple(postcodes), both[0], both[1]


def _numbers(text: str, message: str) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Return supporter numbers as they may be meant, those that can be nothing else, and both texts without them.

    A number beside the name, or one that is called a number, is meant as one; a bare one in the message only may be.
    """
    stated: dict[str, None] = {}
    bare: list[str] = []
    if _DIGIT.search(text):
        for pattern in (LABELLED_NUMBER, NUMBER_AT_EDGE):
            for hit in pattern.finditer(text):
                stated[number_key(next(group for group in hit.groups() if group))] = None
            text = pattern.sub(" ", text).strip()
    if _DIGIT.search(message):
        labelled = [number_key(hit.group(1)) for hit in LABELLED_NUMBER.finditer(message)]
        stated.update(dict.fromkeys(labelled))
        if labelled:
            message = LABELLED_NUMBER.sub(" ", message).strip()
        elif not ADDRESS.search(message):
            bare = [number_key(hit.group(1)) for hit in BARE_NUMBER.finditer(message)]
            message = BARE_NUMBER.sub(" ", message).strip()
    stated.pop("", None)
    numbers = dict.fromkeys((*stated, *(number for number in bare if number)))
    return tuple(numbers), tuple(stated), text, message


def _is_cut_length(text: str) -> bool:
    """Whether a text is as long as a bank's field: one byte for half-width signs (a mark counts), two for others."""
    bare = text.strip()
    return len(bare) >= min(_CUT_LENGTHS) // 2 and len(bare.encode("cp932", errors="replace")) in _CUT_LENGTHS
