"""Readers of bank files: bytes in, one frozen `Statement` or one typed error out. Pure: no Django, clock or network.

One file per format, all of one shape: `FORMAT` (fixed word), `NAME` (for people), `claims(data)` (cheap) and
`read(data, source)`. Every reader is asked; exactly one must claim the file.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from donations.bankfiles import unknown_files, yucho_direct_csv, zengin_01, zengin_03
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.errors import AmbiguousFormat, Guard, TooLarge, drop_long_numbers
from donations.bankfiles.mapped_csv import MappedCsv
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Statement

MOST_BYTES = 20 * 1024 * 1024
"""A full ZIP of the bank unpacks to about 4 MB."""


class Reader(Protocol):
    """One format."""

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """The fixed word stored with a statement, such as `yucho_direct_csv`."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What the treasurer calls it."""

    def claims(self, data: bytes) -> bool:
        """True when the beginning of `data` looks like this format; must not raise."""
        ...

    def read(self, data: bytes, source: Source) -> Statement:
        """The whole statement, or a `BankFileError`."""
        ...


READERS: tuple[Reader, ...] = (yucho_direct_csv, zengin_03, zengin_01)


def read(
    data: bytes,
    *,
    file_name: str = "",
    guard: Guard = drop_long_numbers,
    today: date | None = None,
    mappings: Sequence[ColumnMapping] = (),
) -> Statement:
    """The statement in `data`.

    `guard` redacts every text that an error or a warning quotes. `file_name` is only quoted.
    `today` decides which era the two-digit year of a 全銀 file means; None takes 令和.
    `mappings` are the CSVs whose columns the treasurer has named; each is asked like a reader.
    Raises a `BankFileError`: `UnknownFormat`, `AmbiguousFormat`, `TooLarge`, or what the reader raises.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(
            f"ファイルが大きすぎます（{MOST_BYTES // 1024**2}MBまで）。",
            next_step="期間を短く区切ってダウンロードし、順に取り込んでください。",
            file=file_name,
            guard=guard,
        )
    readers: tuple[Reader, ...] = (*READERS, *map(MappedCsv, mappings))
    claiming = [reader for reader in readers if reader.claims(data)]
    if not claiming:
        raise unknown_files.refusal(data, names=_names(readers), file_name=file_name, guard=guard)
    if len(claiming) > 1:
        raise AmbiguousFormat(
            f"このファイルは、{_names(claiming)}のどれにも見えます。",
            next_step="どの口座のファイルかを選んで、もう一度読ませてください。使わない列の形は「列の名前」のページでやめられます。",
            file=file_name,
            guard=guard,
        )
    return claiming[0].read(data, Source(file_name, guard, today))


def _names(readers: Sequence[Reader]) -> str:
    return "、".join(reader.NAME for reader in readers)
