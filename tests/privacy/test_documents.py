"""What the group tells its supporters about the scanner is what the scanner says of itself."""

import re
from pathlib import Path

from privacy.national_ids import KNOWN_MISSES, FieldClass, scan

PAGE = Path(__file__).resolve().parents[2] / "docs/explanation/why-no-national-ids.md"


def test_the_page_lists_every_known_miss_word_for_word() -> None:
    """The first column of the table under 見つけられないもの is KNOWN_MISSES: none missing, none altered, none invented."""
    section = PAGE.read_text(encoding="utf-8").partition("\n## 見つけられないもの\n")[2]
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
    assert rows[1:] == list(KNOWN_MISSES)


def test_the_page_holds_no_number_itself() -> None:
    """A page about numbers that must not be written down scans clean."""
    assert scan(PAGE.read_text(encoding="utf-8"), FieldClass.FREE_TEXT) == ()
