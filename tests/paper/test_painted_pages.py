"""Pages drawn at once and kept packed are the pages WeasyPrint itself would write."""

import base64
import gc
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from paper.pdf import render_pdfs, whole_page
from paper.press import lay_out, strict

Read = Callable[[bytes], PdfReader]


def png(red: int) -> str:
    """A picture of one half-transparent pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    pixel = zlib.compress(bytes((0, red, 0, 0, 128)))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(content).decode()


CSS = """
@page { size: A6 }
.turned { transform: rotate(-9deg); color: rgba(200, 0, 0, 0.4) }
.faint { opacity: 0.5 }
.shaded { background: linear-gradient(#fff, #000); height: 9mm }
.tiled { background: repeating-linear-gradient(#fff, #999 2mm); height: 9mm }
"""
DOCUMENTS = [
    f"<h1>領収書 {number}</h1><p class='turned'>無効</p><p class='faint'>うすい</p><p class='shaded'>坂</p>"
    f"<p class='tiled'>縞</p><img alt='x' src='{png(number)}'>"
    "<svg width='9' height='9'><title>x</title><g opacity='0.5'><rect width='5' height='5'/></g></svg>"
    for number in (1, 2, 3)
]


def weasyprints_own_way() -> bytes:
    with strict():
        documents = [lay_out(whole_page("x", body), CSS) for body in DOCUMENTS]
        pages = [page for document in documents for page in document.pages]
        return bytes(documents[0].copy(pages).write_pdf())


def drawing(page: Any) -> list[bytes]:
    return page.get_contents().get_data().split()


def test_every_page_is_drawn_as_weasyprint_draws_it(read: Read) -> None:
    """The drawing commands are the same, page by page."""
    ours = read(render_pdfs(DOCUMENTS, css=CSS, title="x"))
    theirs = read(weasyprints_own_way())
    assert [drawing(page) for page in ours.pages] == [drawing(page) for page in theirs.pages]


def resources(reader: PdfReader) -> dict[str, list[tuple[str, str]]]:
    """Kinds and names of all that the pages draw with, and what each is."""
    page = reader.pages[0]
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in ("/Font", "/XObject", "/ExtGState", "/Pattern", "/Shading"):
        entries = page["/Resources"][kind].get_object()
        found[kind] = sorted(
            (name, str(entry.get_object().get("/Subtype"))) for name, entry in entries.items()
        )
    return found


def test_they_draw_with_the_same_resources(read: Read) -> None:
    """Fonts, pictures, transparency, patterns and shadings bear the same names."""
    assert resources(read(render_pdfs(DOCUMENTS, css=CSS, title="x"))) == resources(
        read(weasyprints_own_way())
    )


def test_groups_know_the_files_colour_spaces(read: Read) -> None:
    """Transparent groups and patterns name a table of colour spaces that is in the file."""
    page = read(render_pdfs(DOCUMENTS, css=CSS, title="x")).pages[0]
    inner = [
        entry.get_object()["/Resources"].get_object()
        for kind in ("/XObject", "/Pattern")
        for entry in page["/Resources"][kind].get_object().values()
        if "/Resources" in entry.get_object()
    ]
    assert inner
    assert all("/lab-d50" in group["/ColorSpace"].get_object() for group in inner)


def test_the_pictures_are_in_the_file(read: Read) -> None:
    """Each document's own picture is embedded with its own colour."""
    page = read(render_pdfs(DOCUMENTS, css=CSS, title="x")).pages[0]
    assert sorted(picture.image.getpixel((0, 0))[0] for picture in page.images if picture.image) == [1, 2, 3]


def test_laid_out_pages_are_let_go() -> None:
    """However many documents, hardly any laid-out page is alive at a time: memory stays flat."""
    from weasyprint.formatting_structure.boxes import PageBox

    alive: list[int] = []

    def look(done: int, total: int) -> None:
        gc.collect()
        alive.append(sum(type(thing) is PageBox for thing in gc.get_objects()))

    render_pdfs(["<p>x</p>"] * 8, css="@page { size: A6 }", title="x", chunk=1, on_progress=look)
    assert len(alive) == 8
    assert max(alive[2:]) == alive[1]


def test_the_same_documents_give_the_same_bytes() -> None:
    """Twice in one process."""
    assert render_pdfs(DOCUMENTS, css=CSS, title="x") == render_pdfs(DOCUMENTS, css=CSS, title="x")


def test_a_drawing_is_not_scaled() -> None:
    """A page recorded at one scale refuses to be painted at another."""
    from paper.painted_pages import Ink, PaintedPage

    with strict():
        page = PaintedPage(lay_out(whole_page("x", "<p>x</p>"), CSS).pages[0], Ink())
    with pytest.raises(ValueError, match=r"0\.75"):
        page.paint(io.BytesIO(), 1.5)
