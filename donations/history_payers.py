"""Whom the numbers in a ledger of earlier years mean: ours, or those of the group's older list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from donations.history_columns import HEADERS
from donations.history_file import HistoryRow
from members.errors import RowProblem
from members.models import Supporter


@dataclass(frozen=True, slots=True)
class HistoryPayers:
    """`ids[i]` are the supporters of row i, none for a one-off giver; `problems` name the numbers nobody has."""

    ids: tuple[tuple[int, ...], ...]
    problems: tuple[RowProblem, ...]


def find_payers(rows: Sequence[HistoryRow]) -> HistoryPayers:
    """Look every number up: as it stands, else without the leading zeros that a spreadsheet drops.

    支援者番号 comes before 前の番号. A number that fits two supporters without its zeros is a problem.
    """
    exact, bare = _numbers_of_all()
    found, problems = [], []
    for row in rows:
        ids: dict[int, None] = {}
        for number in row.numbers:
            owners = exact.get(number) or bare.get(number.lstrip("0"), ())
            if len(owners) == 1:
                ids[owners[0]] = None
            else:
                problems.append(RowProblem(row.line, HEADERS["numbers"], _sentence(number, owners)))
        found.append(tuple(ids))
    return HistoryPayers(tuple(found), tuple(problems))


def _numbers_of_all() -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
    exact: dict[str, list[int]] = {}
    bare: dict[str, list[int]] = {}
    rows = Supporter.objects.order_by("pk").values_list("pk", "number", "legacy_number")
    known = list(rows)
    for pk, number, _older in known:
        exact[number] = [pk]
    for pk, number, older in known:
        if older:
            exact.setdefault(older, [pk])
        for one in dict.fromkeys((number.lstrip("0"), older.lstrip("0"))):
            if one:
                bare.setdefault(one, []).append(pk)
    return exact, bare


def _sentence(number: str, owners: Iterable[int]) -> str:
    if not list(owners):
        return _(
            "支援者番号「%(number)s」の人は名簿にいません。先に名簿を取り込むか、番号を直してください。支援者でない人なら、番号を空にしてください。"
        ) % {"number": number}
    return _("番号「%(number)s」は、2人以上に当てはまります。先頭の0も含めて、番号を全部書いてください。") % {"number": number}
