"""How the 全銀 files write an account: 銀行コード-支店コード-預金種目-口座番号, such as 9900-019-2-0000729745.

Banks and branches are looked up in `zengin-code` (the official list as of its release); its names leave out 銀行 and
支店 and shorten 信用金庫 to 信金.
"""

import re
import unicodedata
from typing import NamedTuple

KINDS_OF_ACCOUNT = {"1": "普通", "2": "当座", "4": "貯蓄"}

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{3})-([124])-([0-9]{7,10})")
_SHORTER = (("信用金庫", "信金"), ("信用組合", "信組"))
_LEFT_OUT = re.compile(r"^株式会社|銀行$|支店$|出張所$|\s")
_DIGITS = re.compile(r"[0-9]+")


class ZenginAccount(NamedTuple):
    """Four digits, three digits, 1 普通 / 2 当座 / 4 貯蓄, and the number without leading zeros."""

    bank_code: str
    branch_code: str
    kind: str
    number: str

    @property
    def deposit_type(self) -> str:
        return KINDS_OF_ACCOUNT[self.kind]

    def is_at(self, bank_name: str, branch_name: str) -> bool | None:
        """Whether a bank and a branch, typed by a person as names or codes, are those of this account.

        None: the list of banks does not know them, or only one of the two is the same; names may have changed.
        """
        bank, branch = _names(self.bank_code, self.branch_code)
        same = (_is_same(bank_name, self.bank_code, bank), _is_same(branch_name, self.branch_code, branch))
        if all(same):
            return True
        return None if any(same) or not bank or not branch else False


def parse(as_written: str) -> ZenginAccount | None:
    """The account, None for any other spelling.

    >>> parse("9900-019-2-0000729745")
    ZenginAccount(bank_code='9900', branch_code='019', kind='2', number='729745')
    """
    match = _WRITTEN.fullmatch(as_written)
    return ZenginAccount(match[1], match[2], match[3], match[4].lstrip("0")) if match else None


def _names(bank_code: str, branch_code: str) -> tuple[str, str]:
    """Loaded at the first use: the package reads every bank of Japan (0.3 s)."""
    from zengin_code import Bank

    bank = Bank.all.get(bank_code)
    branch = bank.branches.get(branch_code) if bank else None
    return (bank.name if bank else "", branch.name if branch else "")


def _is_same(typed: str, code: str, name: str) -> bool:
    text = unicodedata.normalize("NFKC", typed)
    if code in _DIGITS.findall(text):
        return True
    return bool(name) and _short(text) == _short(name)


def _short(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    for long, short in _SHORTER:
        text = text.replace(long, short)
    return _LEFT_OUT.sub("", text)
