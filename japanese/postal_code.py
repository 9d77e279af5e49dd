"""郵便番号: seven digits given out by Japan Post, written 123-4567 (form in use since 1998-02-02)."""

import re

from japanese.errors import FormatError, Reason
from japanese.plain import to_plain

_EXPECTED = "7桁の郵便番号（例：123-4567）"
_TYPED = re.compile(r"〒?\s*([0-9]{3})\s*-?\s*([0-9]{4})")


def compact(text: str) -> str:
    """Give the seven digits: any width, with or without 〒, hyphen and spaces around it.

    Raises FormatError: empty, length (a spreadsheet may have eaten a leading zero), structure.

    >>> compact('〒１２３－４５６７')
    '1234567'
    """
    plain = to_plain(text)
    if not plain:
        raise FormatError(
            "郵便番号が空です。7桁の数字を書いてください。", reason=Reason.EMPTY, expected=_EXPECTED
        )
    match = _TYPED.fullmatch(plain)
    if match:
        return match[1] + match[2]
    if re.fullmatch(r"[0-9]{1,6}|[0-9]{8,}", plain):
        raise FormatError(
            "郵便番号の桁数が7桁ではありません。表計算ソフトで先頭の0が消えていないか確かめてください。",
            reason=Reason.LENGTH,
            expected=_EXPECTED,
        )
    raise FormatError(
        "郵便番号の形ではありません。123-4567 の形で書いてください。",
        reason=Reason.STRUCTURE,
        expected=_EXPECTED,
    )


def validate(text: str) -> str:
    """Give the seven digits of a code that can exist. Raises as `compact`, and FormatError (range) for 000-…."""
    digits = compact(text)
    if digits.startswith("000"):
        raise FormatError(
            "000 で始まる郵便番号はありません。番号を確かめてください。",
            reason=Reason.RANGE,
            expected=_EXPECTED,
        )
    return digits


def is_valid(text: str) -> bool:
    """Say whether `validate` accepts the text. Whether the code is in use is not known here."""
    try:
        validate(text)
    except FormatError:
        return False
    return True


def format(text: str) -> str:  # noqa: A001  (the name every format of this room uses)
    """Write 123-4567. Raises as `compact`."""
    digits = compact(text)
    return f"{digits[:3]}-{digits[3:]}"
