"""What a person or a spreadsheet may write for each fact about a supporter, and what we keep of it.

Codes (postal code, phone, e-mail, numbers) are kept in one spelling; names and addresses exactly as typed but for
outer spaces. Every function takes the typed text and gives the text to keep, or raises `BadValue` (a ValueError)
whose message says what to do and never repeats a code. An empty text is kept as "" where the fact is optional.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from japanese import era, phone, postal_code
from japanese.errors import FormatError
from japanese.kana import to_full_katakana
from japanese.names import script_of
from japanese.plain import to_plain
from japanese.prefectures import PREFECTURES
from members.models import Channel, Household, Supporter, SupporterKind

KIND_WORDS: Mapping[str, str] = {
    "個人": SupporterKind.INDIVIDUAL,
    "団体": SupporterKind.ORGANISATION,
    "法人": SupporterKind.ORGANISATION,
}
CHANNEL_WORDS: Mapping[str, str] = {
    "メール": Channel.EMAIL,
    "Eメール": Channel.EMAIL,
    "電子メール": Channel.EMAIL,
    "郵送": Channel.POST,
    "郵便": Channel.POST,
    "送らない": Channel.NONE,
    "不要": Channel.NONE,
    "なし": Channel.NONE,
}
NATIONAL_NUMBER_LENGTH = 12
_SEPARATORS = re.compile(r"[\s\-・./]+")


class BadValue(ValueError):  # noqa: N818 - what it says is not a fault of the program
    """A text that cannot be kept. `message` is a full Japanese sentence that ends with what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def line(text: str, *, longest: int) -> str:
    """Keep one line of at most `longest` characters as typed, without outer spaces."""
    kept = text.strip()
    if any(unicodedata.category(char) == "Cc" for char in kept):
        raise BadValue(_("改行など、目に見えない文字が入っています。1行に書き直してください。"))
    if len(kept) > longest:
        raise BadValue(_("%(longest)d文字より長いです。短くしてください。") % {"longest": longest})
    return kept


def note(text: str) -> str:
    """Keep text of several lines (LF), at most as long as 備考 may be."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in kept):
        raise BadValue(_("目に見えない文字が入っています。書き直してください。"))
    if len(kept) > _length("note"):
        raise BadValue(_("%(longest)d文字より長いです。短くしてください。") % {"longest": _length("note")})
    return kept


def name(text: str) -> str:
    """Keep a name exactly as typed (髙 﨑 邊 𠮷); refuse none at all."""
    if not (kept := line(text, longest=_length("name"))):
        raise BadValue(_("氏名が空です。氏名か団体名を書いてください。"))
    return kept


def reading(text: str) -> str:
    """Keep a reading in full-width katakana; Latin letters and digits may stand in it, kanji may not."""
    kept = to_full_katakana(line(text, longest=_length("reading")))
    if script_of(kept) == "kanji":
        raise BadValue(_("フリガナに漢字があります。カタカナかひらがなで書いてください。"))
    return line(kept, longest=_length("reading"))


def kind(text: str) -> str:
    """Read 個人 or 団体; "" stays "" (not said)."""
    return _word(text, KIND_WORDS, _("種別は「個人」か「団体」と書いてください。"))


def channel(text: str) -> str:
    """Read 郵送, メール or 送らない; "" stays "" (not said)."""
    return _word(text, CHANNEL_WORDS, _("連絡方法は「郵送」「メール」「送らない」のどれかを書いてください。"))


def postal(text: str) -> str:
    """Write 123-4567."""
    return _formatted(postal_code, text)


def telephone(text: str) -> str:
    """Write a national number, hyphens where separators were typed."""
    return _formatted(phone, text)


def email(text: str) -> str:
    """Keep one mail address, full-width letters made plain."""
    kept = unicodedata.normalize("NFKC", text).strip()
    if not kept:
        return ""
    try:
        validate_email(kept)
    except ValidationError as error:
        raise BadValue(_("メールアドレスの形ではありません。name@example.jp の形で、1つだけ書いてください。")) from error
    return line(kept, longest=_length("email"))


def prefecture(text: str) -> str:
    """Read the name of a prefecture, with or without its last letter (東京 → 東京都)."""
    kept = unicodedata.normalize("NFKC", text).strip()
    if not kept or kept in PREFECTURES:
        return kept
    for full in PREFECTURES:
        if full != "北海道" and full[:-1] == kept:
            return full
    raise BadValue(_("都道府県の名前ではありません。「東京都」のように書いてください。"))


def legacy_number(text: str) -> str:
    """Keep the group's own older number, any form but twelve digits."""
    kept = line(unicodedata.normalize("NFKC", text), longest=_length("legacy_number"))
    digits = _SEPARATORS.sub("", to_plain(kept))
    if digits.isdecimal() and len(digits) == NATIONAL_NUMBER_LENGTH:
        raise BadValue(
            _("12けたの番号は登録できません。国が個人に付けた番号と見分けがつかないからです。別の番号にしてください。")
        )
    return kept


def household(text: str) -> str:
    """Keep the group's own word for a household."""
    longest = getattr(Household._meta.get_field("code"), "max_length", None) or 0
    return line(unicodedata.normalize("NFKC", text), longest=longest)


def day(text: str) -> date | None:
    """Read a date, 西暦 or 和暦; None when nothing is written."""
    if not text.strip():
        return None
    try:
        return era.parse_date(text)
    except FormatError as error:
        raise BadValue(error.message) from error


def _word(text: str, words: Mapping[str, str], refusal: str) -> str:
    kept = unicodedata.normalize("NFKC", text).strip()
    if not kept:
        return ""
    if kept not in words:
        raise BadValue(refusal)
    return words[kept]


def _formatted(form: object, text: str) -> str:
    if not to_plain(text):
        return ""
    try:
        form.validate(text)  # type: ignore[attr-defined]
        return str(form.format(text))  # type: ignore[attr-defined]
    except FormatError as error:
        raise BadValue(error.message) from error


def _length(field: str) -> int:
    return getattr(Supporter._meta.get_field(field), "max_length", None) or 0


CLEAN: Mapping[str, Callable[[str], str]] = {
    "name": name,
    "kind": kind,
    "reading": reading,
    "contact_name": lambda text: line(text, longest=_length("contact_name")),
    "postal_code": postal,
    "prefecture": prefecture,
    "address": lambda text: line(text, longest=_length("address")),
    "email": email,
    "phone": telephone,
    "household": household,
    "channel": channel,
    "legacy_number": legacy_number,
    "note": note,
}
"""The function for each text of `members.facts.SupporterFacts`."""
