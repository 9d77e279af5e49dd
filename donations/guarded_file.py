"""A bank file as it may be kept for a moment: read whole, its digest taken, every number of a person blanked."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from django.db import models

from donations import bankfiles
from donations.bankfiles.column_mapping import ColumnMapping
from donations.bankfiles.statement import Statement, StatementLine
from donations.models import Transaction
from privacy.errors import NationalIdRefused
from privacy.fields import refuse_too_long
from privacy.national_ids import MARK, FieldClass, Level, blank, redact, scan, scan_column

TEXT_CELLS: Mapping[str, str] = {
    "detail_1": "詳細１",
    "detail_2": "詳細２",
    "message": "通信欄",
    "external_id": "入出金明細ＩＤ",
}
TYPED_BY_PAYERS = ("detail_2", "message")
FEWEST_DIGITS = 9
"""A number of twelve digits that lost its leading zeros keeps at least so many."""


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A cell that held a number: the index in `statement.lines`, the file's line, the column; never the number."""

    index: int
    line: int
    column: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardedFile:
    """`statement` holds no blocked number any more; `numbers` says where they stood.

    `doubts` are cells with twelve digits that may be such a number or another one; they are left as they are.
    """

    statement: Statement
    sha256: bytes
    numbers: tuple[FoundNumber, ...] = ()
    doubts: tuple[FoundNumber, ...] = ()

    def numbers_in(self, rows: Iterable[int]) -> tuple[FoundNumber, ...]:
        """The numbers that stood in these rows of `statement.lines`."""
        wanted = frozenset(rows)
        return tuple(number for number in self.numbers if number.index in wanted)

    def doubts_in(self, rows: Iterable[int]) -> tuple[FoundNumber, ...]:
        """The doubtful numbers that stand in these rows."""
        wanted = frozenset(rows)
        return tuple(doubt for doubt in self.doubts if doubt.index in wanted)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What was found in a text, and the text without it."""

    rules: tuple[str, ...]
    is_blocked: bool
    blanked: str


class NumberInStatement(NationalIdRefused):
    """The file holds numbers of persons and nobody agreed yet to blank them. `line` and `column` are the first's."""

    code = "national_id_in_statement"

    def __init__(self, numbers: Sequence[FoundNumber]) -> None:
        first = numbers[0]
        rules = [rule for number in numbers for rule in number.rules]
        super().__init__(f"{first.line}行目の{first.column}", rules, line=first.line, column=first.column)
        others = f"同じような所が、ほかに{len(numbers) - 1}か所あります。" if len(numbers) > 1 else ""
        self.message = (
            f"{first.line}行目の「{first.column}」に、国が個人に付けた番号らしい数字があります。{others}"
            "何も取り込んでいません。「番号だけ消して取り込む」を選ぶと、"
            "番号を消して、お金の行はそのまま取り込みます。"
        )
        self.args = (self.message,)


def read_guarded(
    *, data: bytes, file_name: str = "", today: date | None = None, mappings: Sequence[ColumnMapping] = ()
) -> GuardedFile:
    """Read the file and blank what must not be stored. `data` may be forgotten afterwards.

    `today` decides what a year of two digits means (全銀 files); `mappings` are asked beside the readers.
    Raises `donations.bankfiles.errors.BankFileError` with the line, the column and a guarded text; `Refused` "too_long"
    for a cell that no bank writes so long.
    """
    statement = bankfiles.read(data, file_name=file_name, guard=redact, today=today, mappings=mappings)
    refuse_long_cells(statement.lines)
    return guard(statement, sha256=hashlib.sha256(data).digest())


def guard(statement: Statement, *, sha256: bytes) -> GuardedFile:
    """Blank every number that is certainly a person's, and name the places of the doubtful ones.

    A column whose bare numbers all pass the check digit is certain as a whole (privacy.md §3.3). Each different text
    of a column is looked at once.
    """
    judged = {cell: found for cell in TEXT_CELLS if (found := _judged(statement.lines, cell))}
    lines: list[StatementLine] = []
    numbers: list[FoundNumber] = []
    doubts: list[FoundNumber] = []
    for index, line in enumerate(statement.lines if judged else ()):
        changed: dict[str, str] = {}
        for cell, found in judged.items():
            judgement = found.get(getattr(line, cell))
            if judgement is None:
                continue
            place = FoundNumber(index, line.line_number, TEXT_CELLS[cell], judgement.rules)
            if judgement.is_blocked:
                numbers.append(place)
                changed[cell] = judgement.blanked
            else:
                doubts.append(place)
        lines.append(replace(line, **changed) if changed else line)  # type: ignore[arg-type]
    as_written = blank(statement.account_as_written, FieldClass.FREE_TEXT)[0]
    guarded = replace(statement, lines=tuple(lines) if judged else statement.lines, account_as_written=as_written)
    return GuardedFile(guarded, sha256, tuple(numbers), tuple(doubts))


def _judged(lines: Sequence[StatementLine], cell: str) -> dict[str, "_Judgement"]:
    """Each text of a column in which a number was found."""
    texts = set(map(attrgetter(cell), lines))
    rule = _refused_column(lines, cell, texts) if cell in TYPED_BY_PAYERS else ""
    judged = {}
    for text in texts:
        if rule and _may_be_bare(text):
            judged[text] = _Judgement((rule,), is_blocked=True, blanked=MARK)
        elif findings := scan(text, FieldClass.FREE_TEXT):
            blocked = tuple(finding.rule for finding in findings if finding.level is Level.BLOCK)
            rules = blocked or tuple(finding.rule for finding in findings)
            blanked = blank(text, FieldClass.FREE_TEXT, warn=True)[0] if blocked else text
            judged[text] = _Judgement(rules, is_blocked=bool(blocked), blanked=blanked)
    return judged


def without_doubts(file: GuardedFile) -> GuardedFile:
    """The same file with the doubtful numbers blanked too; afterwards they count as numbers found."""
    if not file.doubts:
        return file
    cells = {column: cell for cell, column in TEXT_CELLS.items()}
    lines = list(file.statement.lines)
    for doubt in file.doubts:
        cell = cells[doubt.column]
        text = blank(getattr(lines[doubt.index], cell), FieldClass.FREE_TEXT, warn=True)[0]
        lines[doubt.index] = replace(lines[doubt.index], **{cell: text})  # type: ignore[arg-type]
    numbers = tuple(sorted((*file.numbers, *file.doubts), key=lambda number: number.index))
    return replace(file, statement=replace(file.statement, lines=tuple(lines)), numbers=numbers, doubts=())


def refuse_long_cells(lines: Sequence[StatementLine]) -> None:
    fields = {cell: Transaction._meta.get_field(cell) for cell in TEXT_CELLS}
    most = {cell: field.max_length or 0 for cell, field in fields.items() if isinstance(field, models.CharField)}
    longest = {cell: max(map(len, map(attrgetter(cell), lines)), default=0) for cell in most}
    too_long = [cell for cell in most if longest[cell] > most[cell]]
    for line in lines if too_long else ():
        for cell in too_long:
            refuse_too_long(getattr(line, cell), most=most[cell], column=TEXT_CELLS[cell], line=line.line_number)


def _refused_column(lines: Sequence[StatementLine], cell: str, texts: Set[str]) -> str:
    """The rule by which the bare numbers of a column are persons' numbers, '' when they are not."""
    bare = set(filter(_may_be_bare, texts))
    found = scan_column([text for line in lines if (text := getattr(line, cell)) in bare]) if bare else None
    return found.rule if found and found.level is Level.BLOCK else ""


def _may_be_bare(text: str) -> bool:
    """Whether a cell holds hardly anything but digits."""
    digits = sum(map(str.isnumeric, text)) if len(text) >= FEWEST_DIGITS else 0
    return digits >= FEWEST_DIGITS and digits * 2 >= len(text)
