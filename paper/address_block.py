"""An address block for a given place: type shrinks before lines break at bad places, and nothing is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from paper.address import (
    MAX_ADDRESS_LINES,
    Addressee,
    address_costs,
    full_address,
    name_costs,
    name_lines,
    postal_code_line,
)
from paper.fonts import MM_PER_POINT, text_width_mm
from paper.line_breaks import FREELY, plain_costs, wrap

MAX_LINES_OF_A_NAME = 2
COMFORTABLE_PT = 9.0
SIZES_PT = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
NAME_FACTORS = (1.25, 1.1, 1.0)
LEADINGS = (1.3, 1.15)
GAP_EM = 0.4  # between address and name


@dataclass(frozen=True)
class SetLine:
    """One printed line: `role` is postal, address or name."""

    role: str
    text: str
    size_pt: float


@dataclass(frozen=True)
class SetBlock:
    """An address as it will stand, line by line."""

    lines: tuple[SetLine, ...]
    leading: float  # line height in em

    @property
    def height_mm(self) -> float:
        """From the top of the first line to the bottom of the last."""
        gap = max(line.size_pt for line in self.lines) * GAP_EM
        return (sum(line.size_pt * self.leading for line in self.lines) + gap) * MM_PER_POINT

    def html(self) -> SafeString:
        """Escaped; needs the rules of `address_rules()`."""
        lines = format_html_join(
            "",
            '<p class="set {} {}">{}</p>',
            ((line.role, size_class(line.size_pt), line.text) for line in self.lines),
        )
        return format_html('<div class="address-block {}">{}</div>', leading_class(self.leading), lines)


def size_class(size_pt: float) -> str:
    """The class of a type size: pt-1050 for 10.5 points."""
    return f"pt-{round(size_pt * 100)}"


def leading_class(leading: float) -> str:
    """The class of a line height: leading-115 for 1.15."""
    return f"leading-{round(leading * 100)}"


def address_rules(*more_sizes_pt: float) -> str:
    """CSS for every block: no kerning and no wrapping, so that the measured widths are the printed ones.

    `more_sizes_pt`: further sizes that are used with `size_class`.
    """
    sizes = {size * factor for size, factor in product(SIZES_PT, NAME_FACTORS)} | set(more_sizes_pt)
    return "\n".join(
        (
            ".set { white-space: pre; font-kerning: none; text-align: left; text-indent: 0; margin: 0 }",
            f".address-block p:not(.name) + .name {{ margin-top: {GAP_EM}em }}",
            *(f".{leading_class(leading)} {{ line-height: {leading} }}" for leading in LEADINGS),
            *(f".{size_class(size)} {{ font-size: {size:.3f}pt }}" for size in sorted(sizes)),
        )
    )


def set_block(
    addressee: Addressee, *, width_mm: float, height_mm: float, largest_pt: float = 10.5
) -> SetBlock | None:
    """The block in the largest type, not above `largest_pt`, in which it fits; None when it does not fit at 7 points.

    From 9 points up good breaks come before large type; below 9 points size comes first.
    """
    sizes = [size for size in SIZES_PT if size <= largest_pt]
    comfortable = [size for size in sizes if size >= COMFORTABLE_PT]
    small = [size for size in sizes if size < COMFORTABLE_PT]
    tries = [
        *((size, limit, factor) for limit, size, factor in product(FREELY, comfortable, NAME_FACTORS)),
        *product(small, FREELY, NAME_FACTORS),
    ]
    parts = _parts(addressee)
    for size, limit, factor in tries:
        lines = _lines(parts, width_mm, size, factor, limit)
        for leading in LEADINGS if lines else ():
            block = SetBlock(lines, leading)
            if block.height_mm <= height_mm:
                return block
    return None


def _parts(addressee: Addressee) -> list[tuple[str, str, int, list[int]]]:
    """(role, text, most lines, break costs) of what an address consists of."""
    postal, address = postal_code_line(addressee.postal_code), full_address(addressee)
    parts = [("postal", postal, 1, plain_costs(postal))] if postal else []
    if address:
        parts.append(("address", address, MAX_ADDRESS_LINES, address_costs(address)))
    names = name_lines(addressee)
    return [*parts, *(("name", name, MAX_LINES_OF_A_NAME, name_costs(name)) for name in names)]


def _lines(
    parts: list[tuple[str, str, int, list[int]]], width_mm: float, size: float, name_factor: float, limit: int
) -> tuple[SetLine, ...]:
    """Empty when a part needs more lines than it may have."""
    lines: list[SetLine] = []
    for role, text, max_lines, costs in parts:
        part_size = size * name_factor if role == "name" else size
        texts = set_lines(text, part_size, width_mm, max_lines, costs, limit)
        if not texts:
            return ()
        lines += [SetLine(role, line, part_size) for line in texts]
    return tuple(lines)


def set_lines(
    text: str, size_pt: float, width_mm: float, max_lines: int, costs: Sequence[int], limit: int
) -> tuple[str, ...]:
    """`line_breaks.wrap` with the widths of our font; empty when the text needs more lines."""
    advances = [text_width_mm(sign, size_pt) for sign in text]
    return wrap(text, advances, width_mm, max_lines=max_lines, costs=costs, limit=limit) or ()


def set_name(name: str, *, width_mm: float, sizes_pt: Sequence[float]) -> tuple[SetLine, ...]:
    """A name in one or two lines, in the largest of `sizes_pt` that fits; empty when none does."""
    costs = name_costs(name)
    for max_lines, limit, size in product((1, MAX_LINES_OF_A_NAME), FREELY, sizes_pt):
        if texts := set_lines(name, size, width_mm, max_lines, costs, limit):
            return tuple(SetLine("name", text, size) for text in texts)
    return ()


def addressee_texts(addressee: Addressee) -> str:
    """All that will be printed of an addressee, in one text, for a look at the font before anything is set."""
    return "".join((postal_code_line(addressee.postal_code), full_address(addressee), *name_lines(addressee)))
