"""Words that say what the number beside them is: only a label that touches the number counts.

This group writes マイナンバー in every newsletter, so the word somewhere near says nothing. Between a label and its
number may stand signs (：＝「（), a particle, a remark in brackets, and short words that do not change the subject.
The words themselves are in `privacy.label_words`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from privacy.label_words import BARE_WORDS, COUNTERS, GLUE_SIGNS, GLUE_WORDS, TELLING_THINGS, THINGS, Label

_WINDOW = 48
_ROUNDS = 10
_DROPPED = str.maketrans(dict.fromkeys("・_-‐–—―−ー"))
_LATIN_WORDS = re.compile(r"[a-z]\s+[a-z]")
_BLANKS = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
_REMARK = re.compile(r"[(\[「『【〔《<](?:[^()\[\]「」『』【】〔〕《》<>0-9]|12(?=桁)){0,20}\Z")
_CLOSING = ")]」』】〕》>"
_GLUE_BUT_CLOSING = GLUE_SIGNS.translate(dict.fromkeys(map(ord, _CLOSING)))
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def _squeezed(text: str) -> str:
    """Width, case, long vowels, hyphens and blanks made one, so that ﾏｲ･ﾅﾝﾊﾞｰ reads マイナンバ.

    Between Latin words one blank stays.
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(_DROPPED)
    return _BLANKS.sub("", plain) if _LATIN_WORDS.search(plain) else "".join(plain.split())


Table = dict[str, list[tuple[str, Label]]]


def _by_last_sign(words: Iterable[tuple[str, Label]]) -> Table:
    """Words by their last sign, longest first, so that 雇用保険被保険者 is met before 被保険者."""
    found: Table = {}
    for word, label in sorted(words, key=lambda pair: -len(pair[0])):
        found.setdefault(word[-1], []).append((word, label))
    return found


_BARE = _by_last_sign((word, label) for label, words in BARE_WORDS.items() for word in words)
_COUNTED = _by_last_sign((word, label) for label in BARE_WORDS for word in BARE_WORDS[label] + THINGS[label])


def _named_at_end(text: str, table: Table) -> tuple[int, Label | None]:
    """Length and label of the longest word of `table` that `text` ends with; a Latin word must not end a longer one."""
    for word, label in table.get(text[-1:], ()):
        if text.endswith(word) and not (word[0] in _LATIN and text[-len(word) - 1 : -len(word)] in _LATIN):
            return len(word), label
    return 0, None


def _label_at_end(text: str) -> Label | None:
    bare_length, bare = _named_at_end(text, _BARE)
    counter = next((counter for counter in COUNTERS if text.endswith(counter)), None)
    if counter is None:
        return bare
    word = text[: -len(counter)].rstrip(" '")
    length, counted = _named_at_end(word.removesuffix("の"), _COUNTED)
    if counted is not None and length + len(counter) >= bare_length:
        return counted
    return bare


def _peeled(text: str) -> Iterator[str]:
    """`text` with ever more glue taken off its end."""
    for _ in range(_ROUNDS):
        yield (text := text.rstrip(GLUE_SIGNS))
        if not text.endswith(GLUE_WORDS):
            return
        text = text[: -next(len(word) for word in GLUE_WORDS if text.endswith(word))]


def label_before(text: str, start: int) -> Label | None:
    """The label that touches `text[start]` from the left, None if there is none. Looks back at most 48 signs.

    >>> label_before("マイナンバー（本人）：123456789018", 11)
    <Label.INDIVIDUAL: 'individual'>
    >>> label_before("マイナンバーに反対します。123456789018", 13)
    """
    seen = _squeezed(text[max(0, start - _WINDOW) : start])
    remark = seen.rstrip(_GLUE_BUT_CLOSING)
    endings = [seen]
    if remark.endswith(tuple(_CLOSING)) and (opened := _REMARK.search(remark.rstrip(_CLOSING))):
        endings.append(remark[: opened.start()])
    for ending in endings:
        for peeled in _peeled(ending):
            label = _label_at_end(peeled)
            if label is not None:
                return label
    return None


_OTHER_NAME = re.compile(
    r"(?P<name>[\u3400-\u9fff々ァ-ヺー]{2,12}|(?<![a-z])[a-z]{3,12}[ _-]?)(?:番号|ナンバー|コード|number|no\.?|code|id|#)"
    rf"[{re.escape(GLUE_SIGNS)}]{{0,6}}(?:は|が|の|を)?[{re.escape(GLUE_SIGNS)}]{{0,6}}\Z"
)


def names_another_number(text: str, start: int) -> bool:
    """Whether some word of its own (工事番号, クーポンコード) touches `text[start]` from the left.

    Words that may stand for a national ID (国民番号, 本人番号) say nothing, nor does a word before a blank or ・.
    """
    match = _OTHER_NAME.search(unicodedata.normalize("NFKC", text[max(0, start - _WINDOW) : start]).lower())
    return match is not None and not match["name"].rstrip(" _-").replace("ー", "").endswith(TELLING_THINGS)


def is_glue(text: str) -> bool:
    """Whether `text` holds nothing but signs and words that may stand between a label and its number."""
    return next(peeled for peeled in reversed(list(_peeled(_squeezed(text))))) == ""


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
