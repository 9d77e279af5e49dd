"""Amounts of yen: read from cells and forms, written for screens and receipts. Always whole `int` yen."""

import re
from enum import StrEnum

from japanese.errors import FormatError, Reason
from japanese.plain import to_plain

LARGEST_YEN = 999_999_999_999
"""Twelve digits: the widest amount field of the banks' record formats."""

_EXPECTED = "円の金額（例：1,000）"
_AMOUNT = re.compile(
    r"(?P<sign>[-+△▲])?(?P<mark>[¥\\金])?(?P<digits>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?P<yen>円)?(?P<end>也|-|※)?"
)
_DECIMALS = re.compile(r"[0-9,]*\.[0-9]*円?")


class AmountStyle(StrEnum):
    """How a receipt closes the amount, so that no digit can be added: ￥…－, ￥…※ or 金…円也."""

    DASH = "dash"
    KOME = "kome"
    KIN = "kin"


def parse_yen(text: str, *, allow_negative: bool = False) -> int:
    """Read yen: full or half width, commas in threes, ¥ ￥ 円, also the closed forms of receipts.

    A sign in front (- △ ▲) is refused unless `allow_negative`; a plus sign always. A dash behind is the closing
    mark of a receipt and is read only together with ¥ or 金. Raises FormatError: empty, decimals, sign,
    range (over LARGEST_YEN), characters.

    >>> parse_yen('￥１，０００－'), parse_yen('3,000円'), parse_yen('△500', allow_negative=True)
    (1000, 3000, -500)
    """
    plain = re.sub(r"\s", "", to_plain(text)).replace("、", ",")
    if not plain:
        raise FormatError("金額が空です。円の金額を書いてください。", reason=Reason.EMPTY, expected=_EXPECTED)
    if _DECIMALS.fullmatch(plain.lstrip("¥\\")):
        raise FormatError(
            "金額に小数点があります。円の整数で書いてください。", reason=Reason.DECIMALS, expected=_EXPECTED
        )
    match = _AMOUNT.fullmatch(plain)
    if match is None or (match["end"] and not match["mark"]):
        raise FormatError(
            "金額として読めない文字があります。数字とカンマだけで書いてください。",
            reason=Reason.CHARACTERS,
            expected=_EXPECTED,
        )
    if match["sign"] == "+" or (match["sign"] and not allow_negative):
        raise FormatError(
            "金額に符号が付いています。符号を付けずに書いてください。", reason=Reason.SIGN, expected=_EXPECTED
        )
    digits = match["digits"].replace(",", "").lstrip("0") or "0"
    if len(digits) > len(str(LARGEST_YEN)):
        raise FormatError(
            "金額の桁が多すぎます。桁を確かめてください。", reason=Reason.RANGE, expected=_EXPECTED
        )
    return -int(digits) if match["sign"] else int(digits)


def is_valid(text: str) -> bool:
    """Say whether `parse_yen` reads the text as an amount without a sign."""
    try:
        parse_yen(text)
    except FormatError:
        return False
    return True


def format_yen(amount_yen: int) -> str:
    """Write yen for a screen: 1,000円, -500円."""
    return f"{amount_yen:,}円"


def receipt_amount(amount_yen: int, style: AmountStyle = AmountStyle.DASH) -> str:
    """Write yen for a receipt, closed on both sides (receipts.md §1.1): ￥1,000－, ￥1,000※ or 金1,000円也.

    Raises FormatError (range) below one yen: there is no receipt for nothing.
    """
    if amount_yen < 1:
        raise FormatError(
            "領収書の金額は1円以上です。金額を確かめてください。", reason=Reason.RANGE, expected=_EXPECTED
        )
    if style is AmountStyle.KIN:
        return f"金{amount_yen:,}円也"
    return f"￥{amount_yen:,}{'－' if style is AmountStyle.DASH else '※'}"


def units_text(units: int) -> str:
    """Write a number of units: 2口. Raises FormatError (range) below one."""
    if units < 1:
        raise FormatError(
            "口数は1口以上です。口数を確かめてください。", reason=Reason.RANGE, expected="1以上の口数"
        )
    return f"{units:,}口"
