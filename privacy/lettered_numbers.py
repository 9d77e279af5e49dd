"""Numbers of passports, residence cards and health insurance, which have letters or any length."""

import re
from collections.abc import Iterator

from privacy.characters import DIGIT, TO_ASCII_DIGITS
from privacy.everyday_numbers import is_year
from privacy.findings import FieldClass, Level
from privacy.label_words import Label
from privacy.labels import label_after, label_before
from privacy.surroundings import stands_in_code
from privacy.verdicts import Verdict

LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"
_ALONE = f"(?<!{LETTER}|{DIGIT})"
_END = f"(?!{LETTER}|{DIGIT})"
_BLANK = "[-ー－‐ 　]?"
_RESIDENCE_CARD = re.compile(
    f"(?<!{LETTER})(?<!{DIGIT}){LETTER}{{2}}{_BLANK}{DIGIT}{{8}}{_BLANK}{LETTER}{{2}}{_END}"
)
_PASSPORT = re.compile(f"(?<!{LETTER})(?<!{DIGIT}){LETTER}{{2}}{_BLANK}{DIGIT}{{7}}{_END}")
_TIE = "[-‐‑–—−－ー・･/／ 　]{1,3}"
_PARTS = f"{DIGIT}{{1,10}}(?:{_TIE}{DIGIT}{{1,10}}){{0,3}}"
_COUNTER = r"[\s、,・/／]{0,3}(?:の)?番号\s{0,2}[:：]?\s{0,2}"
_INSURANCE = re.compile(f"(?<!{DIGIT}){_PARTS}(?:{_COUNTER}{_PARTS})?")
_SIGN_AND_NUMBER = re.compile(
    rf"記号(?:[・･/／と\s]{{0,2}}番号)?\s{{0,2}}[:：]?\s{{0,2}}(?P<number>(?P<sign>{DIGIT}{{1,8}})"
    rf"(?:{_TIE}|{_COUNTER}){DIGIT}{{1,8}})(?!{DIGIT})"
)
HINT = re.compile("保険|保險|記号|旅券|パスポート|ﾊﾟｽﾎﾟｰﾄ|ﾎｹﾝ|国保|資格確認|[Pp][Aa][Ss][Ss][Pp][Oo][Rr][Tt]")
"""Without one of these words no passport and no health insurance is looked for."""
_BANK_TALK = re.compile("口座|ゆうちょ|貯金|振替|郵便|通帳|銀行|振込")
_SHORTEST_INSURANCE = 4


def judge_lettered(text: str, field_class: FieldClass) -> Iterator[Verdict]:
    """The numbers of `text` that have the form of a residence card, or a label of a passport or an insurance."""
    for match in _RESIDENCE_CARD.finditer(text):
        yield from _residence_card(match, text, field_class)
    if HINT.search(text) is None:
        return
    for match in _PASSPORT.finditer(text):
        if _named(text, match, Label.PASSPORT):
            yield Verdict(Level.BLOCK, "passport_labelled", *match.span())
    for match in _INSURANCE.finditer(text):
        if _is_insured(match) and label_before(text, match.start()) is Label.INSURANCE:
            yield Verdict(Level.BLOCK, "health_insurance_labelled", *match.span())
    for match in _SIGN_AND_NUMBER.finditer(text):
        if _is_long(match["number"]) and not _is_bank_account(match, text):
            yield Verdict(Level.WARN, "health_insurance_form", *match.span("number"))


def _named(text: str, match: re.Match[str], label: Label) -> bool:
    after, bound = label_after(text, match.end())
    return label_before(text, match.start()) is label or (after is label and bound)


def _residence_card(match: re.Match[str], text: str, field_class: FieldClass) -> Iterator[Verdict]:
    if _named(text, match, Label.RESIDENCE):
        yield Verdict(Level.BLOCK, "residence_card_labelled", *match.span())
    elif label_before(text, match.start()) is not Label.HARMLESS and not stands_in_code(
        text, *match.span(), exempt_web=True
    ):
        level = Level.BLOCK if field_class is FieldClass.STRUCTURED else Level.WARN
        yield Verdict(level, "residence_card", *match.span())


def _is_insured(match: re.Match[str]) -> bool:
    digits = "".join(re.findall(DIGIT, match[0])).translate(TO_ASCII_DIGITS)
    dated = is_year(digits[:4]) and match.string[match.end() : match.end() + 1] in tuple("年年度/／")
    return _is_long(match[0]) and not dated


def _is_long(number: str) -> bool:
    return len(re.findall(DIGIT, number)) >= _SHORTEST_INSURANCE


def _is_bank_account(match: re.Match[str], text: str) -> bool:
    sign = match["sign"].translate(TO_ASCII_DIGITS)
    near = text[max(0, match.start() - 20) : match.start()]
    return (len(sign) == 5 and sign[0] in "01") or _BANK_TALK.search(near) is not None
