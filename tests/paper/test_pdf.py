"""HTML to PDF: our font only, nothing fetched, no warning overlooked, the same bytes each time."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from paper.errors import APT_LINE, BrokenDesign, MissingCharacters, OutsideResource, PrintError, WrongContent
from paper.pdf import render_pdf, render_pdfs

CSS = "@page { size: A4 }"
Read = Callable[[bytes], PdfReader]

ATTACKS = {
    "attachment link": '<link rel="attachment" href="file://{secret}">',
    "attachment anchor": '<a rel="attachment" href="file://{secret}">x</a>',
    "file image": '<img alt="x" src="file://{secret}">',
    "loopback image": '<img alt="x" src="http://127.0.0.1:{port}/x">',
    "imported style": '<style>@import url("http://127.0.0.1:{port}/x.css");</style>',
    "linked style": '<link rel="stylesheet" href="file://{secret}">',
    "background": '<div style="background: url(http://127.0.0.1:{port}/x)">x</div>',
    "font face": '<style>@font-face {{ font-family: x; src: url("file://{secret}") }}</style>',
    "inline svg image": '<svg><title>x</title><image href="http://127.0.0.1:{port}/x"/></svg>',
    "svg in data": (
        '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
        '%3Cimage href=%22file://{secret}%22/%3E%3C/svg%3E">'
    ),
    "object": '<object data="file://{secret}">x</object>',
    "embed": '<embed src="http://127.0.0.1:{port}/x">',
    "our font's own address": '<img alt="x" src="paper-font:regular">',
}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_nothing_is_fetched(attack: str, listener: socket.socket, tmp_path: Path) -> None:
    """Every way to open a file or an address ends in an error, and nobody knocks at the loopback port."""
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    html = attack.format(secret=secret, port=listener.getsockname()[1])
    with pytest.raises((OutsideResource, BrokenDesign)):
        render_pdf(html, css=CSS, title="x")
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_the_refused_address_is_named() -> None:
    """The error carries what the page wanted to open."""
    with pytest.raises(OutsideResource) as caught:
        render_pdf('<img alt="x" src="http://127.0.0.1:9/x.png">', css=CSS, title="x")
    assert caught.value.resources == ("http://127.0.0.1:9/x.png",)


def test_a_character_from_another_font_is_an_error() -> None:
    """What the system's fonts would draw here, and a box elsewhere, is named instead of printed."""
    with pytest.raises(MissingCharacters) as caught:
        render_pdf("<p>ありがとう😀 سلام</p>", css=CSS, title="x")
    assert "😀" in caught.value.characters
    assert "「😀」(U+1F600)" in caught.value.message


def test_a_character_no_font_has_is_an_error() -> None:
    """A .notdef box is never printed."""
    with pytest.raises(MissingCharacters) as caught:
        render_pdf("<p>外字\U0010ffff</p>", css=CSS, title="x")
    assert caught.value.characters == ("\U0010ffff",)


def test_unknown_css_is_an_error() -> None:
    """A misspelt property stops the printing and is named."""
    with pytest.raises(BrokenDesign) as caught:
        render_pdf('<p style="colour: red">x</p>', css=CSS, title="x")
    assert "colour: red" in caught.value.message


def test_an_error_leaves_the_next_page_alone() -> None:
    """What one page did wrong is not held against the next."""
    with pytest.raises(PrintError):
        render_pdf('<p style="colour: red">x</p>', css=CSS, title="x")
    assert render_pdf("<p>x</p>", css=CSS, title="x").startswith(b"%PDF-")


def test_the_font_is_embedded_and_alone(read: Read) -> None:
    """Bold and slanted text too is set in our font, embedded as a subset with its Unicode table."""
    page = read(render_pdf("<p>髙﨑<b>太字</b><i>斜体</i><code>code</code></p>", css=CSS, title="x")).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
    assert [font["/BaseFont"].split("+")[1] for font in fonts] == ["Paper"]
    assert all("/ToUnicode" in font for font in fonts)
    assert all(
        "/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for font in fonts
    )


def test_names_can_be_searched(read: Read) -> None:
    """The text of the PDF has the very characters of the name."""
    content = render_pdf("<p>髙﨑邉邊𠮷德濵栁神\ufa19</p>", css=CSS, title="x")
    assert "髙﨑邉邊𠮷德濵栁神\ufa19" in read(content).pages[0].extract_text()


def test_the_same_page_gives_the_same_bytes() -> None:
    """Here and in a fresh process with another hash seed."""
    here = render_pdf("<h1>領収書</h1><p>髙﨑</p>", css=CSS, title="領収書", variant="pdf/ua-1")
    program = (
        "import sys; from paper.pdf import render_pdf; sys.stdout.buffer.write(render_pdf("
        f"'<h1>領収書</h1><p>髙﨑</p>', css={CSS!r}, title='領収書', variant='pdf/ua-1'))"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
    ).stdout
    assert here == there


def test_a_page_for_screens_is_tagged(read: Read) -> None:
    """pdf/ua-1 declares language, title and structure."""
    reader = read(render_pdf("<h1>領収書</h1>", css=CSS, title="領収書 1", variant="pdf/ua-1"))
    assert reader.root_object["/Lang"] == "ja"
    assert reader.root_object["/MarkInfo"]["/Marked"] == "true" or reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == "領収書 1"


def test_a_tagged_picture_needs_words() -> None:
    """An image without alt text is refused where the page is read aloud."""
    picture = '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">'
    with pytest.raises(BrokenDesign):
        render_pdf(picture, css=CSS, title="x", variant="pdf/ua-1")


def test_the_title_is_plain_text(read: Read) -> None:
    """Signs of HTML in a title do not become HTML."""
    reader = read(render_pdf("<p>x</p>", css=CSS, title="</title><b>&"))
    assert reader.metadata is not None
    assert reader.metadata.title == "</title><b>&"


def test_many_documents_become_one_file_in_order(read: Read) -> None:
    """Each document begins a page of its own and counts its own pages."""
    css = "@page { size: A6; @bottom-center { content: counter(page) '/' counter(pages); font: 8pt Paper } }"
    long = "<p style='break-after: page'>二の一</p><p>二の二</p>"
    reader = read(render_pdfs(["<p>一</p>", long, "<p>三</p>"], css=css, title="x"))
    texts = ["".join(page.extract_text().split()) for page in reader.pages]
    assert texts == ["一1/1", "二の一1/2", "二の二2/2", "三1/1"]


def test_progress_is_told_after_each_chunk() -> None:
    """After every second document and at the end."""
    told: list[tuple[int, int]] = []
    render_pdfs(
        ["<p>x</p>"] * 5,
        css=CSS,
        title="x",
        chunk=2,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_the_document_at_fault_is_named() -> None:
    """`error.document` is its place in the run."""
    with pytest.raises(MissingCharacters) as caught:
        render_pdfs(["<p>x</p>", "<p>😀</p>"], css=CSS, title="x")
    assert caught.value.document == 1


def test_nothing_to_print_is_said() -> None:
    """An empty run is refused, not an empty file."""
    with pytest.raises(WrongContent):
        render_pdfs([], css=CSS, title="x")


def test_without_pango_the_line_to_type_is_named() -> None:
    """A machine without Pango gets a typed error with the apt line, and nothing is printed to standard output."""
    program = (
        "import cffi\n"
        "def refuse(self, name, flags=0): raise OSError(f'cannot load library {name!r}')\n"
        "cffi.FFI.dlopen = refuse\n"
        "from paper.errors import LibraryMissing\n"
        "from paper.pdf import render_pdf\n"
        "import sys\n"
        "try: render_pdf('x', css='', title='x')\n"
        "except LibraryMissing as error: sys.stderr.write(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert APT_LINE in done.stderr
    assert done.stdout == ""
