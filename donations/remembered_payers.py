"""Under which text the payer of a confirmed row is remembered: the bank's, or that of the slips that hang on it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from donations.bank_lines import line_of, line_of_slip, whole_slip
from donations.matching.learned import learned_key
from donations.matching.lines import Line
from donations.matching.parse import parse
from donations.models import Slip, Transaction
from donations.slips import slips_of
from japanese.names import comparison_key

YenOfPayers = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Remembered:
    """`text` stands for these supporters together (none of them: nobody of ours); `last_text` is the whole text it came from."""

    row: Transaction
    text: str
    supporter_ids: tuple[int, ...]
    last_text: str


def remembered_payers(given: Sequence[tuple[Transaction, YenOfPayers]]) -> list[Remembered]:
    """What confirming these rows teaches: {supporter: yen} for each row (None: an anonymous gift).

    Of a daily sum each slip teaches by itself where its yen say whose it is; a row without a name teaches nothing.
    One query for 500 rows.
    """
    slips = slips_of(row for row, _payers in given)
    return [one for row, payers in given for one in _of_row(row, payers, slips.get(row.pk, ()))]


def _of_row(row: Transaction, payers: YenOfPayers, slips: Sequence[Slip]) -> Iterator[Remembered]:
    everybody = tuple(one for one in payers if one is not None)
    if len(slips) < 2:
        lines = [(line_of(row, whole_slip(slips)), everybody)]
    else:
        lines = [(line_of_slip(row, slip), (payer,)) for slip, payer in _by_yen(slips, payers)]
    for line, ids in lines:
        if text := remembered_text(line):
            yield Remembered(row, text, ids, line.payer_text)


def _by_yen(slips: Sequence[Slip], payers: YenOfPayers) -> Iterator[tuple[Slip, int]]:
    """The slips whose yen are those of one supporter, and of no other slip or payer."""
    of_slips = Counter(slip.amount_yen for slip in slips)
    of_payers = Counter(payers.values())
    whose = {yen: payer for payer, yen in payers.items()}
    for slip in slips:
        yen = slip.amount_yen
        payer = whose.get(yen)
        if payer is not None and of_slips[yen] == of_payers[yen] == 1 and not slip.text_was_erased:
            yield slip, payer


def remembered_text(line: Line) -> str:
    """The payer text of a line without numbers and purpose words; "" for none."""
    key = learned_key(parse(line))
    return line.payer_text if comparison_key(line.payer_text)[1] == key else key
