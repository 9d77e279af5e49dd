"""支援者番号: a serial number and one check digit, so that a slip of the pen is noticed.

The check digit is H. Michael Damm's (python-stdnum `stdnum.damm`): it finds every single wrong digit and every
swap of two neighbours. A number has 5 to 10 digits, never 12, so that none looks like a national ID number.
"""

import re

from stdnum import damm

SERIAL_DIGITS = 4
LARGEST_SERIAL = 999_999_999
_FORM = re.compile(r"(?:[0-9]{4}|[1-9][0-9]{4,8})[0-9]")


def supporter_number(serial: int) -> str:
    """Give the number of the `serial`-th supporter (from 1): at least four digits and the check digit.

    Raises ValueError outside 1 to 999,999,999.

    >>> supporter_number(1), supporter_number(12_345)
    ('00013', '123459')
    """
    if not 1 <= serial <= LARGEST_SERIAL:
        raise ValueError(f"A serial is 1 to {LARGEST_SERIAL}, not {serial}.")
    digits = f"{serial:0{SERIAL_DIGITS}d}"
    return digits + damm.calc_check_digit(digits)


def is_supporter_number(text: str) -> bool:
    """Say whether `text` has the form and the check digit of our numbers; nothing is folded or stripped.

    >>> is_supporter_number("00013"), is_supporter_number("00014"), is_supporter_number("0013")
    (True, False, False)
    """
    return _FORM.fullmatch(text) is not None and int(text[:-1]) > 0 and damm.is_valid(text)
