"""Many pages in one file without keeping them all laid out: each page is drawn at once and only its drawing is kept, packed.

A laid-out receipt costs WeasyPrint about 0.7 MB until its file is written; its drawing costs a few kilobytes. A
`PaintedPage` stands where `weasyprint.Document` expects a page: the drawing commands were recorded on a stream of the
same kind as the one it is asked to paint on, with the same table of fonts, so that the file has one subset of one font.

Links, bookmarks, form fields and accessibility tags are left out: this is for the printer. Uses `weasyprint.pdf.stream`,
which is not public: `tests/paper/test_painted_pages.py` compares with WeasyPrint's own way, so that an update cannot
change it unseen.
"""

import zlib
from typing import Any

import pydyf  # type: ignore[import-untyped]

POINTS_PER_PIXEL = 0.75
KINDS = ("ExtGState", "XObject", "Pattern", "Shading")


class Packed(pydyf.Object):
    """A piece of a content stream, unpacked only while the file is written."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = zlib.compress(content, 6)

    @property
    def data(self) -> bytes:
        """The drawing commands."""
        return zlib.decompress(self._content)


class Ink:
    """What the drawings of one file share: fonts (their used glyphs), images and transparency states."""

    def __init__(self) -> None:
        self.fonts: dict[Any, Any] = {}
        self.images: dict[str, Any] = {}
        self.resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in KINDS})
        self.resources["ColorSpace"] = None

    def hand_over(self, stream: Any) -> None:
        """Gives the resources to the file that `stream` belongs to."""
        _set_colour_space(self.resources, stream._resources["ColorSpace"])
        for kind in KINDS:
            stream._resources[kind].update(self.resources[kind])
        stream._images.update(self.images)


class PaintedPage:
    """One page as `weasyprint.Document` wants it: sizes in CSS pixels, `paint`, and nothing to click on."""

    def __init__(self, page: Any, ink: Ink) -> None:
        from weasyprint.pdf.stream import Stream

        self.width: float = page.width
        self.height: float = page.height
        self.bleed: dict[str, float] = page.bleed
        self.links: list[Any] = []
        self.bookmarks: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {None: []}
        self._ink = ink
        area = (0, 0, page.width, page.height)
        stream = Stream(ink.fonts, area, ink.resources, ink.images, None, {}, None)
        page.paint(stream, POINTS_PER_PIXEL)
        self._drawing = Packed(b"\n".join(_bytes(item) for item in stream.stream))

    def paint(self, stream: Any, scale: float = POINTS_PER_PIXEL) -> None:
        """Replays the drawing. `scale` must be the one it was recorded at."""
        if scale != POINTS_PER_PIXEL:
            raise ValueError(f"recorded at {POINTS_PER_PIXEL}, asked for {scale}")
        self._ink.hand_over(stream)
        stream.stream.append(self._drawing)


def _bytes(item: Any) -> bytes:
    if isinstance(item, pydyf.Object):
        return bytes(item.data)
    return item if isinstance(item, bytes) else str(item).encode()


def _set_colour_space(resources: Any, reference: Any) -> None:
    """Groups and patterns hold resources of their own; each names the file's table of colour spaces."""
    if resources["ColorSpace"] == reference:
        return
    resources["ColorSpace"] = reference
    for kind in ("XObject", "Pattern"):
        for drawn in resources.get(kind, {}).values():
            if drawn is not None and "Resources" in drawn.extra:
                _set_colour_space(drawn.extra["Resources"], reference)
