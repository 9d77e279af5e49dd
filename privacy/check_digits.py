"""The arithmetic that tells numbers apart. Every function takes ASCII digits without gaps."""

import re

from stdnum import ean, luhn
from stdnum.jp import cn, in_

_CARD_HEAD = re.compile(r"(?:[45]|2[2-7]|35|6[025])[0-9]*(?<=\A[0-9]{16})\Z|3[0467-9][0-9]{12,13}\Z")
"""The issuers of cards that are used in Japan, 16 digits, and those of 14 or 15 digits."""


def is_individual_number(digits: str) -> bool:
    """Whether twelve digits carry the check digit of a 個人番号 (総務省令第85号 of 2014, article 5).

    A row of twelve digits that is something else passes one time in ten.

    >>> is_individual_number("123456789018")
    True
    >>> is_individual_number("123456789012")
    False
    """
    return len(digits) == 12 and in_.calc_check_digit(digits[:11]) == digits[11]


def is_corporate_number(digits: str) -> bool:
    """Whether thirteen digits carry the check digit of a 法人番号, which is public and allowed.

    >>> is_corporate_number("5835678256246")
    True
    """
    return len(digits) == 13 and cn.calc_check_digit(digits[1:]) == digits[0]


def is_card_number(digits: str) -> bool:
    """Whether 14 to 16 digits begin like a payment card and pass Luhn's check (ISO/IEC 7812).

    >>> is_card_number("4111111111111111")
    True
    """
    return _CARD_HEAD.match(digits) is not None and bool(luhn.is_valid(digits))


def is_parcel_number(digits: str) -> bool:
    """Whether twelve digits end in the check digit of the parcel carriers (first eleven, modulo 7).

    >>> is_parcel_number("123456789014"), is_parcel_number("123456789018")
    (False, False)
    """
    return int(digits[:11]) % 7 == int(digits[11])


def is_product_or_card_number(digits: str) -> bool:
    """Whether twelve digits carry the check digit of a product (GTIN-12) or pass Luhn's check.

    >>> is_product_or_card_number("123456789012"), is_product_or_card_number("123456789018")
    (True, False)
    """
    return bool(ean.is_valid(digits)) or bool(luhn.is_valid(digits))
