"""The one font on paper: Noto Sans CJK JP Regular (SIL OFL 1.1), a package like any other, so that a page looks the same everywhere.

It is found by import, never by asking the system. It has 髙 﨑 邊 𠮷 濵 栁; it has no emoji and no Arabic letters.
"""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

from paper.errors import FontMissing

PACKAGE = "noto_cjk_sans_jp_regular"
FAMILY = "Paper"  # the name our style sheets use; nothing installed on the system answers to it
POSTSCRIPT_NAME = "NotoSansCJKjp-Regular"
MM_PER_POINT = 25.4 / 72
VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


@dataclass(frozen=True)
class FontFacts:
    """What the layout needs of a font: which code points it draws and how wide, in `units` per em."""

    widths: dict[int, int]
    units: int

    def draws(self, character: str) -> bool:
        """Whether there is a shape, or none is needed (line ends, zero-width signs, variation selectors)."""
        code_point = ord(character)
        return (
            code_point in self.widths
            or code_point in VARIATION_SELECTORS
            or category(character) in {"Cc", "Cf"}
        )


def font_file() -> Path:
    """The OTF file (16 MB). Raises `FontMissing` when the package or its file is not there."""
    try:
        path = Path(str(importlib.import_module(PACKAGE).FONT_PATH))
    except ImportError as error:
        raise FontMissing("パッケージ noto-cjk-sans-jp-regular が入っていません。") from error
    if not path.is_file():
        raise FontMissing(f"ファイル {path.name} がありません。")
    return path


@cache
def font_facts() -> FontFacts:
    """Read once a process (0.2 s). Raises `FontMissing` when the file is another font or damaged."""
    try:
        with font_file().open("rb") as file, TTFont(file, lazy=True) as font:
            name = font["name"].getDebugName(6)
            metrics = font["hmtx"].metrics
            widths = {code_point: metrics[glyph][0] for code_point, glyph in font.getBestCmap().items()}
            units = font["head"].unitsPerEm
    except (TTLibError, KeyError) as error:
        raise FontMissing("フォントのファイルがこわれています。") from error
    if name != POSTSCRIPT_NAME:
        raise FontMissing(f"{POSTSCRIPT_NAME} のはずが {name} でした。")
    return FontFacts(widths, units)


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` our font cannot draw, each once, in order; empty when all can be printed."""
    facts = font_facts()
    return tuple(dict.fromkeys(character for character in text if not facts.draws(character)))


def text_width_mm(text: str, size_pt: float) -> float:
    """How long a line gets at `size_pt` points: the sum of advances, without kerning; a kanji is one em."""
    facts = font_facts()
    units = sum(
        facts.widths.get(ord(character), 0 if facts.draws(character) else facts.units) for character in text
    )
    return units / facts.units * size_pt * MM_PER_POINT
