"""The first month's tutorial says what the screen says."""

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs/tutorial/first-month.md"
ROOMS = ("accounts", "privacy", "members", "donations", "receipts", "newsletters", "office")


def _plain(text: str) -> str:
    """Words as a person reads them: a number is ○, blanks are gone."""
    text = re.sub(r"\{\{.*?\}\}|%\(\w+\)[ds]|%[ds]", "○", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _words_of_template(text: str) -> str:
    text = re.sub(r'\{% translate ["\']([^"\']*)["\'][^%]*%\}', r"\1", text)
    return _plain(re.sub(r"\{%.*?%\}|<[^>]*>", "", text))


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
SCREEN = "\n".join(
    [_words_of_template(path.read_text(encoding="utf-8")) for path in TEMPLATES]
    + [_plain(path.read_text(encoding="utf-8")) for path in SOURCES]
)
QUOTED = sorted(set(re.findall(r"「([^」]+)」", TUTORIAL.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("words", QUOTED)
def test_words_in_quotes_stand_on_a_screen(words: str) -> None:
    """A page, button or sentence that the tutorial names is written just so in a template or a form."""
    assert _plain(words) in SCREEN
