"""WeasyPrint, tamed: loaded late, fed only with our font, cut off from disk and network, and strict about its warnings."""

import atexit
import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from threading import RLock, get_ident
from typing import Any

from paper.errors import BrokenDesign, LibraryMissing, MissingCharacters, OutsideResource, PrintError
from paper.fonts import FAMILY, font_facts, font_file

FONT_ADDRESS = "paper-font:regular"
FONT_FACE = f'@font-face {{ font-family: {FAMILY}; src: url("{FONT_ADDRESS}") }}'
STYLES = Path(__file__).parent / "styles"
LOGGER_NAME = "weasyprint"
FAILED_TO_LOAD = re.compile(r"Failed to load (?:image|stylesheet|attachment|inline SVG)")
ADDRESS = re.compile(r"(?:disallowed protocol: |at ')([^'\s]+)")
NOT_DEFINED = re.compile(r'\.notdef glyph rendered .*: "(.)" \(U\+', re.DOTALL)
HARMLESS = ("Using fontTools instead of HarfBuzz-Subset",)  # slower, the page is the same

_LOCK = RLock()  # Pango's font map must not be used by two threads at once


def load_weasyprint() -> Any:
    """The module. Raises `LibraryMissing`, which names the line to type, when Pango is not installed."""
    try:
        with redirect_stdout(StringIO()):  # it prints a notice of its own, which would spoil a command's JSON
            import weasyprint
    except OSError as error:
        raise LibraryMissing(str(error).splitlines()[0]) from error
    return weasyprint


@cache
def closed_fetcher() -> Any:
    """Opens `data:` addresses and nothing else: no file, no loopback, no redirect (privacy design, 5.2)."""
    load_weasyprint()
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def _font_fetcher() -> Any:
    """Opens our font and nothing else. Only our own font-face rule is read through it, never a page."""
    load_weasyprint()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OneFont(URLFetcher):  # type: ignore[misc,unused-ignore]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url != FONT_ADDRESS:
                raise ValueError(f"not our font: {url}")
            return URLFetcherResponse(url, font_file().open("rb"))

    return OneFont(allowed_protocols=(), allow_redirects=False)


@cache
def font_configuration() -> Any:
    """One for the process: WeasyPrint copies the font to a temporary file once for each configuration."""
    load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    font_facts()  # raises FontMissing before anything is set
    atexit.register(_tidy)
    return FontConfiguration()


def _tidy() -> None:
    """Lets the font configuration go while it can still remove its temporary font file (16 MB)."""
    style_sheet.cache_clear()
    _base_sheets.cache_clear()
    font_configuration.cache_clear()
    gc.collect()


@cache
def _base_sheets() -> tuple[Any, ...]:
    weasyprint = load_weasyprint()
    face = weasyprint.CSS(string=FONT_FACE, font_config=font_configuration(), url_fetcher=_font_fetcher())
    return face, style_sheet((STYLES / "base.css").read_text("utf-8"))


@cache
def style_sheet(css: str) -> Any:
    """`css` parsed once a process. Rules come from our own files and numbers; they cannot fetch."""
    return load_weasyprint().CSS(string=css, font_config=font_configuration(), url_fetcher=closed_fetcher())


def style(name: str) -> str:
    """The text of `styles/<name>.css`."""
    return (STYLES / f"{name}.css").read_text("utf-8")


def lay_out(page: str, css: str) -> Any:
    """A WeasyPrint document of a whole HTML page. To be called inside `strict`."""
    html = load_weasyprint().HTML(string=page, url_fetcher=closed_fetcher())
    return html.render(font_config=font_configuration(), stylesheets=[*_base_sheets(), style_sheet(css)])


def refuse_foreign_fonts(fonts: dict[Any, Any]) -> None:
    """Raises `MissingCharacters` when Pango took a glyph from a font of the system instead of ours."""
    strangers = [font for font in fonts.values() if font.family != FAMILY]
    characters = [text for font in strangers for text in font.to_unicode.values() if text.strip()]
    if characters:
        raise MissingCharacters(tuple(dict.fromkeys(characters)))


class _Complaints(logging.Handler):
    """Collects what WeasyPrint says at WARNING or above in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread_id = get_ident()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread_id and not record.getMessage().startswith(HARMLESS):
            self.records.append(record)

    def error(self) -> PrintError | None:
        """The most telling error for what was collected, or None."""
        messages = [record.getMessage() for record in self.records]
        missing = [match[1] for message in messages if (match := NOT_DEFINED.search(message))]
        if missing:
            return MissingCharacters(tuple(dict.fromkeys(missing)))
        outside = [message for message in messages if FAILED_TO_LOAD.match(message)]
        if outside:
            found = [ADDRESS.search(message) for message in outside]
            return OutsideResource(
                [match[1] if match else message for match, message in zip(found, outside, strict=True)]
            )
        return BrokenDesign(tuple(dict.fromkeys(messages))) if messages else None


@contextmanager
def strict() -> Iterator[None]:
    """One thread at a time; whatever WeasyPrint warns about inside becomes a `PrintError` at the end."""
    logger = logging.getLogger(LOGGER_NAME)
    complaints = _Complaints()
    with _LOCK:
        before = logger.level, logger.disabled, logger.propagate
        logger.setLevel(logging.WARNING)
        logger.disabled, logger.propagate = False, False
        logger.addHandler(complaints)
        try:
            yield
        finally:
            logger.removeHandler(complaints)
            logger.setLevel(before[0])
            logger.disabled, logger.propagate = before[1:]
    if error := complaints.error():
        raise error
