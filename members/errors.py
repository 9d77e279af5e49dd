"""Refusals that name every row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.models import Supporter
from privacy.errors import Refused

SHOWN_IN_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken: its line in the file, the header of the column, a full sentence.

    `rules` are ids out of `privacy.national_ids.RULES` where a national ID number is the reason.
    """

    line: int
    column: str
    message: str
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For `--json`: {"line", "column", "message"}."""
        return {"line": self.line, "column": self.column, "message": self.message}


class RowsRefused(Refused):
    """Rows of a file were refused, so nothing of it was stored. `problems` names all of them, by line.

    `line` and `column` are those of the first. `rows` is the list for `--json`.
    """

    code = "rows_refused"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        self.rows = [problem.as_json() for problem in self.problems]
        first = self.problems[0]
        super().__init__(
            _("直すところが%(count)dか所あります。何も取り込んでいません。ファイルを直して、もう一度選んでください。")
            % {"count": len(self.problems)},
            line=first.line,
            column=first.column,
        )

    @property
    def national_ids(self) -> list[tuple[str, tuple[str, ...]]]:
        """(place, rules) of the problems that are national ID numbers, for the refusal register."""
        return [(f"{problem.line}行目 {problem.column}", problem.rules) for problem in self.problems if problem.rules]


def refuse_erased(supporter: Supporter) -> None:
    """Raise `Refused` "erased" for a supporter whose record was erased: nothing is written about such a one again."""
    if supporter.erased_at is not None:
        raise Refused(
            _("この支援者の記録は消去しました。書き直すことはできません。また支援してくださるときは、新しく登録してください。"),
            code="erased",
        )
