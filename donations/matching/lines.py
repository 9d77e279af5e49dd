"""What goes into matching: the bank's line, what was read out of it, and receipts that a reversal may undo."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One bank line as the bank wrote it; exactly one of the two amounts is above zero (yen).

    ``payer_text`` is 詳細２ (or the name typed from a slip), ``message`` the 通信欄, ``channel`` the word in 詳細１.
    ``reading`` and ``identifiers`` are what only a slip has, in boxes of their own: フリガナ, and ("number" | "phone" |
    "postcode", value) as ``donations.matching.register.Identifier``.
    """

    id: int
    booked_on: date
    received_yen: int
    paid_out_yen: int
    payer_text: str
    message: str = ""
    channel: str = ""
    reading: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


class Form(StrEnum):
    """Where in the line a key was found; the order is that of strength."""

    WHOLE = "whole"  # the payer text as it stands
    TRIMMED = "trimmed"  # without ｶｲﾋ, a number, a year …
    BEFORE_TITLE = "before_title"  # the organisation in 「みどりの会 代表 山田花子」
    BENEFICIARY = "beneficiary"  # the person in 「佐藤一郎分」
    SWAPPED = "swapped"  # given name first
    AFTER_TITLE = "after_title"  # the person in 「みどりの会 代表 山田花子」
    IN_BRACKETS = "in_brackets"  # 田中花子（佐藤）
    JOINT_PART = "joint_part"  # one of 佐藤一郎・花子
    MENTIONED = "mentioned"  # a name in the message


STRONG_FORMS = frozenset({Form.WHOLE, Form.TRIMMED, Form.BEFORE_TITLE})


@dataclass(slots=True)
class ParsedLine:
    """What one line says, before anybody is looked up.

    ``forms`` holds (key, form) pairs, strongest first, each key once.  ``joint_keys`` has one entry for each named person,
    each with the keys under which that person may be known.  ``phones`` and ``postcodes`` hold digits only; ``identifiers``
    holds them and the numbers as (kind, value).
    ``stated_numbers``: the numbers that can be nothing but a supporter's.
    ``is_reversal``: 組戻, 取消, 返却.  ``is_bank_own``: the bank's own booking (fee, interest), no payer.
    ``on_behalf``: the payer text or the message says 「…分」; ``says_for_whom``: the message does.
    ``maybe_cut``: the text has a length at which banks cut names off.
    """

    line: Line
    core: str
    script: str
    forms: tuple[tuple[str, Form], ...]
    numbers: tuple[str, ...] = ()
    stated_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    joint_keys: tuple[tuple[str, ...], ...] = ()
    is_reversal: bool = False
    is_bank_own: bool = False
    is_joint: bool = False
    on_behalf: bool = False
    says_for_whom: bool = False
    maybe_cut: bool = False
    identifiers: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.identifiers = ()
        if self.numbers or self.phones or self.postcodes:
            found = {"number": self.numbers, "phone": self.phones, "postcode": self.postcodes}
            self.identifiers = tuple((kind, value) for kind, values in found.items() for value in values)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key to look up, strongest form first."""
        return tuple(key for key, _form in self.forms)


@dataclass(frozen=True, slots=True)
class EarlierReceipt:
    """Money that came in before, which a later 組戻 may take back.  ``is_reversed``: already taken back once."""

    id: int
    booked_on: date
    received_yen: int
    payer_text: str
    is_reversed: bool = False
