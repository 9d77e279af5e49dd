"""Two published rules, stated anew for comparison."""

import re

from stdnum.jp import in_

_TWELVE = re.compile(r"(?<!\d)\d{12}(?!\d)")
_FOURS = re.compile(r"(?<!\d)\d{4}[ .-]?\d{4}[ .-]?\d{4}(?!\d)")


def twelve_and_check(text: str) -> bool:
    """Twelve digits between other signs, checked by python-stdnum."""
    return any(in_.is_valid(match[0]) for match in _TWELVE.finditer(text))


def fours_and_check(text: str) -> bool:
    """Microsoft Purview's "Japan My Number - Personal" at low confidence: 4-4-4 with blank, dot or hyphen, checked."""
    return any(in_.is_valid(re.sub(r"[ .-]", "", match[0])) for match in _FOURS.finditer(text))
