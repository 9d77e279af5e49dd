"""The one font: there, whole, and with the characters of people's names."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from paper import fonts
from paper.errors import FontMissing

NAMES = "髙﨑邉邊𠮷德濵栁桒𥔎𠮟﨟塚羽\ufa19〒￥－①㈱"


def test_names_can_be_printed() -> None:
    """Every character of the name corpus has a shape."""
    assert fonts.missing_characters(NAMES) == ()


def test_what_cannot_be_printed_is_named_once() -> None:
    """Emoji and Arabic are missing; line ends and variation selectors are not."""
    assert fonts.missing_characters("葛\U000e0100 😀\nا😀") == ("😀", "ا")


def test_a_kanji_is_one_em_wide() -> None:
    """Ten kanji at 10 points are 100 points, in millimetres."""
    assert fonts.text_width_mm("漢" * 10, 10) == pytest.approx(100 * 25.4 / 72)


def test_a_missing_package_is_said_in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the font package the error names it."""
    monkeypatch.setitem(sys.modules, fonts.PACKAGE, None)
    with pytest.raises(FontMissing) as caught:
        fonts.font_file()
    assert "noto-cjk-sans-jp-regular" in caught.value.message


def test_a_missing_file_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package without its file is not enough."""
    monkeypatch.setitem(sys.modules, fonts.PACKAGE, SimpleNamespace(FONT_PATH=tmp_path / "gone.otf"))
    with pytest.raises(FontMissing, match=r"gone\.otf"):
        fonts.font_file()


def test_a_damaged_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is no font stops the printing, with a typed error."""
    damaged = tmp_path / "damaged.otf"
    damaged.write_bytes(b"not a font")
    monkeypatch.setitem(sys.modules, fonts.PACKAGE, SimpleNamespace(FONT_PATH=damaged))
    with pytest.raises(FontMissing):
        fonts.font_facts.__wrapped__()
