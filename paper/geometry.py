"""Places on a sheet, in millimetres from its top left corner."""

from dataclasses import dataclass

A4_WIDTH_MM = 210.0
A4_HEIGHT_MM = 297.0
PRINTERS_MARGIN_MM = 5.0  # home and office printers leave this much white at every edge
A4_PAGE = "@page { size: 210mm 297mm; margin: 0 }"


@dataclass(frozen=True)
class Rectangle:
    """Upright; `width` and `height` may come out negative when nothing is left of an intersection."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.top + self.height

    def inset(self, by: float) -> "Rectangle":
        """The same place, `by` mm smaller on each side."""
        return Rectangle(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)

    def intersection(self, other: "Rectangle") -> "Rectangle":
        """What belongs to both."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Rectangle(left, top, min(self.right, other.right) - left, min(self.bottom, other.bottom) - top)

    def css(self) -> str:
        """Declarations that put an absolutely positioned box there."""
        return (
            f"left: {self.left:.2f}mm; top: {self.top:.2f}mm; "
            f"width: {self.width:.2f}mm; height: {self.height:.2f}mm"
        )


PRINTABLE_A4 = Rectangle(0, 0, A4_WIDTH_MM, A4_HEIGHT_MM).inset(PRINTERS_MARGIN_MM)
