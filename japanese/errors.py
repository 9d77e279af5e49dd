"""What the pure formats say when they cannot read a text."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a text was refused. Stable codes: screens, `--json` answers and tests may rely on them."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    STRUCTURE = "structure"
    CHECK_DIGIT = "check_digit"
    DECIMALS = "decimals"
    SIGN = "sign"
    RANGE = "range"
    CALENDAR = "calendar"
    ERA = "era"
    UNKNOWN_BRANCH = "unknown_branch"
    COMBINATION = "combination"


class FormatError(ValueError):
    """A text is not in the expected form.

    The text itself is never kept, neither here nor in the message: it may hold somebody's number or name,
    and errors travel into logs. The caller, who knows the field, the line and the column, adds them.

    `reason` is a `Reason`; `expected` describes the right form in Japanese, with an example;
    `str(error)` is a full Japanese sentence that ends with what to do.
    """

    def __init__(self, message: str, *, reason: Reason, expected: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.expected = expected

    @property
    def message(self) -> str:
        """The sentence for the screen."""
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, so that a worker process can hand the error back."""
        return (_rebuild, (self.message, self.reason, self.expected))


def _rebuild(message: str, reason: Reason, expected: str) -> FormatError:
    return FormatError(message, reason=reason, expected=expected)
