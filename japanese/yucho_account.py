"""記号番号 of Japan Post Bank accounts, and what other banks need in their place.

A 振替口座 is written 0abcd-n-zzzzzz, a 総合口座 1abcd-zzzzzzz1. The fifth digit is 0, the fourth is a check digit over
the rest (formats.md §2: holds for 60 of 60 public numbers; rule after an MIT-licensed converter, read 2026-11-23).
The digit n between the parts has no known rule: it is kept and printed, never checked, and may be absent.

The spelling with hyphens is the only one this module gives back: without them a number may have twelve digits and
look like a national ID number.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from japanese.errors import FormatError, Reason
from japanese.plain import to_plain

BANK_CODE = "9900"

_EXPECTED = "ゆうちょ銀行の記号番号（例：00100-2-729745）"
_GROUPS = re.compile(r"[ -]+")
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_LABELS = re.compile("ゆうちょ銀行|お客さま|口座|記号|番号|店番|店名|支店|店|当座|普通|預金|[::()/]")
_SYMBOL = re.compile(r"[01][0-9]{3}0")


class YuchoAccount(NamedTuple):
    """記号 (5 digits), the digit between (one digit or ''), 番号 (without leading zeros)."""

    symbol: str
    middle: str
    number: str

    @property
    def is_transfer_account(self) -> bool:
        """Whether this is a 振替口座; else a 総合口座."""
        return self.symbol.startswith("0")

    def __str__(self) -> str:
        return "-".join(part for part in self if part)


class TransferAccount(NamedTuple):
    """What a transfer from another bank asks for. `deposit_type` is 当座 or 普通, `number` has seven digits."""

    bank_code: str
    branch_code: str
    branch_name: str
    branch_kana: str
    deposit_type: str
    number: str


def check_digit(symbol: str, number: str) -> str:
    """Give the digit that belongs in the fourth place of the 記号; what stands there now does not count.

    >>> check_digit('00100', '729745'), check_digit('14080', '12712721')
    ('0', '8')
    """
    total = 0
    for place, char in enumerate(f"{symbol[:3]}0{symbol[4]}{number:0>8}"):
        digit = int(char)
        total += (digit, 3 * digit, 2 * digit - (9 if digit >= 5 else 0))[place % 3]
    return str(total % 10)


def parse(text: str) -> YuchoAccount:
    """Read a 記号番号: any width, any dash or space, missing hyphens, leading zeros, with or without the middle digit.

    Where the hyphens leave two readings (does the 番号 start with the middle digit?), the check digit decides: one more
    digit in front changes the sum unless it is 0, so at most one 番号 passes.
    Raises FormatError: empty, characters, structure, check_digit, unknown_branch.
    """
    account = next(filter(_passes, _readings(text)), None)
    if account is None:
        raise FormatError(
            "記号番号の数字が合いません。どこかの数字が違うようです。通帳や払込取扱票と見比べてください。",
            reason=Reason.CHECK_DIGIT,
            expected=_EXPECTED,
        )
    if _transfer_key(account)[0] not in _branches():
        raise FormatError(
            "この記号にあたるゆうちょ銀行の店がありません。記号の2桁目と3桁目を確かめてください。",
            reason=Reason.UNKNOWN_BRANCH,
            expected=_EXPECTED,
        )
    return account


def compact(text: str) -> str:
    """Give the one spelling used here, 00100-2-729745. Raises as `parse`: only the check digit makes the cut certain.

    >>> compact('００１００‐２ ７２９７４５')
    '00100-2-729745'
    """
    return str(parse(text))


validate = compact
format = compact  # noqa: A001  (the name every format of this room uses)


def is_valid(text: str) -> bool:
    """Say whether `parse` reads the text."""
    try:
        parse(text)
    except FormatError:
        return False
    return True


def transfer_account(text: str) -> TransferAccount:
    """Give 店番, 店名, 預金種目 and 口座番号 for transfers from other banks. Raises as `parse`.

    >>> transfer_account('00100-2-729745')[1:]
    ('019', '〇一九', 'ゼロイチキユウ', '当座', '0729745')
    """
    account = parse(text)
    branch_code, number = _transfer_key(account)
    name, kana = _branches()[branch_code]
    deposit_type = "当座" if account.is_transfer_account else "普通"
    return TransferAccount(BANK_CODE, branch_code, name, kana, deposit_type, number)


def _passes(account: YuchoAccount) -> bool:
    return account.symbol[3] == check_digit(account.symbol, account.number)


def same_account(ours: str, found: str) -> bool | None:
    """Say whether the account number a bank file shows (お客さま口座番号) is `ours`.

    True: it is, in any known spelling (記号番号 with or without hyphens, middle digit or padding, or 店番 and 口座番号).
    False: it reads as another account, check digit included. None: the form is unknown (masked, cut, new): ask a person.
    Raises as `parse` if `ours` is not a 記号番号.

    >>> same_account('00100-2-729745', '00100-20729745'), same_account('00100-2-729745', '00100-****')
    (True, None)
    """
    account = parse(ours)
    plain = _LABELS.sub(" ", to_plain(found).translate(_KANJI_DIGITS)).strip(" -")
    if not re.fullmatch(r"[0-9][0-9 -]*", plain):
        return None
    groups = _GROUPS.split(plain)
    if len(groups) > 2 and groups[0] == BANK_CODE:
        del groups[0]
    if len(groups) == 2 and len(groups[0]) == 3:
        return _same_transfer_account(account, *groups)
    if len(groups) == 1 and groups[0] == "".join(_transfer_key(account)):
        return True
    try:
        readings = list(_readings("-".join(groups)))
    except FormatError:
        return None
    if any((reading.symbol, reading.number) == (account.symbol, account.number) for reading in readings):
        return True
    # Another account is certain only where the check digit holds; else it may be a form nobody has seen yet.
    return False if any(map(_passes, readings)) else None


def _same_transfer_account(ours: YuchoAccount, branch_code: str, number: str) -> bool | None:
    if branch_code not in _branches() or len(number) > 10:
        return None
    return (branch_code, number.lstrip("0").zfill(7)) == _transfer_key(ours)


def _transfer_key(account: YuchoAccount) -> tuple[str, str]:
    """Give (店番, 口座番号 in seven digits); a 総合口座 loses the 1 at its end."""
    if account.is_transfer_account:
        return account.symbol[1:3] + "9", account.number.zfill(7)
    return account.symbol[1:3] + "8", account.number[:-1].zfill(7)


@cache
def _branches() -> dict[str, tuple[str, str]]:
    """店番 → (店名, kana) of the bank. Loaded at the first use: the package reads every bank of Japan (0.3 s)."""
    from zengin_code import Bank

    return {code: (branch.name, branch.kana) for code, branch in Bank.all[BANK_CODE].branches.items()}


def _readings(text: str) -> Iterator[YuchoAccount]:
    """Give every way to cut the digits into 記号, middle digit and 番号 that has the right shape."""
    plain = to_plain(text)
    if not plain:
        raise FormatError(
            "記号番号が空です。記号番号を書いてください。", reason=Reason.EMPTY, expected=_EXPECTED
        )
    if not re.fullmatch(r"[0-9][0-9 -]*[0-9]", plain):
        raise FormatError(
            "記号番号に使えない文字があります。数字とハイフンで書いてください。",
            reason=Reason.CHARACTERS,
            expected=_EXPECTED,
        )
    first, *rest = _GROUPS.split(plain)
    if not rest:
        first, rest = first[:5], [first[5:]]
    cuts = _cuts(rest) if _SYMBOL.fullmatch(first) else []
    accounts = [YuchoAccount(first, middle, number.lstrip("0")) for middle, number in cuts]
    accounts = [account for account in accounts if _has_number_shape(account)]
    if not accounts:
        raise FormatError(
            "記号番号の形ではありません。00100-2-729745 か 14030-12345671 のように書いてください。",
            reason=Reason.STRUCTURE,
            expected=_EXPECTED,
        )
    yield from accounts


def _cuts(rest: list[str]) -> list[tuple[str, str]]:
    if len(rest) == 2 and len(rest[0]) == 1:
        return [(rest[0], rest[1])]
    if len(rest) == 1:
        return [("", rest[0]), (rest[0][:1], rest[0][1:])]
    return []


def _has_number_shape(account: YuchoAccount) -> bool:
    if account.is_transfer_account:
        return 1 <= len(account.number) <= 7
    return 2 <= len(account.number) <= 8 and account.number.endswith("1")
