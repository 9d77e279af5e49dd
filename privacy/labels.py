"""Words that say what the number beside them is: only a label that touches the number counts.

This group writes マイナンバー in every newsletter, so the word somewhere near says nothing. Between a label and its
number may stand signs (：＝「（), a particle, a remark in brackets, and short words that do not change the subject.
The words themselves are in `privacy.label_words`.
"""

import re
import unicodedata
from collections.abc import Iterator

from privacy.label_words import BARE_WORDS, COUNTERS, GLUE_SIGNS, GLUE_WORDS, THINGS, Label

_WINDOW = 48
_ROUNDS = 10
_DROPPED = re.compile(r"[・_\-‐–—―−ー]+|(?<![a-z])\s+|\s+(?![a-z])")
_REMARK = re.compile(r"[(\[「『【〔《<](?:[^()\[\]「」『』【】〔〕《》<>0-9]|12(?=桁)){0,20}\Z")
_CLOSING = ")]」』】〕》>"
_LATIN_END = re.compile(r"[a-z]\Z")


def _squeezed(text: str) -> str:
    """Width, case, long vowels, hyphens and blanks made one, so that ﾏｲ･ﾅﾝﾊﾞｰ reads マイナンバ."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def _ends_with(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` ends with one of `words`; a Latin word must not be the end of a longer one."""
    if not text.endswith(words):
        return False
    if not _LATIN_END.search(text):
        return True
    word = max((word for word in words if text.endswith(word)), key=len)
    return not _LATIN_END.search(text[: -len(word)]) or not "a" <= word[0] <= "z"


def _without_counter(text: str) -> str | None:
    """`text` less a final 番号, No., コード or ID; None if it does not end in one."""
    for counter in COUNTERS:
        if text.endswith(counter):
            return text[: -len(counter)].rstrip(" '").removesuffix("の")
    return None


def _label_at_end(text: str) -> Label | None:
    thing = _without_counter(text)
    for label, words in BARE_WORDS.items():
        if _ends_with(text, words):
            return label
        if thing is not None and (_ends_with(thing, THINGS[label]) or _ends_with(thing, words)):
            return label
    if thing is not None and len(thing) >= 2 and thing[-2:].isalpha():
        return Label.UNKNOWN
    return None


def _peeled(text: str) -> Iterator[str]:
    """`text` with ever more glue taken off its end."""
    for _ in range(_ROUNDS):
        yield (text := text.rstrip(GLUE_SIGNS))
        glue = next((word for word in GLUE_WORDS if text.endswith(word)), None)
        if glue is None:
            return
        text = text[: -len(glue)]


def label_before(text: str, start: int) -> Label | None:
    """The label that touches `text[start]` from the left, None if there is none. Looks back at most 48 signs.

    >>> label_before("マイナンバー（本人）：123456789018", 11)
    <Label.INDIVIDUAL: 'individual'>
    >>> label_before("マイナンバーに反対します。123456789018", 13)
    """
    seen = _squeezed(text[max(0, start - _WINDOW) : start])
    unknown = None
    remark = seen.rstrip(GLUE_SIGNS.translate({ord(sign): None for sign in _CLOSING}))
    endings = [seen]
    if remark.endswith(tuple(_CLOSING)) and (opened := _REMARK.search(remark.rstrip(_CLOSING))):
        endings.append(remark[: opened.start()])
    for ending in endings:
        for peeled in _peeled(ending):
            label = _label_at_end(peeled)
            if label is Label.UNKNOWN:
                unknown = label
            elif label is not None:
                return label
    return unknown


def _pattern(label: Label) -> str:
    words = "|".join(map(re.escape, BARE_WORDS[label] + THINGS[label]))
    bare = "|".join(map(re.escape, BARE_WORDS[label]))
    counters = "|".join(map(re.escape, COUNTERS))
    return rf"(?P<{label.value}>(?:{words})の?\s?(?:{counters})|{bare})"


_ANY = "|".join(map(_pattern, BARE_WORDS))
_AFTER = re.compile(
    rf"(?:(?P<bound>[(\[「『【<←=:/|]|が|は)(?:私の|わたしの|本人の|上記?の?)?)?(?:{_ANY})(?=[)\]」』】〕》>です。、,.!]|\Z)"
)
_WHOLE = re.compile(rf"[(\[<]?(?:{_ANY})[)\]>]?(?:[(\[【「][^()\[\]【】「」]{{0,12}}[)\]】」])?[:*※]?\Z")


def label_after(text: str, end: int) -> tuple[Label | None, bool]:
    """The label right after `text[:end]`, and whether a bracket or a particle ties it to what stands before."""
    match = _AFTER.match(_squeezed(text[end : end + _WINDOW]))
    return (_named(match), match["bound"] is not None) if match else (None, False)


def whole_label(cell: str) -> Label | None:
    """What a cell says that holds nothing but a label.

    >>> whole_label("個人番号（本人）")
    <Label.INDIVIDUAL: 'individual'>
    >>> whole_label("マイナンバー制度への意見")
    """
    match = _WHOLE.match(_squeezed(cell).strip("\"' 「」【】"))
    return _named(match) if match else None


def _named(match: re.Match[str]) -> Label:
    return next(label for label in BARE_WORDS if match[label.value])
