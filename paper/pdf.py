"""HTML to PDF. The only two doors: one page or page set, and one printable file of many."""

import io
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Literal

from paper.errors import PrintError, WrongContent
from paper.painted_pages import Ink, PaintedPage
from paper.press import lay_out, load_weasyprint, refuse_foreign_fonts, strict

Variant = Literal["pdf/ua-1", "pdf/a-2a"]


def whole_page(title: str, body: str) -> str:
    """`body` (HTML, already escaped) inside the head every page of ours has; `title` is plain text."""
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )


def render_pdf(html: str, *, css: str, title: str, variant: Variant | None = None) -> bytes:
    """`html`: what stands inside `<body>`, escaped by the caller. `css`: our own rules. The same input gives the same bytes.

    `variant`: `pdf/ua-1` for a file that is read on screen or aloud (every image needs `alt`), `pdf/a-2a` for the archive.
    Raises a `PrintError`: `MissingCharacters`, `OutsideResource`, `BrokenDesign`, `LibraryMissing`, `FontMissing`.
    """
    load_weasyprint()
    output = io.BytesIO()
    with strict():
        document = lay_out(whole_page(title, html), css)
        document.write_pdf(output, pdf_variant=variant)
        refuse_foreign_fonts(document.fonts)
    return output.getvalue()


def render_pdfs(
    documents: Sequence[str],
    *,
    css: str,
    title: str,
    chunk: int = 25,
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """One file with the pages of all `documents` (each the inside of a `<body>`), in order, for the printer.

    Each document counts its own pages. Memory does not grow with the laid-out pages but with their drawings.
    `on_progress(done, total)` is called after every `chunk` documents and at the end. Errors as `render_pdf`;
    the file is whole or not made at all, and `error.document` says which of the documents it was. An empty
    `documents` raises `WrongContent`.
    """
    if not documents:
        raise WrongContent("documents", "印刷するものが一つもありません。")
    load_weasyprint()
    ink = Ink()
    pages: list[PaintedPage] = []
    first: Any = None
    for done, body in enumerate(documents, start=1):
        try:
            with strict():
                document = lay_out(whole_page(title, body), css)
                pages += [PaintedPage(page, ink) for page in document.pages]
                refuse_foreign_fonts(ink.fonts)
        except PrintError as error:
            error.document = done - 1
            raise
        first = first or document.copy([])
        if on_progress and (done % chunk == 0 or done == len(documents)):
            on_progress(done, len(documents))
    output = io.BytesIO()
    with strict():
        combined = first.copy(pages)
        combined.fonts = ink.fonts
        combined.write_pdf(output)
    return output.getvalue()
