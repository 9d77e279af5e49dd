"""The words of the alignment: a row of the ledger, the answer, and the two ways a file may not fit."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SAME_SIGN = str.maketrans({**dict.fromkeys("−‐‑‒–—―ーｰ", "-"), **dict.fromkeys(" \u3000\xa0\t")})


Days = tuple[date, date]
"""First and last day, both included; the last may be the day before the first: from that morning, no day whole yet."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of an account, in the bank's order; `balance_yen` after the row, None where the bank gives none.

    `is_erased`: its words were erased with a supporter; any words of the bank are those of this row.
    """

    booked_on: date
    received_yen: int
    paid_out_yen: int
    detail_1: str
    detail_2: str
    balance_yen: int | None
    external_id: str = ""
    is_erased: bool = False

    @property
    def net_yen(self) -> int:
        """What the row adds to the balance."""
        return self.received_yen - self.paid_out_yen


class Proof(StrEnum):
    """What shows that nothing is missing and nothing comes twice.

    `FIRST`: nothing was stored before. `OVERLAP`: rows of both are equal, balances too. `BALANCE`: no common row, but
    the balance goes on exactly. `COUNT`: no balances; identical rows were counted, a gap cannot be seen.
    """

    FIRST = "first"
    OVERLAP = "overlap"
    BALANCE = "balance"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Gap:
    """Between the rows of day `before` and those of day `after`, rows of together `yen` are missing.

    `yen` 0 means that the balances meet but that no file covers the days between.
    """

    yen: int
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """The bank now tells days that are stored otherwise.

    The first difference: the stored row of day `before` stands against row `new_index` of the file, of day `after`.
    `yen`: balance in the file minus stored balance at the end of that day or, where that is 0, of the last shared day;
    0 in both when only the order changed.
    """

    yen: int
    before: date
    after: date
    new_index: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of a file is new, and where it goes.

    `new_rows`: indexes into the file, in order. `insert_before`: for each of them the index of the stored row it goes
    before; the number of stored rows means the end. `known`: (file index, stored index). `wording_changed`: those of
    `known` whose text differs by more than width, blanks and dashes; `numbers_changed`: those whose 明細ＩＤ differs.
    With a `problem` nothing may be stored and every list is empty. `accepted`: the gap that the caller accepted.
    `unproven`: last stored and first new day, where nothing shows that no row is missing between them.
    """

    new_rows: tuple[int, ...] = ()
    insert_before: tuple[int, ...] = ()
    known: tuple[tuple[int, int], ...] = ()
    wording_changed: tuple[tuple[int, int], ...] = ()
    numbers_changed: tuple[tuple[int, int], ...] = ()
    problem: Gap | HistoryChanged | None = None
    proof: Proof | None = None
    accepted: Gap | None = None
    unproven: tuple[date, date] | None = None

    @property
    def prepend(self) -> bool:
        """True when there are new rows and all of them are older than everything stored."""
        return bool(self.new_rows) and not any(self.insert_before) and self.proof is not Proof.FIRST


def wording(row: LedgerRow) -> tuple[str, str]:
    """The details for comparing: full and half width alike, no blanks, every dash the same."""
    return _plain(row.detail_1), _plain(row.detail_2)


def _plain(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    return unicodedata.normalize("NFKC", text).translate(_SAME_SIGN)


def changes(
    known: Sequence[tuple[int, int]], stored: Sequence[LedgerRow], new: Sequence[LedgerRow]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Of the known pairs, those with another wording and those with another number of the bank."""
    words = tuple(
        (i, j)
        for i, j in known
        if not stored[j].is_erased and _texts(new[i]) != _texts(stored[j]) and wording(new[i]) != wording(stored[j])
    )
    numbers = tuple(
        (i, j)
        for i, j in known
        if new[i].external_id and stored[j].external_id and new[i].external_id != stored[j].external_id
    )
    return words, numbers


def _texts(row: LedgerRow) -> tuple[str, str]:
    return row.detail_1, row.detail_2
