"""The geometry of label sheets, by product number: "12 faces" alone is at least three different sheets. Millimetres.

Grids of Hisago products are those of glabels-data 3.4.1 (Debian); the others were read in other people's programs, not in
the makers' drawings (read 2026-11-23). So every sheet can be shifted, and tried on plain paper first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from paper.errors import WrongContent
from paper.geometry import PRINTABLE_A4, Rectangle

INNER_MARGIN_MM = 2.5


@dataclass(frozen=True, kw_only=True)
class LabelSheet:
    """An A4 sheet. `left`, `top`: the first face's corner; `step_x`, `step_y`: from one face to the next."""

    number: str
    product: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_x: float
    step_y: float

    @property
    def faces(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def cells(self, offset_mm: tuple[float, float] = (0.0, 0.0)) -> Iterator[Rectangle]:
        """The faces row by row, shifted by (right, down)."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield Rectangle(
                    self.left + column * self.step_x + offset_mm[0],
                    self.top + row * self.step_y + offset_mm[1],
                    self.width,
                    self.height,
                )

    def text_places(self, offset_mm: tuple[float, float] = (0.0, 0.0)) -> tuple[Rectangle, ...]:
        """Where text may stand: inside each face, and never in the 5 mm at the paper's edge that printers leave white."""
        return tuple(cell.inset(INNER_MARGIN_MM).intersection(PRINTABLE_A4) for cell in self.cells(offset_mm))


def _sheet(
    number: str,
    maker: str,
    grid: tuple[int, int],
    face: tuple[float, float],
    corner: tuple[float, float],
    step: tuple[float, float] | None = None,
) -> LabelSheet:
    columns, rows = grid
    return LabelSheet(
        number=number,
        product=f"{maker} {number}({columns * rows}面、{face[0]:g}×{face[1]:g}ミリ)",
        columns=columns,
        rows=rows,
        width=face[0],
        height=face[1],
        left=corner[0],
        top=corner[1],
        step_x=(step or face)[0],
        step_y=(step or face)[1],
    )


LABEL_SHEETS: dict[str, LabelSheet] = {
    sheet.number: sheet
    for sheet in (
        _sheet("ELM006", "ヒサゴ", (2, 5), (86.4, 50.8), (18.6, 21.2)),
        _sheet("75210", "エーワン", (2, 5), (86.4, 50.8), (18.6, 21.2)),
        _sheet("ELM008", "ヒサゴ", (2, 6), (86.4, 42.3), (18.6, 21.2)),
        _sheet("KPC-E1121", "コクヨ", (2, 6), (86.4, 42.3), (18.6, 21.2)),
        _sheet("ELM007", "ヒサゴ", (2, 6), (83.8, 42.3), (20.3, 20.3), (87.6, 42.3)),
        _sheet("28187", "エーワン", (2, 6), (84.0, 42.0), (20.0, 22.5), (86.0, 42.0)),
        _sheet("ELM009", "ヒサゴ", (3, 6), (70.0, 42.3), (0.0, 21.2)),
        _sheet("28185", "エーワン", (3, 6), (70.0, 42.3), (0.0, 21.5)),
        _sheet("ELM011", "ヒサゴ", (3, 7), (70.0, 42.43), (0.0, 0.0)),
        _sheet("31538", "エーワン", (3, 7), (70.0, 42.3), (0.0, 0.45)),
        _sheet("ELM012", "ヒサゴ", (3, 8), (66.0, 33.9), (6.0, 12.9)),
    )
}


def label_sheet(number: str) -> LabelSheet:
    """The sheet with this product number, in any letter case. Raises `WrongContent` listing the known ones."""
    sheet = LABEL_SHEETS.get(number.strip().upper())
    if sheet is None:
        known = "、".join(sheet.product for sheet in LABEL_SHEETS.values())
        raise WrongContent(
            "sheet",
            f"ラベル用紙「{number}」の寸法を知りません。箱に書いてある品番を選んでください: {known}",
        )
    return sheet
