"""What a scan of a text or of a column tells: level, rule and place, never the number itself."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """`BLOCK`: refuse, nobody may overrule it. `WARN`: stop once and ask; an editor may say it is another number."""

    BLOCK = "block"
    WARN = "warn"


class FieldClass(StrEnum):
    """How strictly a text is read.

    `STRUCTURED` is for names, addresses and other single facts, where twelve digits have no business at all;
    `FREE_TEXT` for notes, messages and letters; `LOG` for log lines and error reports.
    """

    STRUCTURED = "structured"
    FREE_TEXT = "free_text"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the original text, `text[start:end]`, that looks like a number the state gives to a person.

    `rule` is an id out of `privacy.national_ids.RULES`. Neither the text nor a digit of it is carried, so a
    finding may be printed, logged and stored.
    """

    level: Level
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """A column that holds such numbers: `distinct` is how many different values spoke for it."""

    level: Level
    rule: str
    distinct: int
