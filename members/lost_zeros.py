"""Give back the leading zero that a spreadsheet takes from postal codes and phone numbers, where it is certain."""

import re

from japanese.plain import to_plain

_SIX = re.compile(r"[0-9]{6}")
_NINE_OR_TEN = re.compile(r"[1-9][0-9]{8,9}")


def restore_postal_code(text: str) -> str | None:
    """Give the seven digits for six bare ones; None where nothing is to be restored or it would be a guess.

    Five digits may have lost two zeros or be a code of before 1998: not restored.

    >>> restore_postal_code("600001"), restore_postal_code("10010"), restore_postal_code("150-0002")
    ('0600001', None, None)
    """
    plain = to_plain(text)
    return f"0{plain}" if _SIX.fullmatch(plain) else None


def restore_phone(text: str) -> str | None:
    """Give the number with its 0 for nine or ten bare digits that do not start with 0; else None.

    >>> restore_phone("312345678"), restore_phone("9012345678"), restore_phone("03-1234-5678")
    ('0312345678', '09012345678', None)
    """
    plain = to_plain(text)
    return f"0{plain}" if _NINE_OR_TEN.fullmatch(plain) else None
