"""Telephone numbers in their national form: a 0 first, ten or eleven digits, never twelve.

Japan's numbering plan (電気通信番号規則, Ministry of Internal Affairs): 050, 060, 070, 080 (so 0800), 090 and 020 numbers have
eleven digits, all others ten. A number typed with +81 has up to twelve digits, as a national ID number has; it is
turned into the national form before anything is stored.
"""

import re

from japanese.errors import FormatError, Reason
from japanese.plain import to_plain

_EXPECTED = "0から始まる10桁か11桁の電話番号（例：03-1234-5678）"
_TYPED = re.compile(r"[0-9+() .-]+")
_COUNTRY = re.compile(r"^\+\s*81[ .-]*(?:\(\s*0\s*\))?[ .-]*0?")
_ELEVEN = re.compile("0[256789]0")


def _national(text: str) -> str:
    plain = to_plain(re.sub(r"^\s*(?:TEL|電話)\s*[::]?", "", to_plain(text), flags=re.IGNORECASE))
    if not plain:
        raise FormatError(
            "電話番号が空です。電話番号を書いてください。", reason=Reason.EMPTY, expected=_EXPECTED
        )
    if not _TYPED.fullmatch(plain):
        raise FormatError(
            "電話番号に使えない文字があります。番号を1つだけ、数字とハイフンで書いてください。",
            reason=Reason.CHARACTERS,
            expected=_EXPECTED,
        )
    national = _COUNTRY.sub("0", plain)
    if "+" in national:
        raise FormatError(
            "日本の電話番号だけを登録できます。外国の番号は備考に書いてください。",
            reason=Reason.STRUCTURE,
            expected=_EXPECTED,
        )
    return re.sub(r"[() .-]+", "-", national).strip("-")


def compact(text: str) -> str:
    """Give the digits in national form: any width, hyphens, brackets and spaces dropped, +81 turned into 0.

    Raises FormatError: empty, characters (also for two numbers or an extension in one cell), structure
    (a foreign number).

    >>> compact('＋81-90-1234-5678')
    '09012345678'
    """
    return _national(text).replace("-", "")


def validate(text: str) -> str:
    """Give the digits of a number that fits the plan. Raises as `compact`, and FormatError (structure, length).

    >>> validate('03(1234)5678')
    '0312345678'
    """
    digits = compact(text)
    if not re.match(r"0[1-9]", digits) or digits.startswith("010"):
        raise FormatError(
            "電話番号が市外局番の0から始まっていません。表計算ソフトで先頭の0が消えていないか確かめてください。",
            reason=Reason.STRUCTURE,
            expected=_EXPECTED,
        )
    wanted = 11 if _ELEVEN.match(digits) else 10
    if len(digits) != wanted:
        raise FormatError(
            f"電話番号の桁数が合いません。この番号は{wanted}桁のはずです。市外局番から書いてください。",
            reason=Reason.LENGTH,
            expected=_EXPECTED,
        )
    return digits


def is_valid(text: str) -> bool:
    """Say whether `validate` accepts the text."""
    try:
        validate(text)
    except FormatError:
        return False
    return True


def format(text: str) -> str:  # noqa: A001  (the name every format of this room uses)
    """Write the number with a hyphen wherever a separator was typed, or digits only. Raises as `validate`.

    >>> format('+81 3 1234 5678'), format('０３１２３４５６７８')
    ('03-1234-5678', '0312345678')
    """
    validate(text)
    return _national(text)
