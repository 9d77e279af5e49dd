"""The words of a receipt (領収書), checked before they may be printed: sums, state, and no claim of a tax deduction. Pure.

A receipt says who paid whom how much, when and for what; no form is prescribed (Civil Code 486, read 2026-11-23).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paper.address import Addressee
from paper.errors import WrongContent
from paper.issuer import Issuer

STATES = ("", "再発行", "無効", "控え")
HONORIFICS = ("様", "御中", "")
STAMP_DUTY_FROM_YEN = (
    50_000  # a receipt below needs no revenue stamp whoever issues it (stamp tax act, table 17)
)
NO_DEDUCTION = "この領収書に書かれたお金は、寄附金控除など税の優遇の対象ではありません。"
CLAIM = re.compile(
    r"寄[附付]金(?:特別|税額)?控除|寄[附付]金受領証明|税額控除|所得控除|税制優遇|税の優遇|確定申告|減税|税金が(?:安|戻|もど)"
)
DENIAL = re.compile(r"ません|ではない|ならない|できない|使えない|対象外")
CLAUSE_END = re.compile(r"[。\n]|が、|けれども?、|ただし")


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One payment or one part of it. `received_on` as it shall be printed; `amount_yen` > 0."""

    received_on: str
    purpose: str
    amount_yen: int


@dataclass(frozen=True, kw_only=True)
class ReceiptPage:
    """All words of one receipt, ready made. Dates and purposes are Japanese text; amounts are yen.

    `addressee_name` is the payer as written by the payer; it may differ from the person in the window. `honorific` is 様,
    御中 or empty.
    `state`: "", 再発行, 無効 or 控え; `state_note` stands beside it (the date of reissue, the reason). `total_yen` must be
    the sum of `lines`. `message` is a greeting, `notes` are sentences under the table. `deduction_note` denies tax
    deduction; any text that claims one is refused. `stamp_note` is printed from 50,000 yen on.

    Raises `WrongContent` naming the field.
    """

    number: str
    addressee: Addressee
    addressee_name: str
    honorific: str
    issued_on: str
    received_on: str
    lines: tuple[ReceiptLine, ...]
    total_yen: int
    purpose_line: str
    issuer: Issuer
    state: str = ""
    state_note: str = ""
    message: str = ""
    notes: tuple[str, ...] = field(default=())
    deduction_note: str = NO_DEDUCTION
    stamp_note: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise WrongContent("state", f"領収書の状態「{self.state}」は使えません。")
        if self.honorific not in HONORIFICS:
            raise WrongContent(
                "honorific", f"敬称「{self.honorific}」は使えません。様か御中を選んでください。"
            )
        if not self.lines or any(line.amount_yen <= 0 for line in self.lines):
            raise WrongContent("lines", f"領収書 {self.number} に、1円以上の内訳がありません。")
        found = sum(line.amount_yen for line in self.lines)
        if found != self.total_yen:
            raise WrongContent(
                "total_yen",
                f"領収書 {self.number} の合計 {self.total_yen:,}円が、内訳の合計 {found:,}円と合いません。",
            )
        for name, text in self._texts():
            _refuse_claims(name, text)

    def _texts(self) -> Sequence[tuple[str, str]]:
        return (
            ("purpose_line", self.purpose_line),
            ("state_note", self.state_note),
            ("message", self.message),
            ("stamp_note", self.stamp_note),
            ("deduction_note", self.deduction_note),
            ("issuer", f"{self.issuer.name} {self.issuer.contact}"),
            *(("notes", note) for note in self.notes),
            *(("lines", line.purpose) for line in self.lines),
        )


def _refuse_claims(name: str, text: str) -> None:
    for clause in CLAUSE_END.split(text):
        if CLAIM.search(clause) and not DENIAL.search(clause):
            raise WrongContent(
                name,
                f"「{clause.strip()}」は税の控除を受けられるという意味になります。"
                "この会の領収書には書けませんので、けしてください。",
            )
