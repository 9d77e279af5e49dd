"""A 組戻 takes an earlier transfer back: find the receipt it means.

The bank books the reversal as money out, with the payer's name; nothing in the row points at the first booking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from donations.matching.parse import parse
from donations.matching.suggestions import Evidence, ReversedReceipt
from japanese.names import comparison_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from donations.matching.lines import EarlierReceipt, Line

#: A transfer is taken back within weeks; older receipts are not looked at (days).
LONGEST_DAYS = 120
_MOST = 3


def find_reversed(line: Line, earlier: Sequence[EarlierReceipt]) -> list[ReversedReceipt]:
    """Return the receipts that this line may take back, likeliest first, at most three.

    Only receipts of exactly the amount paid out (or received, where the bank books a 取消 as a receipt), of the same day
    or up to ``LONGEST_DAYS`` before, and not taken back already, with a payer name that agrees at least in its beginning
    or differs by one sign; where the line names nobody, every receipt of that amount.
    """
    parsed = parse(line)
    amount = line.paid_out_yen or line.received_yen
    scored: list[tuple[float, int, ReversedReceipt]] = []
    for receipt in earlier:
        days = (line.booked_on - receipt.booked_on).days
        if receipt.received_yen != amount or receipt.is_reversed or not 0 <= days <= LONGEST_DAYS:
            continue
        name = _name_agrees(parsed.keys, comparison_key(receipt.payer_text)[1])
        if name is None:
            continue
        evidence, likeness = name
        score = likeness * (1.0 - days / (2 * LONGEST_DAYS))
        reasons = (
            evidence,
            Evidence("amount_same", f"{amount:,}円で、金額が同じです。", speaks_for=True),
            Evidence("days_before", _days_sentence(days), speaks_for=True),
        )
        scored.append((score, receipt.id, ReversedReceipt(receipt.id, score, reasons)))
    scored.sort(key=lambda row: (-row[0], row[1]))
    total = sum(score for score, _id, _found in scored[:_MOST]) + 0.05
    return [
        ReversedReceipt(found.receipt_id, score / total, found.evidence) for score, _id, found in scored[:_MOST]
    ]


def _name_agrees(keys: tuple[str, ...], receipt_key: str) -> tuple[Evidence, float] | None:
    """Return the reason and how much it counts (0 to 1); None where the names contradict."""
    if not keys:
        return Evidence("no_name", "この行には名前がありません。", speaks_for=False), 0.3
    if receipt_key in keys:
        return Evidence("name_same", "払込人名が同じです。", speaks_for=True), 1.0
    for key in keys:
        shorter, longer = sorted((key, receipt_key), key=len)
        if len(shorter) >= 4 and longer.startswith(shorter):
            return Evidence("name_cut", "払込人名のはじめの部分が同じです。", speaks_for=True), 0.6
        if len(shorter) >= 4 and OSA.distance(key, receipt_key, score_cutoff=1) <= 1:
            return Evidence("name_near", "払込人名が1文字だけ違います。", speaks_for=True), 0.5
    return None


def _days_sentence(days: int) -> str:
    return "同じ日の入金です。" if days == 0 else f"{days}日前の入金です。"
