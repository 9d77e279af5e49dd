"""The file under reading: its name, the guard that every quoted text passes, and the day of reading."""

from dataclasses import dataclass
from datetime import date

from donations.bankfiles.errors import DOWNLOAD_AGAIN, BrokenLine, Guard, drop_long_numbers, showable
from donations.bankfiles.statement import Warning_


@dataclass(frozen=True, slots=True)
class Source:
    """Errors and warnings are made here, so that none forgets the file or the guard.

    `today`: no file was made later; decides which era a two-digit year means. None: not known.
    """

    file: str = ""
    guard: Guard = drop_long_numbers
    today: date | None = None

    def broken(
        self,
        what: str,
        *,
        line: int | None = None,
        column: str | None = None,
        found: str = "",
        expected: str = "",
        next_step: str = DOWNLOAD_AGAIN,
    ) -> BrokenLine:
        """A `BrokenLine` of this file, to be raised by the caller."""
        return BrokenLine(
            what,
            line=line,
            column=column,
            found=found,
            expected=expected,
            next_step=next_step,
            file=self.file,
            guard=self.guard,
        )

    def warning(
        self, code: str, message: str, *, line: int | None = None, column: str | None = None, found: str = ""
    ) -> Warning_:
        """A `Warning_` of this file; `message` quotes nothing from it."""
        return Warning_(code, message, line, column, showable(found, self.guard))
